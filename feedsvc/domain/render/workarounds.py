"""Everything that feedsvc works around in feedgen 1.0.0, and nothing else.

feedgen has had no release since 2023. Each workaround has a test that also shows what feedgen does
without it, and fails once an update or a fork does it right; then the workaround can go:

- `updated` of feeds and entries is "now" unless stated: `start` and `append_entry` ask for it.
- `add_entry` prepends: `append_entry` does not.
- An Atom entry loses `rel` and `type` of its links (its issue 135), and an RSS channel has only one
  `atom:link` (issue 122): the extensions write all links except the one that feedgen insists on.
- RFC 5005's marks and an entry's language or, in RSS, `updated` cannot be stated: the extensions.
- An author in RSS has to be an e-mail address: `start_dublin_core` and `credit`.
- Writing a date sets the locale of the whole process: `write_document` takes turns.
- A character that XML forbids loses the whole document: `characters.clean`, for JSON Feed too.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feedgen.ext.dc import DcEntryExtension, DcExtension
from feedgen.feed import FeedGenerator
from lxml import etree
from lxml.etree import _Element

from feedsvc.domain.render.feed import Extent

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005 §1.1
NAME = "feedsvc"  # the attribute of a feedgen object that holds the extension

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Two threads that set the locale at once could leave the wrong one behind.
_ONE_AT_A_TIME = threading.Lock()
_MARKS = {Extent.COMPLETE: "complete", Extent.ARCHIVE: "archive"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A link of a document or an entry; `type` is empty if unknown."""

    rel: str
    href: str
    type: str = ""


def start(*, updated: datetime) -> Any:
    """A generator with the extensions, and with its date instead of now."""
    generator = FeedGenerator()
    # It finds the methods of the extensions by name.
    generator.register_extension(NAME, FeedExtension, EntryExtension)
    generator.updated(updated)
    return generator


def append_entry(generator: Any, *, updated: datetime, link: str) -> Any:
    """A new last entry, with its date instead of now; feedgen insists on a link."""
    item = generator.add_entry(order="append")
    item.updated(updated)
    item.link(href=link)
    return item


def start_dublin_core(generator: Any) -> None:
    """Let an RSS feed and its entries name authors and languages."""
    generator.register_extension("dc", DcExtension, DcEntryExtension, atom=False)


def credit(thing: Any, name: str) -> None:
    """Name the author of an RSS feed or entry."""
    thing.dc.dc_creator(name)


def write_document(write: Callable[..., bytes]) -> bytes:
    """Call feedgen's `rss_str` or `atom_str` in turn with other threads."""
    with _ONE_AT_A_TIME:
        return write(pretty=True)


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
