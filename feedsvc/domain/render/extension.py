"""Writes into feedgen's documents what feedgen cannot: every link, RFC 5005 marks, languages.

Registered with `FeedGenerator.register_extension`, which calls these classes by their methods'
names. feedgen 1.0.0 loses `rel` and `type` of Atom entry links (its issue 135) and writes one
`atom:link` in RSS (issue 122), so all links but the one it insists on come from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from feedsvc.domain.render.feed import Extent

if TYPE_CHECKING:
    from lxml.etree import _Element

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005 §1.1
NAME = "feedsvc"  # the attribute under which feedgen keeps an instance

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MARKS = {Extent.COMPLETE: "complete", Extent.ARCHIVE: "archive"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A link of a document or an entry; `type` is empty where unknown."""

    rel: str
    href: str
    type: str = ""


class FeedExtension:
    """The links of a feed and whether it is complete or an archive."""

    def __init__(self) -> None:
        self.links: tuple[FeedLink, ...] = ()
        self.extent = Extent.NEWEST

    def extend_ns(self) -> dict[str, str]:
        """Declare `fh` only where it is used."""
        return {"fh": HISTORY} if self.extent in _MARKS else {}

    def extend_atom(self, feed: _Element) -> None:
        """Add to an Atom feed; feedgen builds its elements without a namespace."""
        self._extend(feed, link_tag="link")

    def extend_rss(self, rss: _Element) -> None:
        """Add to the channel of an RSS feed."""
        self._extend(rss[0], link_tag=f"{{{ATOM}}}link")

    def _extend(self, parent: _Element, *, link_tag: str) -> None:
        for link in self.links:
            _write_link(etree.SubElement(parent, link_tag), link)
        if mark := _MARKS.get(self.extent):
            etree.SubElement(parent, f"{{{HISTORY}}}{mark}")


class EntryExtension:
    """What an entry has beyond feedgen; `updated` is as in RFC 3339 and written in RSS alone."""

    def __init__(self) -> None:
        self.links: tuple[FeedLink, ...] = ()
        self.language = ""
        self.updated = ""

    def extend_atom(self, entry: _Element) -> None:
        """Give the entry's link back its attributes and put the others behind it."""
        for bare in entry.findall("link"):
            entry.remove(bare)
        for link in self.links:
            _write_link(etree.SubElement(entry, "link"), link)
        if self.language:
            entry.set(_LANG, self.language)

    def extend_rss(self, item: _Element) -> None:
        """Add when the entry was last changed, for which RSS has no element of its own."""
        etree.SubElement(item, f"{{{ATOM}}}updated").text = self.updated


def _write_link(element: _Element, link: FeedLink) -> None:
    element.set("href", link.href)
    element.set("rel", link.rel)
    if link.type:
        element.set("type", link.type)
