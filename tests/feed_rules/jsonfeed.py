"""JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.feed_rules.syntax import is_language, is_rfc3339, is_uri, twice

_URLS = frozenset({"home_page_url", "feed_url", "next_url", "icon", "favicon"})
_ITEM_URLS = frozenset({"url", "external_url", "image", "banner_image"})
_FEED = (
    _URLS | {"version", "title", "description", "user_comment", "authors", "language"} | {"items"}
)
_ITEM = (
    _ITEM_URLS
    | {"id", "title", "content_text", "date_published", "date_modified", "authors"}
    | {"tags", "language"}
)


def check_json_feed(document: bytes) -> None:
    feed = json.loads(document.decode("utf-8"), object_pairs_hook=_unrepeated)
    found = list(_check_feed(feed))
    for item in feed["items"]:
        found += _check_item(item)
    found += [f"ID {name} occurs twice" for name in twice(it["id"] for it in feed["items"])]
    assert not found, found


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert not twice(name for name, _ in pairs)
    return dict(pairs)


def _check_feed(feed: dict[str, Any]) -> Iterator[str]:
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield f"version is {feed.get('version')!r}"
    yield from _check_members(feed, known=_FEED, urls=_URLS)
    yield from (
        f"feed: no {name}" for name in ("title", "home_page_url", "feed_url") if name not in feed
    )
    if feed.get("next_url") == feed.get("feed_url"):
        yield "next_url is feed_url"
    if not isinstance(feed.get("items"), list):
        yield "items is not a list"


def _check_item(item: dict[str, Any]) -> Iterator[str]:
    yield from _check_members(item, known=_ITEM, urls=_ITEM_URLS)
    if not isinstance(item.get("id"), str) or not item["id"]:
        yield f"item: id is {item.get('id')!r}"
    if not isinstance(item.get("content_text"), str):
        yield "item: no content"
    for name in ("date_published", "date_modified"):
        if not is_rfc3339(item.get(name)):
            yield f"item: {name} is {item.get(name)!r}"
    if not all(isinstance(tag, str) and tag for tag in item.get("tags", [])):
        yield f"item: tags are {item['tags']!r}"


def _check_members(
    members: dict[str, Any], *, known: frozenset[str], urls: frozenset[str]
) -> Iterator[str]:
    yield from (f"{name} is not in the specification" for name in members.keys() - known)
    yield from (f"{name} is null" for name, value in members.items() if value is None)
    for name in urls & members.keys():
        if not is_uri(members[name]):
            yield f"{name} is {members[name]!r}"
    if "language" in members and not is_language(members["language"]):
        yield f"language is {members['language']!r}"
    for author in members.get("authors", []):
        if not author.get("name", "").strip():
            yield f"author is {author!r}"
