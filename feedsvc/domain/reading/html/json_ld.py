"""Reads what a page states about its articles in schema.org's words (JSON-LD 1.1)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from feedsvc.domain.reading.html.fragment import plain_text, read_fragment
from feedsvc.domain.reading.item import Item
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.stamp import read_stamp

_SCRIPT = re.compile(
    r"<script\b[^>]{0,500}application/ld\+json[^>]{0,500}>(.*?)(?:</script\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_WRAPPING = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?://\]\]>|\]\]>|-->)\s*$")
_ARTICLE = re.compile(
    r"(?:\w*Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report|Review)$"
)
_HOLDERS = (
    "@graph",
    "itemListElement",
    "item",
    "mainEntity",
    "hasPart",
    "blogPost",
    "liveBlogUpdate",
)
_MAX_NODES = 20_000
_MOST_CATEGORIES = 32
_LISTED = frozenset({"ListItem"})


def read_json_ld(source: str, *, rules: ReadingRules) -> list[Item]:
    """The articles that a page's scripts describe, in their order, each once."""
    items: dict[str, Item] = {}
    for script in _SCRIPT.finditer(source):
        try:
            data = json.loads(_WRAPPING.sub("", script[1]), strict=False)
        except (ValueError, RecursionError):
            continue
        line = source.count("\n", 0, script.start()) + 1
        for node in _find_articles(data):
            item = _read_article(node, line=line, rules=rules)
            if item.title:
                items.setdefault(item.key or item.link or item.title, item)
    return list(items.values())


def _find_articles(data: object) -> Iterator[dict[str, Any]]:
    """The nodes that are articles, or items of a list that have a name."""
    waiting: list[object] = [data]
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node[:_MAX_NODES]))
        elif isinstance(node, dict):
            article = _as_article(node)
            if article is None:
                waiting.extend(node[key] for key in reversed(_HOLDERS) if key in node)
            else:
                yield article


def _as_article(node: dict[str, Any]) -> dict[str, Any] | None:
    """A node that is an article, or an item of a list with a name of its own."""
    types = _types(node)
    if any(map(_ARTICLE.search, types)):
        return node
    held = node.get("item")
    if not types & _LISTED or not _word(node.get("name")) or isinstance(held, dict | list):
        return None
    return {**node, "url": held} if isinstance(held, str) else node


def _types(node: dict[str, Any]) -> set[str]:
    types = node.get("@type")
    return {str(one) for one in types} if isinstance(types, list) else {str(types)}


def _read_article(node: dict[str, Any], *, line: int, rules: ReadingRules) -> Item:
    body = read_fragment(_word(node.get("articleBody"))).paragraphs
    keywords = _words(node.get("keywords"))
    sections = _words(node.get("articleSection"))
    return Item(
        line=line,
        title=plain_text(_word(node.get("headline")) or _word(node.get("name"))),
        text=plain_text(_word(node.get("description")) or _word(node.get("abstract")))
        or next(iter(body), ""),
        link=_address(node.get("url")) or _address(node.get("mainEntityOfPage")),
        image=_address(node.get("image")) or _address(node.get("thumbnailUrl")),
        author=", ".join(_words(node.get("author"))),
        source=_word(node.get("publisher")),
        date=read_stamp(_word(node.get("datePublished")), zone=rules.zone),
        language=_word(node.get("inLanguage")),
        section=next(iter(sections), ""),
        categories=(*sections, *keywords)[:_MOST_CATEGORIES],
        key=_word(node.get("identifier")) or _word(node.get("@id")),
    )


def _word(value: object) -> str:
    """A value's words; those of a thing are its name."""
    match value:
        case str():
            return value.strip()
        case dict():
            return _word(value.get("name")) or _word(value.get("@value"))
        case list():
            return next((word for one in value[:10] if (word := _word(one))), "")
        case int() | float():
            return str(value)
        case _:
            return ""


def _words(value: object) -> list[str]:
    if isinstance(value, list):
        return [word for one in value[:_MOST_CATEGORIES] if (word := _word(one))]
    word = _word(value)
    parts = word.split(",") if isinstance(value, str) else [word]
    return [part.strip() for part in parts if part.strip()]


def _address(value: object) -> str:
    match value:
        case str():
            return value.strip()
        case dict():
            return _address(value.get("url") or value.get("@id") or value.get("contentUrl"))
        case list():
            return next((address for one in value[:10] if (address := _address(one))), "")
        case _:
            return ""
