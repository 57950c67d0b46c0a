"""Turns text into clean lines: nothing that XML forbids, composed, trimmed, numbered."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

# XML 1.0 §2.2 forbids most controls, surrogates, U+FFFE and U+FFFF; it discourages the further
# noncharacters. C1 controls are never meant. U+FEFF is a byte order mark wherever it is.
# Overrides, embeddings and isolates of direction could turn the words around a title, too.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069]"
)
_FORBIDDEN_ASCII = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
# The noncharacters beyond, and a range that holds them all, which is searched much faster.
_NONCHARACTERS = re.compile(
    "["
    + "".join(f"{chr(0x10000 * n + 0xFFFE)}{chr(0x10000 * n + 0xFFFF)}" for n in range(1, 17))
    + "]"
)
_MAY_BE_NONCHARACTER = re.compile("[\U0001fffe-\U0010ffff]")
# Websites put these into long words, where they hide the word from labels and search.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\u034f\u180e]")
# Joiners are letters' business in Persian and in emoji, but never between Latin letters.
_JOINER = re.compile("(?<=[A-Za-z\u00c0-\u024f])[\u200c\u200d]+(?=[A-Za-z\u00c0-\u024f])")
_LIGATURE = re.compile("[ﬀﬁﬂﬃﬄﬅﬆĳĲ]")
# Entities that end in a semicolon and name a character; `AT&T;` names none.
_ENTITY = re.compile(r"&(?:amp;)?(#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,30});")
LINE_END = re.compile(r"\r\n|\r|\n")
# These end a line too (UAX #14), but editors do not count them; XML forbids two of them.
_INNER_END = re.compile("[\x0b\x0c\x85\u2028]")
_PARAGRAPH_END = "\u2029"
_EMPTY_LINE = "\u2028\u2028"
# A run of spaces becomes one; a no-break space alone stays, typographers mean it.
_BLANKS = re.compile(r"\s{2,}|[^\S \u00a0\u202f\u2007]")
# What does not show: spaces, zero-width and bidirectional controls.
_UNSEEN = r"\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
# A rule (`* * *`, `———`) separates what is around it, as an empty line does.
_BLANK_LINE = re.compile(rf"[{_UNSEEN}\-_*=~#+·•.—–]*")
_MARKS_BORNE = 30
# No run of marks is too long in a text without such a run; this is searched much faster.
_MAY_BE_MARKS = re.compile(f"[\u0300-\U0001efff]{{{_MARKS_BORNE + 1}}}")
_SHORTEST_RULE = 3


class Line(NamedTuple):
    """A line without its end, single-spaced; `text` is empty for a blank line or a rule.

    `indent` counts the spaces before it, `rule` is the mark that a rule is made of. `is_split` says
    that it is not the first text on its line, `prose` that it surely is no headline.
    """

    number: int
    text: str
    indent: int = 0
    rule: str = ""
    is_split: bool = False
    prose: bool = False


def clean_text(text: str) -> str:
    """A text in NFC, without what XML forbids, byte order marks and overrides of direction.

    Composing sorts runs of combining marks, so overlong ones are cut first (UAX #15 §13): a
    hostile run would take quadratic time.
    """
    clean = _remove_forbidden(text)
    if clean.isascii():
        return clean
    clean = _INVISIBLE.sub("", clean)
    clean = _JOINER.sub("", clean)
    clean = _LIGATURE.sub(lambda mark: unicodedata.normalize("NFKC", mark[0]), clean)
    if _MAY_BE_MARKS.search(clean):
        clean = _mark_runs().sub(r"\1", clean)
    return unicodedata.normalize("NFC", clean)


def _remove_forbidden(text: str) -> str:
    if text.isascii():
        return _FORBIDDEN_ASCII.sub("", text)
    clean = _FORBIDDEN.sub("", text)
    return _NONCHARACTERS.sub("", clean) if _MAY_BE_NONCHARACTER.search(clean) else clean


def decode_entities(text: str) -> str:
    """A plain text with HTML entities such as `&eacute;` and `&#39;` replaced by characters."""
    return _ENTITY.sub(_decode_entity, text) if "&" in text else text


def _decode_entity(match: re.Match[str]) -> str:
    """The character that an entity stands for, or the text as it is."""
    name = match[1]
    written = f"&{name};"
    character = html.unescape(written)
    if (
        character == written
        or _remove_forbidden(character) != character
        or character in "\r\n\x0b\x0c\x85"
    ):
        return match[0]
    return character


def split_lines(text: str, *, first: int = 1) -> Iterator[Line]:
    """The lines of a clean text, numbered from `first` as editors number them."""
    inner = _INNER_END.search(text) is not None or _PARAGRAPH_END in text
    for number, line in enumerate(LINE_END.split(text), first):
        if not inner:
            yield _read_line(number, line)
            continue
        for part in _INNER_END.split(line.replace(_PARAGRAPH_END, _EMPTY_LINE)):
            yield _read_line(number, part)


def _read_line(number: int, line: str) -> Line:
    text = line.strip()
    if not text:
        return Line(number, "")
    if not text[0].isalnum() and _BLANK_LINE.fullmatch(text):
        return Line(number, "", rule=text[0] if len(text) >= _SHORTEST_RULE else "")
    single = " ".join(text.split()) if text.isascii() else _BLANKS.sub(" ", text)
    return Line(number, single, len(line) - len(line.lstrip()))


@cache
def _mark_runs() -> re.Pattern[str]:
    marks = "".join(chr(c) for c in range(0x300, 0x1F000) if unicodedata.combining(chr(c)))
    return re.compile(f"([{marks}]{{{_MARKS_BORNE}}})[{marks}]+")
