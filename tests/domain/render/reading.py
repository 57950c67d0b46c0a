"""Reads the texts of a document with a plain XML or JSON parser."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from feedsvc.domain.render import Format
from tests.feed_rules import check_atom, check_json_feed, check_rss
from tests.feed_rules.syntax import ATOM, DUBLIN_CORE, MEDIA, parse_xml

CHECKS: dict[Format, Callable[[bytes], None]] = {
    Format.RSS: check_rss,
    Format.ATOM: check_atom,
    Format.JSON: check_json_feed,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An entry as a reader sees it."""

    id: str
    title: str
    summary: str
    link: str
    author: str
    image: str
    language: str
    labels: tuple[str, ...]


def read(document: bytes, form: Format) -> tuple[Seen, ...]:
    match form:
        case Format.RSS:
            return _read_rss(document)
        case Format.ATOM:
            return _read_atom(document)
        case Format.JSON:
            return _read_json(document)


def _read_rss(document: bytes) -> tuple[Seen, ...]:
    return tuple(
        Seen(
            id=item.findtext("guid", ""),
            title=item.findtext("title", ""),
            summary=unescape(item.findtext("description", "")),
            link=item.findtext("link", ""),
            author=item.findtext(f"{DUBLIN_CORE}creator", ""),
            image="".join(it.get("url", "") for it in item.findall(f"{MEDIA}content")),
            language=item.findtext(f"{DUBLIN_CORE}language", ""),
            labels=tuple(it.text or "" for it in item.findall("category")),
        )
        for item in parse_xml(document)[0].findall("item")
    )


def _read_atom(document: bytes) -> tuple[Seen, ...]:
    return tuple(
        Seen(
            id=entry.findtext(f"{ATOM}id", ""),
            title=entry.findtext(f"{ATOM}title", ""),
            summary=entry.findtext(f"{ATOM}summary", ""),
            link=entry.findall(f"{ATOM}link[@rel='alternate']")[0].get("href", ""),
            author=entry.findtext(f"{ATOM}author/{ATOM}name", ""),
            image="".join(it.get("url", "") for it in entry.findall(f"{MEDIA}content")),
            language=entry.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
            labels=tuple(it.get("label", "") for it in entry.findall(f"{ATOM}category")),
        )
        for entry in parse_xml(document).findall(f"{ATOM}entry")
    )


def _read_json(document: bytes) -> tuple[Seen, ...]:
    return tuple(
        Seen(
            id=item["id"],
            title=item["title"],
            summary=item["content_text"],
            link=item["url"],
            author="".join(it["name"] for it in item.get("authors", [])),
            image=item.get("image", ""),
            language=item.get("language", ""),
            labels=tuple(item.get("tags", [])),
        )
        for item in json.loads(document)["items"]
    )
