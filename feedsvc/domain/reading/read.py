"""Reads a file of any format that is known: its bytes become drafts, or the reason why not."""

from __future__ import annotations

from feedsvc.domain.reading.decode import decode
from feedsvc.domain.reading.drafts import make_listing
from feedsvc.domain.reading.html import decode_page, read_html
from feedsvc.domain.reading.lines import clean_text
from feedsvc.domain.reading.listing import parse_listing
from feedsvc.domain.reading.markdown import read_markdown
from feedsvc.domain.reading.outcome import Listing, Rejection
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.structured import read_json, read_xml
from feedsvc.domain.reading.table import read_delimited, read_sheets


def read_file(name: str, data: bytes, *, rules: ReadingRules) -> Listing | Rejection:
    """The drafts of a file; any bytes give a listing or a rejection, in linear time.

    The content decides which reader a file goes to; `name` decides only if the content does not.
    """
    match name.lower().rpartition(".")[2]:
        case "md" | "markdown":
            return _read_markdown(data, rules=rules)
        case "html" | "htm":
            return _read_html(data, rules=rules)
        case "rss" | "atom" | "rdf" | "xml":
            return make_listing(read_xml(data, rules=rules), encoding="xml", rules=rules)
        case "json" | "csv" | "tsv":
            return _read_text(name, data, rules=rules)
        case "xlsx" | "ods":
            return make_listing(read_sheets(data, rules=rules), encoding="zip", rules=rules)
        case _:
            return _read_plain(data, rules=rules)


def _read_plain(data: bytes, *, rules: ReadingRules) -> Listing | Rejection:
    decoded = decode(data)
    if isinstance(decoded, Rejection):
        return decoded
    return parse_listing(decoded, rules=rules)


def _read_markdown(data: bytes, *, rules: ReadingRules) -> Listing | Rejection:
    decoded = decode(data)
    if isinstance(decoded, Rejection):
        return decoded
    reading = read_markdown(clean_text(decoded.text), rules=rules)
    if reading is None:
        return parse_listing(decoded, rules=rules)
    return make_listing(reading, encoding=decoded.encoding, rules=rules)


def _read_html(data: bytes, *, rules: ReadingRules) -> Listing | Rejection:
    decoded = decode_page(data)
    if isinstance(decoded, Rejection):
        return decoded
    reading = read_html(clean_text(decoded.text), rules=rules)
    return make_listing(reading, encoding=decoded.encoding, rules=rules)


def _read_text(name: str, data: bytes, *, rules: ReadingRules) -> Listing | Rejection:
    decoded = decode(data)
    if isinstance(decoded, Rejection):
        return decoded
    read = read_json if name.lower().endswith(".json") else read_delimited
    reading = read(clean_text(decoded.text), rules=rules)
    return make_listing(reading, encoding=decoded.encoding, rules=rules)
