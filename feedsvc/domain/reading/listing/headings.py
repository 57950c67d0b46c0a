"""Tells lines that look like the heading of a section, or like a kicker."""

from __future__ import annotations

import re
from typing import NamedTuple

from feedsvc.domain.reading.listing.looks import Case, End, Look
from feedsvc.domain.reading.listing.roles import Likeness
from feedsvc.domain.reading.words.headings import KICKERS, SECTIONS

_DECORATED = re.compile(
    r"(?:([-=*~#+_•·–—<>/|:.▬━═»]{2,}|[=*~#—–▌█■]|\[{1,2}|【|［|<|>{1,3}|»)\s*)(\S.{0,58}?)\s*(?:[-=*~#+_•·–—<>/|:.▬━═«]{2,}|[=*~#—–]|\]{1,2}|】|］|>|«)"
)
_COUNT = re.compile(r"\s*[(\[]\s*\d{1,4}\s*[)\]]\s*$")
_LONGEST, _LONGEST_KICKER = 60, 34
_CAPS_WORDS, _PLAIN_WORDS, _PLAIN_LENGTH = 4, 3, 25
_BULLET_FREE = re.compile(r"^[\W\d_]+|[\W_]+$")


class Heading(NamedTuple):
    """How much a line is like a section heading and like a kicker; `name` is it without marks."""

    section: Likeness
    kicker: Likeness
    name: str


NO_HEADING = Heading(Likeness.NONE, Likeness.NONE, "")


def read_heading(text: str, look: Look) -> Heading:
    """How much a line looks like a heading."""
    if (
        look.length > _LONGEST
        or look.words > 8
        or look.end in {End.STOP, End.ASKED, End.COMMA, End.CUT_OFF}
    ):
        return NO_HEADING
    first = text[0]
    if not first.isalnum():
        match = _DECORATED.fullmatch(text)
        if match:
            name = _COUNT.sub("", match[match.lastindex or 0]).strip(" *_-=~#:")
            if name:
                kicker = Likeness.FAIR if name.casefold() in KICKERS else Likeness.NONE
                return Heading(Likeness.STRONG, kicker, name)
    return _read_plain(text, look)


def _read_plain(text: str, look: Look) -> Heading:
    """How much a line without marks around it looks like a heading."""
    counted = _COUNT.sub("", text)
    name = counted.rstrip(" :.-–—").strip("*_ ")
    folded = name.casefold()
    known = folded in SECTIONS
    kicker = Likeness.STRONG if folded in KICKERS else Likeness.NONE
    if known:
        return Heading(Likeness.STRONG, kicker, name)
    if kicker:
        return Heading(Likeness.FAIR, kicker, name)
    if look.length > _LONGEST_KICKER + 6:
        return NO_HEADING
    capitals = look.case is Case.CAPITALS
    if counted != text and look.words <= _CAPS_WORDS + 1:
        return Heading(Likeness.FAIR, Likeness.NONE, name)
    if capitals and look.words <= _CAPS_WORDS:
        short = look.length <= _LONGEST_KICKER and look.words <= _PLAIN_WORDS
        return Heading(Likeness.FAIR, Likeness.FAIR if short else Likeness.NONE, name)
    if look.end is End.COLON and look.words <= _CAPS_WORDS:
        return Heading(Likeness.FAIR, Likeness.NONE, name)
    if (
        look.words <= _PLAIN_WORDS
        and look.length <= _PLAIN_LENGTH
        and not look.lower
        and look.end is End.OPEN
    ):
        return Heading(Likeness.SLIGHT, Likeness.NONE, name)
    return NO_HEADING
