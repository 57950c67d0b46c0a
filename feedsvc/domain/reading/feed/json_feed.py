"""Reads JSON Feed (version 1.1 and 1.0)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from feedsvc.domain.reading.html.fragment import plain_text
from feedsvc.domain.reading.html.lines import LineFinder
from feedsvc.domain.reading.html.teaser import take_teaser
from feedsvc.domain.reading.item import FormatRejection, Item, ItemReading
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.stamp import read_stamp

_MOST_CATEGORIES = 32


def is_json_feed(data: object) -> bool:
    """Whether a JSON value says that it is a JSON Feed."""
    return isinstance(data, dict) and "jsonfeed.org/version" in str(data.get("version"))


def read_json_feed(
    feed: Mapping[str, Any], *, lines: LineFinder, rules: ReadingRules
) -> ItemReading | FormatRejection:
    """The items of a JSON Feed."""
    found = feed.get("items")
    items = [
        _read_item(one, feed, lines=lines, rules=rules)
        for one in (found if isinstance(found, list) else ())
        if isinstance(one, dict)
    ]
    if not items:
        return FormatRejection("the feed has no entries")
    return ItemReading(items=tuple(items))


def _read_item(
    item: Mapping[str, Any], feed: Mapping[str, Any], *, lines: LineFinder, rules: ReadingRules
) -> Item:
    sources = (_say(item, "summary"), _say(item, "content_html"), _say(item, "content_text"))
    teasers = [take_teaser(source, rules=rules) for source in sources if source]
    title = plain_text(_say(item, "title"))
    link = _say(item, "external_url", "url")
    home = _say(feed, "home_page_url", "feed_url")
    image = _say(item, "image", "banner_image") or next((t.image for t in teasers if t.image), "")
    key = _say(item, "id")
    tags = item.get("tags")
    return Item(
        line=lines.find(_say(item, "title", "content_text", "summary")),
        title=title,
        text=next((one.text for one in teasers if one.text and one.text != title), ""),
        link=urljoin(home, link) if link else "",
        image=urljoin(home, image) if image else "",
        author=", ".join(_names(item)) or ", ".join(_names(feed)),
        source=plain_text(_say(feed, "title")),
        date=read_stamp(_say(item, "date_published", "date_modified"), zone=rules.zone),
        language=_say(item, "language") or _say(feed, "language"),
        categories=tuple(str(tag) for tag in (tags if isinstance(tags, list) else ()))[
            :_MOST_CATEGORIES
        ],
        key=key if not key or ":" in key else f"{home or _say(feed, 'title')} {key}",
    )


def _say(values: Mapping[str, Any], *names: str) -> str:
    found = (values.get(name) for name in names)
    return next((str(value) for value in found if isinstance(value, str | int) and value), "")


def _names(values: Mapping[str, Any]) -> Iterator[str]:
    authors = values.get("authors") or [values.get("author")]
    for author in authors if isinstance(authors, list) else ():
        if isinstance(author, dict) and (name := _say(author, "name")):
            yield name
