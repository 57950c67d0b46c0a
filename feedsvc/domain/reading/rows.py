"""Turns a table's rows into items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from feedsvc.domain.reading.columns import Column
from feedsvc.domain.reading.item import Item
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.stamp import read_stamp

_PARTS = re.compile(r"[,;|\n]")
_MOST_CATEGORIES = 32
_LABELS = (Column.REGIONS, Column.COUNTRIES, Column.TOPICS)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line, its cells as plain text, and the links in them."""

    line: int
    cells: Sequence[str]
    links: Sequence[str] = ()


def read_rows(
    rows: Iterable[Row],
    columns: Mapping[Column, int],
    *,
    rules: ReadingRules,
) -> Iterator[Item]:
    """The items of rows; a row without headline and text is none."""
    for row in rows:
        values = {
            column: row.cells[place].strip()
            for column, place in columns.items()
            if place < len(row.cells)
        }
        title = values.get(Column.TITLE, "")
        text = values.get(Column.TEXT, "")
        if title or text:
            yield _make(row, values, title=title, text=text, rules=rules)


def _make(
    row: Row,
    values: Mapping[Column, str],
    *,
    title: str,
    text: str,
    rules: ReadingRules,
) -> Item:
    stated = f"{values.get(Column.DATE, '')} {values.get(Column.TIME, '')}".strip()
    link = values.get(Column.LINK, "")
    if "://" not in link:
        link = next(iter(row.links), _complete(link))
    categories = values.get(Column.CATEGORIES, "")
    return Item(
        line=row.line,
        title=title,
        text=text,
        caption=values.get(Column.CAPTION, ""),
        kicker=values.get(Column.KICKER, ""),
        link=link,
        image=values.get(Column.IMAGE, ""),
        author=values.get(Column.AUTHOR, ""),
        source=values.get(Column.SOURCE, ""),
        date=read_stamp(stated, zone=rules.zone, day_first=rules.day_first),
        language=values.get(Column.LANGUAGE, ""),
        section=values.get(Column.SECTION, ""),
        categories=tuple(part.strip() for part in _PARTS.split(categories)[:_MOST_CATEGORIES]),
        labels={name.value: values[name] for name in _LABELS if values.get(name)},
        key=values.get(Column.KEY, ""),
    )


def _complete(address: str) -> str:
    """An address as people type it: `www.example.org/news`."""
    return f"https://{address}" if address.lower().startswith("www.") else address


def show_cell(value: object) -> str:
    """A cell's value as words; whole numbers and days as people write them."""
    match value:
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case float() if value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - exact
            return str(int(value))
        case bool():
            return "yes" if value else "no"
        case None:
            return ""
        case _:
            return str(value)
