"""RSS 2.0: the RSS Advisory Board's specification and Best Practices Profile."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from tests.feed_rules.syntax import (
    ATOM,
    DUBLIN_CORE,
    MEDIA,
    check_history,
    check_links,
    is_language,
    is_rfc822,
    is_rfc3339,
    is_uri,
    parse_xml,
    twice,
)

_CHANNEL = frozenset(
    {"title", "link", "description", "copyright", "docs", "generator", "image", "language"}
    | {"lastBuildDate", "ttl", "item", "category"},
)
_ITEM = frozenset({"title", "link", "description", "guid", "category", "pubDate"})
_MANY = frozenset({"item", "category"})
_ENTITY = re.compile(r"&(amp|lt|gt);")


def check_rss(document: bytes) -> None:
    root = parse_xml(document)
    assert root.tag == "rss"
    assert root.get("version") == "2.0"
    assert [child.tag for child in root] == ["channel"]
    channel, items = root[0], root[0].findall("item")
    found = [*_check_channel(channel), *_check_image(channel)]
    for item in items:
        found += _check_item(item)
    found += [f"guid {guid} twice" for guid in twice(it.findtext("guid") for it in items)]
    assert not found, found


def _check_channel(channel: _Element) -> Iterator[str]:
    yield from _check_children(channel, allowed=_CHANNEL)
    for name in ("title", "link", "description"):
        if not (channel.findtext(name) or "").strip():
            yield f"channel: no {name}"
    if not is_uri(channel.findtext("link")):
        yield f"channel: link is {channel.findtext('link')!r}"
    if not is_rfc822(channel.findtext("lastBuildDate")):
        yield f"channel: lastBuildDate is {channel.findtext('lastBuildDate')!r}"
    language = channel.findtext("language")
    if language is not None and not is_language(language):
        yield f"channel: language is {language!r}"
    ttl = channel.findtext("ttl")
    if ttl is not None and not ttl.isdecimal():
        yield f"channel: ttl is {ttl!r}"
    links = channel.findall(f"{ATOM}link")
    yield from check_links(links, of_feed=True)
    yield from check_history(channel, links)


def _check_image(channel: _Element) -> Iterator[str]:
    """The Profile: same title and link as the channel, at most 144 by 400 pixels."""
    image = channel.find("image")
    if image is None:
        return
    for name in ("title", "link"):
        if image.findtext(name) != channel.findtext(name):
            yield f"image: {name} is not the channel's"
    if not is_uri(image.findtext("url")):
        yield f"image: url is {image.findtext('url')!r}"
    if not 0 < int(image.findtext("width") or 88) <= 144:
        yield "image: too wide"
    if not 0 < int(image.findtext("height") or 31) <= 400:
        yield "image: too high"


def _check_item(item: _Element) -> Iterator[str]:
    yield from _check_children(item, allowed=_ITEM)
    yield from check_links(item.findall(f"{ATOM}link"), of_feed=False)
    if not (item.findtext("title") or "").strip():
        yield "item: no title"
    if not is_uri(item.findtext("link")):
        yield f"item: link is {item.findtext('link')!r}"
    guid = item.find("guid")
    if guid is None or not guid.text or (guid.get("isPermaLink") != "false"):
        yield "item: no guid, or one that readers would take for a URL"
    if not is_rfc822(item.findtext("pubDate")):
        yield f"item: pubDate is {item.findtext('pubDate')!r}"
    if not is_rfc3339(item.findtext(f"{ATOM}updated")):
        yield f"item: atom:updated is {item.findtext(f'{ATOM}updated')!r}"
    yield from _check_html(item.findtext("description") or "")
    yield from _check_modules(item)


def _check_children(parent: _Element, *, allowed: frozenset[str]) -> Iterator[str]:
    plain = [child for child in parent if not child.tag.startswith("{")]
    for child in plain:
        if child.tag not in allowed:
            yield f"{parent.tag}: has {child.tag}"
        if child.tag not in {"image", "item"} and len(child):
            yield f"{child.tag}: has elements in its text"
    repeated = twice(child.tag for child in plain if child.tag not in _MANY)
    yield from (f"{parent.tag}: {name} twice" for name in repeated)
    for category in parent.findall("category"):
        if not category.text or not is_uri(category.get("domain")):
            yield f"category {category.text!r} of {category.get('domain')!r}"


def _check_html(description: str) -> Iterator[str]:
    """Readers show it as HTML, so our plain text must contain no tags and no bare ampersands."""
    if "<" in description or description.count("&") != len(_ENTITY.findall(description)):
        yield f"description is not text escaped as HTML: {description!r}"


def _check_modules(item: _Element) -> Iterator[str]:
    for media in item.findall(f"{MEDIA}content"):
        if not is_uri(media.get("url")) or media.get("medium") != "image":
            yield f"media:content {dict(media.attrib)}"
    for language in item.findall(f"{DUBLIN_CORE}language"):
        if not is_language(language.text):
            yield f"dc:language is {language.text!r}"
    for creator in item.findall(f"{DUBLIN_CORE}creator"):
        if not (creator.text or "").strip():
            yield "dc:creator is blank"
