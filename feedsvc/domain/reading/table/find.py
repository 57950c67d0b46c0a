"""Finds the head of a table among its first rows, and reads the rows below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from feedsvc.domain.reading.columns import Column, find_columns, is_head
from feedsvc.domain.reading.html.fragment import plain_text
from feedsvc.domain.reading.item import FormatRejection, Item, ItemReading
from feedsvc.domain.reading.rows import Row, read_rows
from feedsvc.domain.reading.rules import ReadingRules

MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELL = 20_000
_HEAD_ROWS = 10
_SHOWN = 8


def read_table(
    rows: Iterable[Row], *, named: Mapping[str, str], rules: ReadingRules
) -> ItemReading | FormatRejection:
    """The items of a table; `named` are column names that the file or the settings explain."""
    source = iter(rows)
    first = list(islice(source, _HEAD_ROWS))
    for place, row in enumerate(first):
        columns = find_columns(row.cells[:MAX_COLUMNS], named=named)
        if is_head(columns):
            below = (*first[place + 1 :], *islice(source, MAX_ROWS))
            items = tuple(_read(below, columns, rules=rules))
            if not items:
                return FormatRejection("the table has no row with a headline or a text")
            return ItemReading(items=items)
    return _reject(first)


def _read(
    rows: Iterable[Row], columns: Mapping[Column, int], *, rules: ReadingRules
) -> Iterable[Item]:
    clean = (
        Row(row.line, [plain_text(cell[:MAX_CELL]) for cell in row.cells[:MAX_COLUMNS]], row.links)
        for row in rows
        if any(row.cells)
    )
    return read_rows(clean, columns, rules=rules)


def _reject(first: Sequence[Row]) -> FormatRejection:
    """That no column is known, with the names that were found."""
    head = next((row.cells for row in first if any(row.cells)), ())
    shown = ", ".join(f"“{cell[:30]}”" for cell in head[:_SHOWN] if cell)
    found = f"; the first row has {shown}" if shown else ""
    return FormatRejection(
        f"a table without a column for headlines{found}",
        "Name the columns in the first row: title, text, link, date, author.",
        first[0].line if first else 1,
    )
