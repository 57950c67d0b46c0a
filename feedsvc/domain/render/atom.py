"""Writes a feed as Atom 1.0 (RFC 4287) with RFC 5005's paging."""

from __future__ import annotations

from typing import Any

from feedsvc.domain.render.feed import Feed, FeedEntry
from feedsvc.domain.render.format import Format
from feedsvc.domain.render.generator import (
    GENERATOR,
    VERSION,
    add_entry,
    finish,
    start_generator,
)
from feedsvc.domain.render.workarounds import FeedLink


def write_atom(feed: Feed) -> bytes:
    """Return the Atom document in UTF-8; all text has type `text`, so markup stays visible."""
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
    item.feedsvc.links = _entry_links(entry)
    item.feedsvc.language = entry.language
    item.published(entry.published)
    if entry.summary:
        item.summary(entry.summary, type="text")
    if entry.author:
        item.author(name=entry.author)


def _entry_links(entry: FeedEntry) -> tuple[FeedLink, ...]:
    """Return the links of an entry; if it links elsewhere, its page is `related` (RFC 4287)."""
    if entry.link == entry.page:
        return (FeedLink(rel="alternate", href=entry.page, type="text/html"),)
    return (
        FeedLink(rel="alternate", href=entry.link),
        FeedLink(rel="related", href=entry.page, type="text/html"),
    )
