"""Writes a feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from feedsvc.domain.render.feed import Feed, FeedEntry
from feedsvc.domain.render.format import Format

VERSION = "https://jsonfeed.org/version/1.1"


def write_json_feed(feed: Feed) -> bytes:
    """Return the JSON document in UTF-8; `next_url` leads to the next older entries."""
    older = feed.paging.older
    document = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.url(Format.JSON),
        "description": feed.description,
        "user_comment": feed.notice,
        "next_url": older.url(feed.site, Format.JSON) if older else "",
        "icon": feed.icon,
        "favicon": feed.icon,
        "authors": [{"name": feed.site.publisher}],
        "language": feed.site.language,
    }
    items = {"items": [_item(entry) for entry in feed.entries]}
    return json.dumps(_stated(document) | items, ensure_ascii=False, indent=2).encode() + b"\n"


def _item(entry: FeedEntry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "image": entry.image,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": entry.author}] if entry.author else [],
        "tags": [category.label for category in entry.categories],
        "language": entry.language,
    }
    # Required, even without a teaser.
    return _stated(item) | {"content_text": entry.summary}


def _stated(members: dict[str, Any]) -> dict[str, Any]:
    """Return the members without empty ones, which JSON Feed omits."""
    return {name: value for name, value in members.items() if value}
