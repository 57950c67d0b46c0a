"""Adds to feedgen's documents what feedgen cannot write: all links, RFC 5005 marks, languages.

It is registered with `FeedGenerator.register_extension`, which finds these methods by name.
feedgen 1.0.0 loses `rel` and `type` of Atom entry links (its issue 135) and writes only one
`atom:link` in RSS (issue 122), so all links except the one it insists on are written here.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element

from feedsvc.domain.render.feed import Extent

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005 §1.1
NAME = "feedsvc"  # the attribute of a feedgen object that holds the extension

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MARKS = {Extent.COMPLETE: "complete", Extent.ARCHIVE: "archive"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A link of a document or an entry; `type` is empty if unknown."""

    rel: str
    href: str
    type: str = ""


class FeedExtension:
    """Writes the links of a feed, and whether it is complete or an archive."""

    def __init__(self) -> None:
        self.links: tuple[FeedLink, ...] = ()
        self.extent = Extent.NEWEST

    def extend_ns(self) -> dict[str, str]:
        """Declare the namespace `fh` only if it is used."""
        return {"fh": HISTORY} if self.extent in _MARKS else {}

    def extend_atom(self, feed: _Element) -> None:
        """Add to an Atom feed, whose elements feedgen builds without a namespace."""
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
    """Writes the links and language of an entry, and in RSS its `updated` (in RFC 3339 format)."""

    def __init__(self) -> None:
        self.links: tuple[FeedLink, ...] = ()
        self.language = ""
        self.updated = ""

    def extend_atom(self, entry: _Element) -> None:
        """Replace feedgen's link, which has lost its attributes, by all links of the entry."""
        for bare in entry.findall("link"):
            entry.remove(bare)
        for link in self.links:
            _write_link(etree.SubElement(entry, "link"), link)
        if self.language:
            entry.set(_LANG, self.language)

    def extend_rss(self, item: _Element) -> None:
        """Add the time of the last change, for which RSS has no element of its own."""
        etree.SubElement(item, f"{{{ATOM}}}updated").text = self.updated


def _write_link(element: _Element, link: FeedLink) -> None:
    element.set("href", link.href)
    element.set("rel", link.rel)
    if link.type:
        element.set("type", link.type)
