"""Reads ninjs, the IPTC's news in JSON (versions 1 to 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from feedsvc.domain.reading.html.fragment import plain_text
from feedsvc.domain.reading.html.lines import LineFinder
from feedsvc.domain.reading.html.teaser import take_teaser
from feedsvc.domain.reading.item import FormatRejection, Item, ItemReading
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.stamp import read_stamp

_MARKS = frozenset(
    [
        "pubstatus",
        "versioncreated",
        "versionCreated",
        "body_xhtml",
        "body_text",
        "bodies",
        "headlines",
        "urgency",
    ]
)
_MOST = 64
_TEXTUAL = frozenset({"", "text", "composite"})


def is_ninjs(node: Mapping[str, Any]) -> bool:
    """Whether an object is a piece of news as ninjs has it."""
    return "uri" in node and ("headline" in node or bool(_MARKS & node.keys()))


def read_ninjs(
    nodes: Iterable[Mapping[str, Any]], *, lines: LineFinder, rules: ReadingRules
) -> ItemReading | FormatRejection:
    """The items of news that is text and may be used; pictures and cancelled ones are not."""
    items = tuple(
        _read(node, lines=lines, rules=rules)
        for node in nodes
        if _say(node, "type") in _TEXTUAL
        and _say(node, "pubstatus", "pubStatus").lower() in {"", "usable"}
    )
    if not items:
        return FormatRejection("ninjs without a usable text")
    return ItemReading(items=items)


def _read(node: Mapping[str, Any], *, lines: LineFinder, rules: ReadingRules) -> Item:
    title = plain_text(
        _say(node, "headline") or _pick(node.get("headlines")) or _say(node, "title")
    )
    summaries = (_say(node, "description_text"), _pick(node.get("descriptions")))
    bodies = (_say(node, "description_xhtml", "description_html"), *_bodies(node))
    sources = (*summaries, *bodies)
    teasers = (take_teaser(source, rules=rules).text for source in sources if source)
    subjects = _list(node.get("subject") or node.get("subjects"))
    places = [_say(one, "name") for one in _list(node.get("place") or node.get("places"))]
    return Item(
        line=lines.find(title),
        title=title,
        text=next((text for text in teasers if text and text != title), ""),
        link=_find_link(node),
        image=_find_image(node),
        author=_find_author(node),
        source=_find_source(node),
        date=read_stamp(
            _say(node, "firstcreated", "firstCreated", "versioncreated", "versionCreated"),
            zone=rules.zone,
        ),
        language=_say(node, "language"),
        categories=(*(_say(one, "name") for one in subjects), *places),
        codes=tuple(code for one in subjects if (code := _say(one, "code", "uri", "literal"))),
        key=_say(node, "uri"),
    )


def _bodies(node: Mapping[str, Any]) -> Iterator[str]:
    yield from (_say(node, name) for name in ("body_text", "body_xhtml", "body_html"))
    for body in _list(node.get("bodies")):
        yield _say(body, "value")


def _pick(values: object) -> str:
    """The first value of a list of them (ninjs 2 and 3)."""
    return next((value for one in _list(values) if (value := _say(one, "value"))), "")


def _find_author(node: Mapping[str, Any]) -> str:
    byline = plain_text(_say(node, "byline", "by"))
    if byline:
        return byline[3:] if byline.lower().startswith("by ") else byline
    people = _list(node.get("author") or node.get("authors") or node.get("person"))
    return ", ".join(name for one in people if (name := _say(one, "name")))


def _find_source(node: Mapping[str, Any]) -> str:
    for name in ("infosource", "infosources", "infoSources", "organisation"):
        for one in _list(node.get(name)):
            if found := _say(one, "name"):
                return found
    return _say(node, "copyrightholder", "copyrightHolder")


def _find_link(node: Mapping[str, Any]) -> str:
    for one in _list(node.get("altids")):
        if _say(one, "role") == "url" and "://" in _say(one, "value"):
            return _say(one, "value")
    uri = _say(node, "url", "uri")
    return uri if uri.startswith(("http://", "https://")) else ""


def _find_image(node: Mapping[str, Any]) -> str:
    associated = node.get("associations")
    groups = associated.values() if isinstance(associated, dict) else _list(associated)
    for one in groups:
        if isinstance(one, dict) and _say(one, "type") == "picture":
            renditions = one.get("renditions")
            found = renditions.values() if isinstance(renditions, dict) else _list(renditions)
            for rendition in found:
                if isinstance(rendition, dict) and (address := _say(rendition, "href")):
                    return address
    return ""


def _list(value: object) -> list[Mapping[str, Any]]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values[:_MOST] if isinstance(one, dict)]


def _say(node: Mapping[str, Any], *names: str) -> str:
    found = (node.get(name) for name in names)
    return next((str(value).strip() for value in found if isinstance(value, str) and value), "")
