"""Finds out what format a file has: by its content first, by the end of its name second."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from feedsvc.domain.reading.readers import is_mail, looks_delimited
from feedsvc.domain.reading.rules import ReadingRules


class Format(Enum):
    """A format that is read."""

    LISTING = auto()
    MARKDOWN = auto()
    HTML = auto()
    XML = auto()
    JSON = auto()
    TABLE = auto()
    SHEETS = auto()
    WORD = auto()
    MAIL = auto()


@dataclass(frozen=True, slots=True)
class Unread:
    """A format that is not read: its name with an article, and what to do instead."""

    name: str
    advice: str


_PLAIN = "Save it as plain text (UTF-8)."
_ALONE = "Put the files in it into the folder instead."
_TEXT_ONLY = "Remove it; only text is read."
_MAGIC: tuple[tuple[bytes, Unread], ...] = (
    (b"{\\rtf", Unread("an RTF document", _PLAIN)),
    (b"%PDF-", Unread("a PDF document", "Copy its text into a plain text file.")),
    (b"%!PS", Unread("a PostScript document", "Copy its text into a plain text file.")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Unread("an old Office document", _PLAIN)),
    (b"\x89PNG", Unread("a PNG image", _TEXT_ONLY)),
    (b"\xff\xd8\xff", Unread("a JPEG image", _TEXT_ONLY)),
    (b"GIF8", Unread("a GIF image", _TEXT_ONLY)),
    (b"II*\0", Unread("a TIFF image", _TEXT_ONLY)),
    (b"MM\0*", Unread("a TIFF image", _TEXT_ONLY)),
    (b"\x1f\x8b", Unread("a gzip archive", _ALONE)),
    (b"BZh", Unread("a bzip2 archive", _ALONE)),
    (b"\xfd7zXZ\0", Unread("an xz archive", _ALONE)),
    (b"7z\xbc\xaf\x27\x1c", Unread("a 7-Zip archive", _ALONE)),
    (b"Rar!\x1a\x07", Unread("a RAR archive", _ALONE)),
    (b"SQLite format 3\0", Unread("an SQLite database", _TEXT_ONLY)),
    (b"\x7fELF", Unread("a program", _TEXT_ONLY)),
    (b"MZ\x90\0", Unread("a program", _TEXT_ONLY)),
    (b"ID3\x03\0", Unread("an MP3 recording", _TEXT_ONLY)),
    (b"ID3\x04\0", Unread("an MP3 recording", _TEXT_ONLY)),
    (b"OggS\0", Unread("an Ogg recording", _TEXT_ONLY)),
    (b"fLaC\0", Unread("a FLAC recording", _TEXT_ONLY)),
    (b"wOFF", Unread("a font", _TEXT_ONLY)),
    (b"wOF2", Unread("a font", _TEXT_ONLY)),
    (b"\x28\xb5\x2f\xfd", Unread("a Zstandard archive", _ALONE)),
    (b"PAR1\x15", Unread("a Parquet table", "Save it as CSV.")),
    (b"AT&TFORM", Unread("a DjVu document", "Copy its text into a plain text file.")),
    (b"\xffWPC", Unread("a WordPerfect document", _PLAIN)),
    (b"\\documentclass", Unread("a LaTeX document", "Copy its text into a plain text file.")),
    (b"BEGIN:VCALENDAR", Unread("a calendar", _TEXT_ONLY)),
    (b"BEGIN:VCARD", Unread("an address card", _TEXT_ONLY)),
    (b"<svg", Unread("an SVG picture", _TEXT_ONLY)),
    (b"bplist00", Unread("a binary property list", _PLAIN)),
)
_ZIPPED = (
    (b"opendocument.spreadsheet", Format.SHEETS),
    (b"xl/", Format.SHEETS),
    (b"word/", Format.WORD),
)
_TAR_MARK_AT = 257
_ZIP, _RIFF = b"PK\x03\x04", b"RIFF"
_UNREAD_ZIPS = (
    (b"opendocument.text", Unread("an OpenDocument text", "Save it as .docx or as plain text.")),
    (b"application/epub", Unread("an EPUB book", "Copy its text into a plain text file.")),
    (b"ppt/", Unread("a PowerPoint presentation", "Copy its text into a plain text file.")),
    (b"Index/", Unread("a Pages or Numbers document", "Export it as plain text.")),
)
_HEAD = 64 * 1024
_SUFFIXES = {
    "md": Format.MARKDOWN, "markdown": Format.MARKDOWN, "html": Format.HTML, "htm": Format.HTML,
    "xml": Format.XML, "rss": Format.XML, "atom": Format.XML, "rdf": Format.XML,
    "json": Format.JSON, "csv": Format.TABLE, "tsv": Format.TABLE, "xlsx": Format.SHEETS,
    "ods": Format.SHEETS, "docx": Format.WORD, "eml": Format.MAIL, "mbox": Format.MAIL,
}  # fmt: skip
_BINARY = frozenset({Format.SHEETS, Format.WORD})
_HTML = re.compile(
    rb"(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(
    rb"<\?xml\s|<(?:rss|feed|rdf:rdf|channel|newsitem|newsmessage|nitf)[\s>]", re.IGNORECASE
)
_XHTML = re.compile(
    rb"<\?xml[^>]{0,200}>\s*(?:<!--.{0,2000}?-->\s*)?(?:<!doctype\s+html|<html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(
    r"<(div|article|section|main|body|head|h[1-6]|p|ul|ol|table|header|nav|figure|dl|blockquote)[\s>]",
    re.IGNORECASE,
)
_JSON = re.compile(r'\{\s*(?:"|\}\s*$)|\[\s*(?:[{\["]|\]\s*$)')
_MARKED = re.compile(
    r"^#{1,6} \S|^\s{0,3}(?:[-*+]|\d+\.) +\[[^\]]+\]\(|\[[^\]\n]+\]\(https?://", re.MULTILINE
)
_FEWEST_MARKS = 2
_MAIL_MARKS = ("From", "Subject:", "Message:", "Digest, Vol")
_LONGEST_HEAD = 2000
# The line above a mail in a mailbox has the time of its arrival (RFC 4155).
_ENVELOPE = re.compile(r"From \S+ .{0,60}\d\d:\d\d")
_ROWS = 12


def sniff_bytes(data: bytes, suffix: str) -> Format | Unread | None:
    """The format of a file as its first bytes show it; None if it is text of some kind."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(_ZIP):
        return _sniff_zip(data, suffix)
    if data.startswith(b"ustar", _TAR_MARK_AT):
        return Unread("a tar archive", _ALONE)
    if head.startswith(_RIFF) and head[8:12] in {b"WEBP", b"WAVE", b"AVI "}:
        return Unread("a picture or recording", _TEXT_ONLY)
    if head[4:8] == b"ftyp":
        return Unread("a picture or recording", _TEXT_ONLY)
    unread = next((unread for magic, unread in _MAGIC if head.startswith(magic)), None)
    if unread:
        return unread
    if _HTML.match(head):
        return Format.HTML
    if _XML.match(head):
        return Format.HTML if _XHTML.match(head) else Format.XML
    named = _SUFFIXES.get(suffix)
    return named if named in _BINARY or named is Format.MAIL else None


