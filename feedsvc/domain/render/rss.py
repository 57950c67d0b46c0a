"""Writes a feed as RSS 2.0, following the RSS Advisory Board's Best Practices Profile."""

from __future__ import annotations

from html import escape
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
from feedsvc.domain.render.workarounds import credit, start_dublin_core

LOGO_WIDTH, LOGO_HEIGHT = 144, 72  # pixels; RSS allows at most 144 by 400


def write_rss(feed: Feed) -> bytes:
    """Return the RSS document in UTF-8.

    Readers treat an item's description as HTML and all other text as plain (Profile, "Character
    Data"). So a teaser is escaped as HTML, and a `<b>` in it is shown as written. A title is not,
    because readers that take it as plain text would show `AT&amp;T`.
    """
    generator = start_generator(feed, Format.RSS)
    start_dublin_core(generator)
    credit(generator, feed.site.publisher)
    generator.generator(f"{GENERATOR} {VERSION}")
    generator.image(feed.logo, width=str(LOGO_WIDTH), height=str(LOGO_HEIGHT))
    generator.docs("https://www.rssboard.org/rss-specification")
    if feed.site.ttl:
        generator.ttl(feed.site.ttl)
    for entry in feed.entries:
        _add(generator, entry)
    return finish(generator.rss_str, feed.notice)


def _add(generator: Any, entry: FeedEntry) -> None:
    item = add_entry(generator, entry)
    item.published(entry.published)
    item.feedsvc.updated = entry.updated.isoformat()
    if entry.summary:
        item.description(escape(entry.summary, quote=False))
    if entry.author:
        credit(item, entry.author)
    if entry.language:
        item.dc.dc_language(entry.language)
