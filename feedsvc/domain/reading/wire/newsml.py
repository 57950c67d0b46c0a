"""Reads NewsML-G2: news items, packages of them and news messages."""

from __future__ import annotations

from collections.abc import Iterator

from feedsvc.domain.reading.html.teaser import take_teaser
from feedsvc.domain.reading.item import FormatRejection, Item, ItemReading
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.stamp import read_stamp
from feedsvc.domain.reading.wire.nitf import find_paragraphs
from feedsvc.domain.reading.xml import Element, all_text, find_all, find_first, find_text, line_of

_MOST = 64
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_COUNTRY = ("iso3166-1a2:", "country:")


def read_newsml(root: Element, *, rules: ReadingRules) -> ItemReading | FormatRejection:
    """The items of news that is text and usable; pictures and cancelled ones are not."""
    found = (_read(node, rules=rules) for node in find_all(root, "newsItem") if _is_usable(node))
    items = tuple(item for item in found if item.title or item.text)
    if not items:
        return FormatRejection("NewsML without a usable text")
    return ItemReading(items=items)


def _is_usable(node: Element) -> bool:
    meta = find_first(node, "itemMeta")
    if meta is None:
        return True
    status, kind = find_first(meta, "pubStatus"), find_first(meta, "itemClass")
    usable = status is None or _code(status).rpartition(":")[2] in {"usable", ""}
    textual = kind is None or _code(kind).rpartition(":")[2] in {"text", "composite", ""}
    return usable and textual


def _read(node: Element, *, rules: ReadingRules) -> Item:
    meta = find_first(node, "contentMeta")
    content = meta if meta is not None else node
    title = find_text(content, "headline") or find_text(node, "itemMeta", "title")
    subjects = list(content.iter("{*}subject"))[:_MOST]
    paragraphs = find_paragraphs(node)
    summary = _find_summary(content)
    body = take_teaser("\n\n".join(paragraphs), rules=rules).text if paragraphs else ""
    dates = (
        find_text(content, "contentCreated"),
        find_text(node, "itemMeta", "firstCreated"),
        find_text(node, "itemMeta", "versionCreated"),
    )
    codes = [_code(subject) for subject in subjects]
    return Item(
        line=line_of(node),
        title=title or next(_headings(node), ""),
        text=summary or body,
        link=_find_link(node),
        image=_find_image(node),
        author=_find_author(content),
        source=_find_name(content, "infoSource") or _find_name(node, "itemMeta", "provider"),
        date=read_stamp(next(filter(None, dates), ""), zone=rules.zone),
        language=_find_language(node, content),
        categories=tuple(_names(subjects)) + tuple(_countries(codes)),
        codes=tuple(code for code in codes if code),
        key=node.get("guid") or "",
    )


def _code(element: Element) -> str:
    return element.get("qcode") or element.get("uri") or element.get("literal") or ""


def _names(subjects: list[Element]) -> Iterator[str]:
    for subject in subjects:
        yield from (all_text(name) for name in subject.iterfind("{*}name"))


def _countries(codes: list[str]) -> Iterator[str]:
    """The countries that codes name; a code is looked up as it is."""
    for code in codes:
        if code.startswith(_COUNTRY):
            yield code.rpartition(":")[2]


def _headings(node: Element) -> Iterator[str]:
    for name in ("hl1", "h1", "title"):
        yield from (all_text(found) for found in find_all(node, name))


def _find_summary(content: Element) -> str:
    for description in content.iterfind("{*}description"):
        if "caption" not in (description.get("role") or ""):
            return all_text(description)
    return ""


def _find_author(content: Element) -> str:
    by = find_text(content, "by")
    if by:
        return by[3:] if by.lower().startswith("by ") else by
    return ", ".join(
        name for one in content.iterfind("{*}creator") if (name := find_text(one, "name"))
    )


def _find_name(element: Element, *path: str) -> str:
    found = find_first(element, *path)
    if found is None:
        return ""
    return find_text(found, "name") or found.get("literal") or ""


def _find_link(node: Element) -> str:
    for alternative in find_all(node, "altId"):
        address = all_text(alternative)
        if address.startswith(("http://", "https://")):
            return address
    for link in find_all(node, "link"):
        address = link.get("href") or ""
        rank = link.get("rel") or ""
        if address.startswith("http") and rank.rpartition(":")[2] in {"", "seeAlso", "isPrimary"}:
            return address
    return ""


def _find_image(node: Element) -> str:
    for content in find_all(node, "remoteContent"):
        kind, address = content.get("contenttype") or "", content.get("href") or ""
        if kind.startswith("image/") and address:
            return address
    return ""


def _find_language(node: Element, content: Element) -> str:
    language = find_first(content, "language")
    tag = language.get("tag") if language is not None else ""
    return tag or node.get(_LANGUAGE) or ""