def sniff_text(text: str, suffix: str, *, rules: ReadingRules) -> Format:
    """The format of a clean text as its beginning shows it, or else as its name does."""
    head = text[:_HEAD].lstrip()
    tag = _FRAGMENT.match(head)
    # One pasted tag may be meant as text; an element that is closed is HTML.
    if tag and f"</{tag[1]}".casefold() in head.casefold():
        return Format.HTML
    if head[:1] in "{[" and _JSON.match(head):
        return Format.JSON
    named = _SUFFIXES.get(suffix)
    if named:
        return named
    if _may_be_mail(head) and is_mail(head):
        return Format.MAIL
    if _may_be_table(head) and looks_delimited(_first_rows(head), rules=rules):
        return Format.TABLE
    if len(_MARKED.findall(head)) >= _FEWEST_MARKS:
        return Format.MARKDOWN
    return Format.LISTING


def _sniff_zip(data: bytes, suffix: str) -> Format | Unread:
    head, tail = data[:_HEAD], data[-_HEAD:]
    for mark, unread in _UNREAD_ZIPS:
        if mark in head:
            return unread
    for mark, found in _ZIPPED:
        if mark in head or mark in tail:
            return found
    named = _SUFFIXES.get(suffix)
    return named if named in _BINARY else Unread("a ZIP archive", _ALONE)


def _may_be_mail(head: str) -> bool:
    if head.startswith("From "):
        return _ENVELOPE.match(head) is not None
    return any(mark in head for mark in _MAIL_MARKS)


def _may_be_table(head: str) -> bool:
    """Whether the first line has cells; prose has few commas and ends in a full stop."""
    first = head.split("\n", 1)[0].strip()
    if len(first) > _LONGEST_HEAD or first[-1:] in ".!?":
        return False
    return any(mark in first for mark in ",;\t|")


def _first_rows(head: str) -> str:
    return "\n".join(head.split("\n", _ROWS)[:_ROWS])
