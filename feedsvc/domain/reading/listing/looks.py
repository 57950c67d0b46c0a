"""What a line of text looks like: its length, how it begins and ends, and its capitals."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from operator import itemgetter
from typing import NamedTuple

# Reading no further keeps long lines cheap; what a longer line is has long been clear.
_HEAD = 320
_TAIL = 60
_CLOSERS = (
    "\"'”’»›)]}」』） \u00a0\u202f\u00ad\u061c"
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_OPENERS = "\"'“‘«‹([„‚「『¿¡"
_CUT_OFF = ("[…]", "[...]", "(…)", "(...)", "[ … ]", "[. . .]")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:(?:[A-Za-z]\.)*[A-Za-z]|Mr|Mrs|Ms|Dr|St|Jr|Sr|Inc|Ltd|Co|Corp|vs|Prof|Gen|Gov|Sen|Bros|No|Nr|bzw"
    r"|etc|usw|Abs|Art|approx|ca|cf|Mt|Ft|Rep|Lt|Col|Capt|Sgt|Sra?|Dra?|Mme|Mlle)$",
)
_LONGER = 7
_DANGLING = re.compile(
    r" (?:a|an|and|as|at|because|but|by|for|from|if|into|its|of|or|than|that|the|their|to|which"
    r"|while|who|with|y|e|et|de|del|des|der|die|das|den|dem|du|la|le|les|los|las|el|um|uma|und|mit)$",
)
# What is in brackets after the last sentence: initials, a source, where to read on.
_SIGNED = re.compile(r"[.!?…][\"'”’»]?\s+\([^()]{1,40}\)$")
_INNER_STOP = re.compile(r"[.।۔][\"'”’»)\]]*\s+[\"'“‘«(\[„]*(?=[^\W_])|[。．！？](?=\w)")
_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}")
# The same for ASCII, much faster.
_ASCII_STOP = re.compile(r"\.[\"')\]]*\s+[\"'(\[]*(?=[A-Za-z0-9])")
_ASCII_WORD = re.compile(r"[A-Za-z][\w'-]{3,}", re.ASCII)
_LETTER = re.compile(r"[^\W\d_]")
_FIRST = itemgetter(0)
_FEW = 3


class End(IntEnum):
    """How a text ends."""

    OPEN = 0
    STOP = 1
    CUT_OFF = 2
    ELLIPSIS = 3
    ASKED = 4
    ABBREVIATED = 5
    DANGLING = 6
    COMMA = 7
    COLON = 8


class Case(IntEnum):
    """How many of its longer words, the first apart, begin with a capital."""

    UNKNOWN = 0
    LOW = 1
    MIXED = 2
    HIGH = 3
    CAPITALS = 4


class Look(NamedTuple):
    """What there is to see of a line; wide characters count twice in `length` (UAX #11)."""

    length: int
    words: int
    end: End
    lower: bool
    case: Case
    stops: int


_ENDS = (
    dict.fromkeys(".。．｡।॥۔።։܀᙮", End.STOP)
    | dict.fromkeys("?!？！؟‽⸮՜՞;፧", End.ASKED)
    | {"…": End.ELLIPSIS, "⋯": End.ELLIPSIS, ",": End.COMMA, "،": End.COMMA, "、": End.COMMA}
    | {"，": End.COMMA, ";": End.COMMA, ":": End.COLON, "：": End.COLON}
)


def look_at(text: str) -> Look:
    """What a text looks like, in a time that doesn't grow with its length."""
    head = text[:_HEAD]
    plain = head.isascii()
    wide = 0 if plain else sum(unicodedata.east_asian_width(c) in "WF" for c in head)
    return Look(
        len(text) + wide,
        head.count(" ") + 1,
        _find_end(text),
        _begins_lower(head),
        _judge_case(head, plain=plain),
        _count_stops(head, plain=plain),
    )


def look_like_prose(look: Look) -> Look:
    """The look of a text that other signs show to be prose, whatever its words look like."""
    return look._replace(end=End.STOP, case=Case.LOW, lower=False, stops=2)


def is_abbreviation(before: str) -> bool:
    """Whether the word that a full stop ends is written with one: `St.`, `U.S.`, `J.`."""
    word = before[-_LONGER:]
    # Most sentences end in a longer word than any abbreviation is.
    if len(word) == _LONGER and word.isalpha():
        return False
    return _ABBREVIATION.search(before[-12:]) is not None


def _find_end(text: str) -> End:
    shown = text[-_TAIL:]
    if shown[-1] in ")]" and shown.endswith(_CUT_OFF):
        return End.CUT_OFF
    last = shown[-1]
    if last == ")" and _SIGNED.search(shown):
        return End.STOP
    if last in _CLOSERS:
        shown = shown.rstrip(_CLOSERS)
        last = shown[-1:]
    end = _ENDS.get(last, End.OPEN)
    if end is End.STOP and last == ".":
        if shown.endswith(("...", ". . .")):
            return End.ELLIPSIS
        return End.ABBREVIATED if is_abbreviation(shown[:-1]) else End.STOP
    if end is End.OPEN and last.islower() and _DANGLING.search(shown[-9:]):
        return End.DANGLING
    return end


def _begins_lower(head: str) -> bool:
    first = head[:1]
    if first in _OPENERS:
        first = head.lstrip(_OPENERS)[:1]
    # Names such as iPhone begin no sentence, but no text goes on with them either.
    return first.islower() and head.split(maxsplit=1)[0].lstrip(_OPENERS).islower()


def _count_stops(head: str, *, plain: bool) -> int:
    stops = 0
    if plain and "." not in head:
        return 0
    for stop in (_ASCII_STOP if plain else _INNER_STOP).finditer(head):
        begins = stop.end()
        if not head[begins].islower() and not is_abbreviation(head[: stop.start()]):
            stops += 1
            if stops == 2:
                break
    return stops


def _judge_case(head: str, *, plain: bool) -> Case:
    if head.isupper():
        return Case.CAPITALS if len(_LETTER.findall(head)) > _FEW else Case.UNKNOWN
    words = (_ASCII_WORD if plain else _WORD).findall(head)
    count = len(words) - 1
    if count < _FEW:
        return Case.UNKNOWN
    capital = sum(map(str.isupper, map(_FIRST, words[1:])))
    if capital * 4 >= count * 3:
        return Case.HIGH
    if capital * 2 >= count:
        return Case.MIXED
    if capital * 3 <= count and any(word[0].islower() for word in words):
        return Case.LOW
    return Case.UNKNOWN
