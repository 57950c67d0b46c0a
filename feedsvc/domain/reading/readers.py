"""The readers of all formats, each imported when the first file of its format comes.

Together they import a dozen libraries. Most folders have files of one format, and a command that
reads one file should not wait for the others' libraries. A server imports them all beforehand.
"""

from __future__ import annotations

from importlib import import_module

from feedsvc.domain.reading.decode import Decoded
from feedsvc.domain.reading.item import FormatRejection, ItemReading
from feedsvc.domain.reading.outcome import Listing, Rejection
from feedsvc.domain.reading.rules import ReadingRules

_MODULES = (
    "charset", "drafts", "front_values", "html", "listing",
    "mail", "markdown", "structured", "table", "word",
)  # fmt: skip


def load_readers() -> None:
    """Import all of them now."""
    for name in _MODULES:
        import_module(f"feedsvc.domain.reading.{name}")


def is_mail(text: str) -> bool:
    """Whether a text begins with the headers of a mail, or lists those of several."""
    from feedsvc.domain.reading.mail import is_mail as judge

    return judge(text)


def looks_delimited(text: str, *, rules: ReadingRules) -> bool:
    """Whether a text begins with a row of known column names."""
    from feedsvc.domain.reading.table import looks_delimited as judge

    return judge(text, rules=rules)


def decode_page(data: bytes) -> Decoded | Rejection:
    """The text of a page, in the encoding that it states if it is not UTF-8."""
    from feedsvc.domain.reading.html import decode_page as decode

    return decode(data)


def parse_listing(decoded: Decoded, *, rules: ReadingRules) -> Listing | Rejection:
    """The drafts of a plain listing."""
    from feedsvc.domain.reading.listing import parse_listing as parse

    return parse(decoded, rules=rules)


def make_listing(
    reading: ItemReading | FormatRejection, *, encoding: str, rules: ReadingRules
) -> Listing | Rejection:
    """The drafts of what a reader of any other format found, or its rejection."""
    from feedsvc.domain.reading.drafts import make_listing as make

    return make(reading, encoding=encoding, rules=rules)


def read_xml(data: bytes, *, rules: ReadingRules) -> ItemReading | FormatRejection:
    """The items of a feed or of a wire format."""
    from feedsvc.domain.reading.structured import read_xml as read

    return read(data, rules=rules)


def read_sheets(data: bytes, *, rules: ReadingRules) -> ItemReading | FormatRejection:
    """The items of a spreadsheet."""
    from feedsvc.domain.reading.table import read_sheets as read

    return read(data, rules=rules)


def read_word(data: bytes, *, rules: ReadingRules) -> ItemReading | FormatRejection:
    """The items of a Word document."""
    from feedsvc.domain.reading.word import read_word as read

    return read(data, rules=rules)


def read_mail(data: bytes, *, rules: ReadingRules) -> ItemReading | FormatRejection:
    """The items of a mail or a mailbox."""
    from feedsvc.domain.reading.mail import read_mail as read

    return read(data, rules=rules)


def read_markdown(text: str, *, rules: ReadingRules) -> ItemReading | FormatRejection | None:
    """The items of a Markdown document; None if it is a plain listing after all."""
    from feedsvc.domain.reading.markdown import read_markdown as read

    return read(text, rules=rules)


def read_html(text: str, *, rules: ReadingRules) -> ItemReading | FormatRejection | None:
    """The items of a page; None if it is a plain listing after all."""
    from feedsvc.domain.reading.html import read_html as read

    return read(text, rules=rules)


def read_json(text: str, *, rules: ReadingRules) -> ItemReading | FormatRejection:
    """The items of a file of JSON, or of JSON lines."""
    from feedsvc.domain.reading.structured import read_json as read

    return read(text, rules=rules)


def read_delimited(text: str, *, rules: ReadingRules) -> ItemReading | FormatRejection | None:
    """The items of a table in text; None if it is a plain listing after all."""
    from feedsvc.domain.reading.table import read_delimited as read

    return read(text, rules=rules)
