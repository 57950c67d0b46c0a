"""Reads XLSX and ODS workbooks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import python_calamine as calamine

from feedsvc.domain.reading.archive import Archive, open_archive
from feedsvc.domain.reading.item import FormatRejection, Item, ItemReading
from feedsvc.domain.reading.outcome import Note, Taken
from feedsvc.domain.reading.rows import Row, show_cell
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.table.find import MAX_COLUMNS, MAX_ROWS, read_table

MAX_SHEETS = 50
_MAX_CELLS = 2_000_000
_CELL = re.compile(rb"""<(?:\w{1,10}:)?(?:c|row)\b[^<>]*?\br=["']([A-Z]{0,3})(\d{1,7})["']""")
_ODS_ROW = re.compile(rb"<table:table-row\b([^<>]*)(?:/>|>(.*?)</table:table-row>)", re.DOTALL)
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^<>]*)")
_REPEATED = re.compile(rb'-repeated="(\d{1,9})"')


def read_sheets(data: bytes, *, rules: ReadingRules) -> ItemReading | FormatRejection:
    """The items of all sheets whose columns are known, in the order of the workbook."""
    archive = open_archive(data)
    if isinstance(archive, FormatRejection):
        return archive
    if _is_sparse(archive):
        return FormatRejection("a sheet with cells very far apart", "Delete the empty rows.")
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            (sheet.name, list(_rows(book, sheet.name)))
            for sheet in book.sheets_metadata[:MAX_SHEETS]
            if sheet.visible == calamine.SheetVisibleEnum.Visible
        ]
    except (calamine.CalamineError, OSError, ValueError) as error:
        return FormatRejection(f"a workbook that cannot be read ({error})", "Save it again.")
    return _read(sheets, rules=rules)


def _read(
    sheets: list[tuple[str, list[Row]]], *, rules: ReadingRules
) -> ItemReading | FormatRejection:
    items: list[Item] = []
    notes: list[Note] = []
    rejection = FormatRejection("a workbook without sheets")
    for name, rows in sheets:
        reading = read_table(rows, named=rules.columns, rules=rules)
        if isinstance(reading, ItemReading):
            items.extend(reading.items)
        else:
            rejection = reading if not notes else rejection
            taken = (Taken.NOTHING,)
            notes.append(Note(line=1, text=name, taken=taken, reason=f"a sheet: {reading.reason}"))
    return ItemReading(items=tuple(items), notes=tuple(notes)) if items else rejection


def _rows(book: calamine.CalamineWorkbook, name: str) -> Iterator[Row]:
    sheet = book.get_sheet_by_name(name)
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS), 1):
        shown = [show_cell(cell) for cell in cells[:MAX_COLUMNS]]
        if any(shown):
            yield Row(number, shown)


def _is_sparse(archive: Archive) -> bool:
    """Whether a sheet's cells are so far apart that the grid between them would not fit."""
    for name in archive.names:
        if name.startswith("xl/worksheets/"):
            columns, rows = _find_corner(archive.read(name))
        elif name == "content.xml":
            columns, rows = _find_ods_corner(archive.read(name))
        else:
            continue
        if columns * rows > _MAX_CELLS:
            return True
    return False


def _find_corner(sheet: bytes) -> tuple[int, int]:
    """The last column and row that a sheet of XLSX uses."""
    column, row = 1, 0
    for cell in _CELL.finditer(sheet):
        number = 0
        for letter in cell[1]:
            number = number * 26 + letter - 64
        column, row = max(column, number), max(row, int(cell[2]))
    return column, row


def _find_ods_corner(content: bytes) -> tuple[int, int]:
    """The last column and row with a value; empty ones at the end are repeated beyond all need."""
    width = height = last = 0
    for row in _ODS_ROW.finditer(content):
        height += _repeats(row[1])
        column = 0
        for cell in _ODS_CELL.finditer(row[2] or b""):
            column += _repeats(cell[1])
            if b"value" in cell[1]:
                width, last = max(width, column), height
    return width, last


def _repeats(attributes: bytes) -> int:
    match = _REPEATED.search(attributes)
    return int(match[1]) if match else 1
