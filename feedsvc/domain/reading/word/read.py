"""Reads Word documents (.docx) by way of HTML (mammoth)."""

from __future__ import annotations

import importlib
import io
from typing import Any

from feedsvc.domain.reading.archive import open_archive
from feedsvc.domain.reading.html.read import read_html
from feedsvc.domain.reading.item import FormatRejection, ItemReading
from feedsvc.domain.reading.rules import ReadingRules

_MAIN = "word/document.xml"
# What Word calls its styles in other languages comes with English names in the file.
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => p:fresh
b => strong
"""


def read_word(data: bytes, *, rules: ReadingRules) -> ItemReading | FormatRejection:
    """The items of a document; pictures, comments and macros are left out."""
    archive = open_archive(data)
    if isinstance(archive, FormatRejection):
        return archive
    if _MAIN not in archive.names:
        return FormatRejection("an office file that is not a Word document", "Save it as .docx.")
    mammoth = _load()
    if mammoth is None:
        advice = "Install feedsvc with the extra `word`, or save the document as text."
        return FormatRejection("a Word document, which this installation does not read", advice)
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
            external_file_access=False,
        )
    except Exception as error:  # noqa: BLE001 - the library raises what its parsers raise
        return FormatRejection(
            f"a damaged Word document ({type(error).__name__})", "Save it again."
        )
    return read_html(f"<body>{result.value}</body>", rules=rules)


def _load() -> Any:
    """The library, if the extra is installed."""
    try:
        return importlib.import_module("mammoth")
    except ModuleNotFoundError:
        return None
