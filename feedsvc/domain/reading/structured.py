"""Reads JSON and XML: which of the formats that are written in them a file has."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from feedsvc.domain.reading.columns import find_columns, is_head
from feedsvc.domain.reading.feed import is_json_feed, read_json_feed, read_xml_feed
from feedsvc.domain.reading.html.fragment import plain_text
from feedsvc.domain.reading.html.lines import LineFinder
from feedsvc.domain.reading.html.teaser import take_teaser
from feedsvc.domain.reading.item import FormatRejection, Item, ItemReading
from feedsvc.domain.reading.rows import Row, read_rows, show_cell
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.wire import is_ninjs, read_newsml, read_ninjs, read_nitf
from feedsvc.domain.reading.xml import find_root, parse_xml

MAX_RECORDS = 100_000
_HEAD = 100_000
_WIRES = frozenset({"newsitem", "newsmessage", "packageitem", "nitf"})
_NAMES = 60


def read_xml(data: bytes, *, rules: ReadingRules) -> ItemReading | FormatRejection:
    """The items of a feed or of a wire format, as the root element says."""
    root = find_root(data[:_HEAD].replace(b"\0", b"").decode("utf-8", "replace"))
    if root not in _WIRES:
        return read_xml_feed(data, rules=rules)
    parsed = parse_xml(data)
    if isinstance(parsed, FormatRejection):
        return parsed
    read = read_nitf if root == "nitf" else read_newsml
    return read(parsed, rules=rules)


def read_json(text: str, *, rules: ReadingRules) -> ItemReading | FormatRejection:
    """The items of a file of JSON, or of JSON lines."""
    try:
        data = _load(text)
    except json.JSONDecodeError as error:
        reason = f"JSON that ends or goes wrong: {error.msg.lower()}"
        return FormatRejection(reason, "Save the file again.", error.lineno)
    except (RecursionError, ValueError):
        return FormatRejection("JSON nested too deep")
    lines = LineFinder(text)
    if is_json_feed(data):
        return read_json_feed(data, lines=lines, rules=rules)
    wire = [node for node in _list_nodes(data) if is_ninjs(node)]
    if wire:
        return read_ninjs(wire, lines=lines, rules=rules)
    return _read_records(data, lines=lines, rules=rules)


def _load(text: str) -> Any:
    """A JSON value, or a list of those on a line each."""
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        rows = text.split("\n")
        if error.msg != "Extra data" or not all(row[:1] in "{[\r" for row in rows[:10] if row):
            raise
        return [json.loads(row, strict=False) for row in rows if row.strip()]


def _list_nodes(data: Any) -> Iterator[Mapping[str, Any]]:
    """The objects at the top and in the lists right below it."""
    lists = [data] if isinstance(data, list) else [[data], *_lists_in(data)]
    for one in lists:
        yield from (node for node in one[:MAX_RECORDS] if isinstance(node, dict))


def _lists_in(data: Any) -> Iterator[list[Any]]:
    if isinstance(data, dict):
        for value in data.values():
            if isinstance(value, list):
                yield value
            elif isinstance(value, dict):
                yield from (inner for inner in value.values() if isinstance(inner, list))


def _read_records(
    data: Any, *, lines: LineFinder, rules: ReadingRules
) -> ItemReading | FormatRejection:
    """The items of the first list of objects that have a headline or a text."""
    lists = [data] if isinstance(data, list) else [*_lists_in(data), [data]]
    for records in lists:
        items = tuple(_read_list(records[:MAX_RECORDS], lines=lines, rules=rules))
        if items:
            return ItemReading(items=items)
    return FormatRejection(
        "JSON without entries", "Name their parts title, text, link, date, or save a JSON Feed."
    )


def _read_list(records: list[Any], *, lines: LineFinder, rules: ReadingRules) -> Iterator[Item]:
    for record in records:
        if not isinstance(record, dict):
            continue
        names = [str(name) for name in list(record)[:_NAMES]]
        columns = find_columns(names, named=rules.columns)
        if is_head(columns):
            cells = [_show(record[name], rules=rules) for name in names]
            title = next((cells[place] for place in columns.values()), "")
            yield from read_rows([Row(lines.find(title), cells)], columns, rules=rules)


def _show(value: Any, *, rules: ReadingRules) -> str:
    """A value as a cell: what has a name is shown by it, lists are joined."""
    match value:
        case dict():
            names = ("rendered", "name", "title", "url", "href", "src", "value")
            return next((_show(value[key], rules=rules) for key in names if value.get(key)), "")
        case list():
            parts = [_show(one, rules=rules) for one in value[:_NAMES]]
            return ", ".join(part for part in parts if part)
        case str() if "<" in value:
            return take_teaser(value, rules=rules).text
        case str():
            return plain_text(value)
        case _:
            return show_cell(value)
