"""Writes a feed as Atom 1.0 (RFC 4287) with RFC 5005's paging."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedsvc.domain.render.extension import FeedLink
from feedsvc.domain.render.format import Format
from feedsvc.domain.render.generator import (
    GENERATOR,
    VERSION,
    add_entry,
    finish,
    start_generator,
)

if TYPE_CHECKING:
    from feedsvc.domain.render.feed import Feed, FeedEntry


def write_atom(feed: Feed) -> bytes:
    """The Atom document, UTF-8. All text is of type `text`: markup in it is shown, not obeyed."""
    generator = start_generator(feed, Format.ATOM)
    generator.generator(GENERATOR, version=VERSION)
    generator.author(name=feed.site.publisher)
    generator.icon(feed.icon)
    generator.logo(feed.logo)
    for entry in feed.entries:
        _add(generator, entry)
    return finish(generator.atom_str, feed.notice)


def _add(generator: Any, entry: FeedEntry) -> None:
    item = add_entry(generator, entry)
    item.link(href=entry.link)  # feedgen asks for one; the extension writes it
    item.feedsvc.links = _entry_links(entry)
    item.feedsvc.language = entry.language
    item.published(entry.published)
    item.summary(entry.summary, type="text")
    if entry.author:
        item.author(name=entry.author)


def _entry_links(entry: FeedEntry) -> tuple[FeedLink, ...]:
    """Its own page is only `related` to an entry that leads elsewhere (RFC 4287 §4.2.7.2)."""
    if entry.link == entry.page:
        return (FeedLink(rel="alternate", href=entry.page, type="text/html"),)
    return (
        FeedLink(rel="alternate", href=entry.link),
        FeedLink(rel="related", href=entry.page, type="text/html"),
    )
