"""Reads a file of any format that is known: its bytes become drafts, or the reason why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from feedsvc.domain.reading.decode import Decoded, decode
from feedsvc.domain.reading.item import FormatRejection, ItemReading
from feedsvc.domain.reading.lengths import cut_long_texts
from feedsvc.domain.reading.lines import LINE_END, clean_text
from feedsvc.domain.reading.outcome import Listing, Problem, Rejection
from feedsvc.domain.reading.readers import (
    decode_page,
    make_listing,
    parse_listing,
    read_delimited,
    read_html,
    read_json,
    read_mail,
    read_markdown,
    read_sheets,
    read_word,
    read_xml,
)
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.sniff import Format, Unread, sniff_bytes, sniff_text

_QUOTED_LENGTH = 200


class _BytesReader(Protocol):
    """Reads the bytes of a file of one format."""

    def __call__(self, data: bytes, /, *, rules: ReadingRules) -> ItemReading | FormatRejection: ...


class _TextReader(Protocol):
    """Reads the text of a file of one format; None if it is a plain listing after all."""

    def __call__(
        self, text: str, /, *, rules: ReadingRules
    ) -> ItemReading | FormatRejection | None: ...


# These say themselves how they are encoded.
_OF_BYTES: Mapping[Format, tuple[_BytesReader, str]] = {
    Format.XML: (read_xml, "xml"),
    Format.SHEETS: (read_sheets, "zip"),
    Format.WORD: (read_word, "zip"),
    Format.MAIL: (read_mail, "mail"),
}
_OF_TEXT: Mapping[Format, _TextReader] = {
    Format.MARKDOWN: read_markdown,
    Format.HTML: read_html,
    Format.JSON: read_json,
    Format.TABLE: read_delimited,
}


def read_file(name: str, data: bytes, *, rules: ReadingRules) -> Listing | Rejection:
    """The drafts of a file; any bytes give a listing or a rejection, in linear time.

    The content decides which reader a file goes to; `name` decides only if the content does not.
    """
    outcome = _read(name, data, rules=rules)
    if isinstance(outcome, Rejection):
        return outcome
    return cut_long_texts(outcome, most=rules.max_teaser_chars)


def _read(name: str, data: bytes, *, rules: ReadingRules) -> Listing | Rejection:
    suffix = name.lower().rpartition(".")[2]
    found = sniff_bytes(data, suffix)
    if isinstance(found, Unread):
        return Rejection(
            problem=Problem(1, f"this is {found.name}, which is not read", found.advice)
        )
    if found and found in _OF_BYTES:
        return _read_bytes(data, found, rules=rules)
    decoded = decode_page(data) if found is Format.HTML else decode(data)
    if isinstance(decoded, Rejection):
        return decoded
    decoded = replace(decoded, text=clean_text(decoded.text))
    told = found or sniff_text(decoded.text, suffix, rules=rules)
    if told in _OF_BYTES:
        return _read_bytes(data, told, rules=rules)
    return _read_text(decoded, told, rules=rules)


def _read_bytes(data: bytes, told: Format, *, rules: ReadingRules) -> Listing | Rejection:
    read, encoding = _OF_BYTES[told]
    return make_listing(read(data, rules=rules), encoding=encoding, rules=rules)


def _read_text(decoded: Decoded, told: Format, *, rules: ReadingRules) -> Listing | Rejection:
    read = _OF_TEXT.get(told)
    reading = read(decoded.text, rules=rules) if read else None
    if reading is None:
        return _quote_lines(parse_listing(decoded, rules=rules), decoded.text)
    listing = make_listing(reading, encoding=decoded.encoding, rules=rules)
    if isinstance(listing, Listing) and decoded.problems:
        listing = replace(listing, problems=(*decoded.problems, *listing.problems))
    return _quote_lines(listing, decoded.text)


def _quote_lines(outcome: Listing | Rejection, text: str) -> Listing | Rejection:
    """The outcome with the words of its line in each problem."""
    if isinstance(outcome, Rejection):
        return replace(outcome, problem=_quote(outcome.problem, LINE_END.split(text)))
    if not outcome.problems:
        return outcome
    lines = LINE_END.split(text)
    return replace(outcome, problems=tuple(_quote(one, lines) for one in outcome.problems))


def _quote(problem: Problem, lines: Sequence[str]) -> Problem:
    if problem.text or not 1 <= problem.line <= len(lines):
        return problem
    return replace(problem, text=lines[problem.line - 1].strip()[:_QUOTED_LENGTH])
