"""Fills a feedgen generator with what RSS and Atom have in common, and writes its document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from feedgen.ext.media import MediaEntryExtension, MediaExtension

from feedsvc import __version__
from feedsvc.domain.render.feed import Feed, FeedEntry
from feedsvc.domain.render.format import Format
from feedsvc.domain.render.workarounds import (
    FeedExtension,
    FeedLink,
    append_entry,
    start,
    write_document,
)

GENERATOR = "feedsvc"
VERSION = __version__


def start_generator(feed: Feed, form: Format) -> Any:
    """Return a generator with the elements of the feed itself, and no entries yet."""
    generator = start(updated=feed.updated)
    if any(entry.image for entry in feed.entries):
        generator.register_extension("media", MediaExtension, MediaEntryExtension)
    generator.id(feed.id)
    generator.title(feed.title)
    generator.subtitle(feed.description)
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
    """Append an entry with what both formats have in common."""
    item = append_entry(generator, updated=entry.updated, link=entry.link)
    item.id(entry.id)
    item.title(entry.title)
    for category in entry.categories:
        item.category(term=category.term, scheme=category.scheme, label=category.label)
    if entry.image:
        # Not an enclosure: RSS requires a length and a type for one, which files do not state.
        item.media.content(url=entry.image, medium="image", group=None)
    return item


def finish(write: Callable[..., bytes], notice: str) -> bytes:
    """Call `write`, which is feedgen's `rss_str` or `atom_str`, and add a notice for people."""
    declaration, root = write_document(write).split(b"\n", 1)
    return b"\n".join((declaration, _comment(notice).encode(), root))


def document_links(feed: Feed, form: Format) -> tuple[FeedLink, ...]:
    """Return the document's own link and those of RFC 5005, all in the same format."""
    own = FeedLink(rel="self", href=feed.url(form), type=form.media_type)
    others = (
        FeedLink(rel=rel, href=where.url(feed.site, form), type=form.media_type)
        for rel, where in feed.paging.links
    )
    return (own, *others)


def _comment(notice: str) -> str:
    """Write an XML comment; it must not contain `--` (XML 1.0 §2.5), and in a URL `%2D` is `-`."""
    return f"<!-- {notice.replace('--', '-%2D')} -->"
