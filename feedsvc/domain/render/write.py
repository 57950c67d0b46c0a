"""Writes a feed in a format."""

from __future__ import annotations

from feedsvc.domain.render.atom import write_atom
from feedsvc.domain.render.feed import Feed
from feedsvc.domain.render.format import Format
from feedsvc.domain.render.jsonfeed import write_json_feed
from feedsvc.domain.render.rss import write_rss


def render(feed: Feed, form: Format) -> bytes:
    """Return the document in UTF-8; equal feeds give equal bytes. Use one thread at a time."""
    match form:
        case Format.RSS:
            return write_rss(feed)
        case Format.ATOM:
            return write_atom(feed)
        case Format.JSON:
            return write_json_feed(feed)
