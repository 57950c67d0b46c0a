"""Reads a file of any format that is known: its bytes become drafts, or the reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from feedsvc.domain.reading.decode import decode
from feedsvc.domain.reading.drafts import make_listing
from feedsvc.domain.reading.html import decode_page, read_html
from feedsvc.domain.reading.item import FormatRejection, ItemReading
from feedsvc.domain.reading.lines import clean_text
from feedsvc.domain.reading.listing import parse_listing
from feedsvc.domain.reading.mail import read_mail
from feedsvc.domain.reading.markdown import read_markdown
from feedsvc.domain.reading.outcome import Listing, Rejection
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.structured import read_json, read_xml
from feedsvc.domain.reading.table import read_delimited, read_sheets
from feedsvc.domain.reading.word import read_word


class _Reader(Protocol):
    """Reads the bytes of a file of one format."""

    def __call__(self, data: bytes, /, *, rules: ReadingRules) -> ItemReading | FormatRejection: ...


def read_file(name: str, data: bytes, *, rules: ReadingRules) -> Listing | Rejection:
    """The drafts of a file; any bytes give a listing or a rejection, in linear time.

    The content decides which reader a file goes to; `name` decides only if the content does not.
    """
    suffix = name.lower().rpartition(".")[2]
    if suffix in _BINARY:
        read, encoding = _BINARY[suffix]
        return make_listing(read(data, rules=rules), encoding=encoding, rules=rules)
    decoded = decode_page(data) if suffix in _PAGES else decode(data)
    if isinstance(decoded, Rejection):
        return decoded
    reading = _read_text(suffix, clean_text(decoded.text), rules=rules)
    if reading is None:
        return parse_listing(decoded, rules=rules)
    return make_listing(reading, encoding=decoded.encoding, rules=rules)


def _read_text(
    suffix: str, text: str, *, rules: ReadingRules
) -> ItemReading | FormatRejection | None:
    match suffix:
        case "md" | "markdown":
            return read_markdown(text, rules=rules)
        case "html" | "htm":
            return read_html(text, rules=rules)
        case "json":
            return read_json(text, rules=rules)
        case "csv" | "tsv":
            return read_delimited(text, rules=rules)
        case _:
            return None


_PAGES = frozenset({"html", "htm"})
# These say themselves how they are encoded.
_BINARY: Mapping[str, tuple[_Reader, str]] = {
    "xml": (read_xml, "xml"),
    "rss": (read_xml, "xml"),
    "atom": (read_xml, "xml"),
    "rdf": (read_xml, "xml"),
    "xlsx": (read_sheets, "zip"),
    "ods": (read_sheets, "zip"),
    "docx": (read_word, "zip"),
    "eml": (read_mail, "mail"),
    "mbox": (read_mail, "mail"),
}
