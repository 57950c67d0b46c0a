"""Tables: CSV, TSV, XLSX and ODS with a head whose names are known become items."""

from feedsvc.domain.reading.table.delimited import looks_delimited, read_delimited
from feedsvc.domain.reading.table.sheets import read_sheets

__all__ = ["looks_delimited", "read_delimited", "read_sheets"]
