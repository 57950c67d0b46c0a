"""Fills a feedgen generator with what RSS and Atom share, and makes its document."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from feedgen.ext.media import MediaEntryExtension, MediaExtension
from feedgen.feed import FeedGenerator

from feedsvc import __version__
from feedsvc.domain.render.extension import NAME, EntryExtension, FeedExtension, FeedLink

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.domain.render.feed import Feed, FeedEntry
    from feedsvc.domain.render.format import Format

GENERATOR = "feedsvc"
VERSION = __version__

# feedgen sets the locale of the whole process while it writes a date: two threads at it could
# leave the wrong one behind.
_ONE_AT_A_TIME = threading.Lock()


def start_generator(feed: Feed, form: Format) -> Any:
    """A generator with a feed's own elements and no entries yet."""
    generator = FeedGenerator()
    generator.register_extension(NAME, FeedExtension, EntryExtension)
    if any(entry.image for entry in feed.entries):
        generator.register_extension("media", MediaExtension, MediaEntryExtension)
    generator.id(feed.id)
    generator.title(feed.title)
    generator.subtitle(feed.description)
    generator.updated(feed.updated)  # feedgen's default is now
    generator.link(href=feed.page, rel="alternate", type="text/html")
    if feed.site.language:
        generator.language(feed.site.language)
    if feed.site.rights:
        generator.rights(feed.site.rights)
    extension: FeedExtension = generator.feedsvc
    extension.links = document_links(feed, form)
    extension.extent = feed.paging.extent
    return generator


def add_entry(generator: Any, entry: FeedEntry) -> Any:
    """Append an entry with what both formats have of it."""
    item = generator.add_entry(order="append")  # feedgen's default is at the top
    item.id(entry.id)
    item.title(entry.title)
    item.updated(entry.updated)  # feedgen's default is now
    for category in entry.categories:
        item.category(term=category.term, scheme=category.scheme, label=category.label)
    if entry.image:
        # Not an enclosure: that needs a length and a type (RSS), which a listing does not state.
        item.media.content(url=entry.image, medium="image", group=None)
    return item


def finish(write: Callable[..., bytes], notice: str) -> bytes:
    """The document of `write`, feedgen's `rss_str` or `atom_str`, under a notice for people."""
    with _ONE_AT_A_TIME:
        document = write(pretty=True)
    declaration, root = document.split(b"\n", 1)
    return b"\n".join((declaration, _comment(notice).encode(), root))


def document_links(feed: Feed, form: Format) -> tuple[FeedLink, ...]:
    """A document's own link and those of RFC 5005, all to documents of the same format."""
    own = FeedLink(rel="self", href=feed.url(form), type=form.media_type)
    others = (
        FeedLink(rel=rel, href=where.url(feed.site, form), type=form.media_type)
        for rel, where in feed.paging.links
    )
    return (own, *others)


def _comment(notice: str) -> str:
    """A comment cannot hold two hyphens in a row (XML 1.0 §2.5); in a URL `%2D` says the same."""
    return f"<!-- {notice.replace('--', '-%2D')} -->"
