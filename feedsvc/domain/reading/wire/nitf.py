"""Reads NITF, the IPTC's News Industry Text Format."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from feedsvc.domain.reading.html.teaser import take_teaser
from feedsvc.domain.reading.item import FormatRejection, Item, ItemReading
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.stamp import read_stamp
from feedsvc.domain.reading.xml import (
    Element,
    all_text,
    find_all,
    find_first,
    find_text,
    line_of,
    local_name,
)

_MOST = 64
_BODIES = ("body.content", "inlineXML", "inlineData", "body")
_PARAGRAPHS = frozenset({"p", "lede", "lead"})


def read_nitf(root: Element, *, rules: ReadingRules) -> ItemReading | FormatRejection:
    """The item of a NITF document."""
    head, body = find_first(root, "head"), find_first(root, "body")
    top = find_first(body, "body.head") if body is not None else None
    if body is None:
        return FormatRejection("NITF without a body")
    title = _find_title(root, top)
    paragraphs = find_paragraphs(root)
    abstract = find_text(top, "abstract") if top is not None else ""
    text = take_teaser("\n\n".join(paragraphs), rules=rules).text if paragraphs else ""
    if not title and not text:
        return FormatRejection("NITF without a headline and a text")
    return ItemReading(
        items=(
            Item(
                line=line_of(root),
                title=title,
                text=abstract or text,
                link=_find_link(root),
                image=_attribute(root, "media-reference", "source"),
                author=_find_author(top),
                source=find_text(top, "distributor") if top is not None else "",
                date=_find_date(root, top, rules=rules),
                language=root.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
                categories=tuple(_find_keywords(head)),
                codes=tuple(_find_codes(head)),
                key=_attribute(root, "doc-id", "id-string"),
            ),
        ),
    )


def find_paragraphs(root: Element) -> list[str]:
    """The paragraphs of a body, in NITF or in HTML."""
    body = next((found for name in _BODIES for found in find_all(root, name)), None)
    if body is None:
        return []
    found = [
        text
        for element in body.iter()
        if local_name(element) in _PARAGRAPHS
        and not _is_in_picture(element, body)
        and (text := all_text(element))
    ]
    return found or [text for text in (all_text(body),) if text]


def _is_in_picture(element: Element, body: Element) -> bool:
    above = element.getparent()
    while above is not None and above is not body:
        if local_name(above) in {"media", "figure"}:
            return True
        above = above.getparent()
    return False


def _find_title(root: Element, top: Element | None) -> str:
    if top is not None and (headline := find_text(top, "hedline", "hl1")):
        return headline
    return find_text(root, "head", "title")


def _find_author(top: Element | None) -> str:
    byline = find_first(top, "byline") if top is not None else None
    if byline is None:
        return ""
    name = find_text(byline, "person") or all_text(byline)
    return name[3:] if name.lower().startswith("by ") else name


def _find_date(root: Element, top: Element | None, *, rules: ReadingRules) -> datetime | None:
    stated = (
        _attribute(root, "date.issue", "norm"),
        _attribute(root, "date.release", "norm"),
        _attribute(top, "story.date", "norm") if top is not None else "",
        _attribute(root, "pubdata", "date.publication"),
    )
    stamps = (read_stamp(words, zone=rules.zone) for words in stated if words)
    return next((stamp for stamp in stamps if stamp), None)


def _find_link(root: Element) -> str:
    address = _attribute(root, "pubdata", "ex-ref")
    return address if address.startswith(("http://", "https://")) else ""


def _find_keywords(head: Element | None) -> Iterator[str]:
    if head is None:
        return
    for element in list(find_all(head, "keyword"))[:_MOST]:
        yield element.get("key") or ""
    for element in list(find_all(head, "tobject.subject"))[:_MOST]:
        yield element.get("tobject.subject.type") or ""


def _find_codes(head: Element | None) -> Iterator[str]:
    if head is None:
        return
    for element in list(find_all(head, "tobject.subject"))[:_MOST]:
        if code := element.get("tobject.subject.refnum"):
            yield code


def _attribute(root: Element, name: str, attribute: str) -> str:
    values = (element.get(attribute) for element in find_all(root, name))
    return next((value for value in values if value), "")
