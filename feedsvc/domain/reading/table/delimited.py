"""Reads CSV and TSV, whatever separates their cells."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice

from feedsvc.domain.reading.columns import find_columns, is_head
from feedsvc.domain.reading.item import FormatRejection, ItemReading
from feedsvc.domain.reading.markdown.front_matter import read_front_matter
from feedsvc.domain.reading.rows import Row
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.table.find import read_table

_DELIMITERS = (",", ";", "\t", "|")
_HEAD_ROWS = 10
_COLUMNS = "columns."


def read_delimited(text: str, *, rules: ReadingRules) -> ItemReading | FormatRejection:
    """The items of a clean text in rows; front matter may say what its columns are.

    `columns: {Meldung: title}` explains the column `Meldung`.
    """
    matter = read_front_matter(text)
    named = dict(rules.columns) | {
        key.removeprefix(_COLUMNS): values[0]
        for key, values in matter.values.items()
        if key.startswith(_COLUMNS) and values
    }
    delimiter = max(_DELIMITERS, key=lambda one: _rate(matter.body, one, named))
    try:
        return read_table(_rows(matter.body, delimiter, matter.first), named=named, rules=rules)
    except csv.Error:
        reason = "a cell without an end: a quotation mark is not closed"
        return FormatRejection(reason, "Save the table again as CSV.")


def looks_delimited(text: str, *, rules: ReadingRules) -> bool:
    """Whether a text begins with a row of known column names."""
    return any(_rate(text, delimiter, rules.columns)[0] > 1 for delimiter in _DELIMITERS)


def _rate(text: str, delimiter: str, named: object) -> tuple[int, int]:
    """How many columns a delimiter makes known, and how many there are."""
    best = (0, 0)
    try:
        for row in islice(_rows(text, delimiter, 1), _HEAD_ROWS):
            columns = find_columns(row.cells, named=named if isinstance(named, dict) else {})
            best = max(best, (len(columns) if is_head(columns) else 0, len(row.cells)))
    except csv.Error:
        return (0, 0)
    return best


def _rows(text: str, delimiter: str, first: int) -> Iterator[Row]:
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    line = first
    for cells in reader:
        yield Row(line, cells)
        line = first + reader.line_num
