"""Tells how far a text reads as a sentence rather than as a title, in points."""

from __future__ import annotations

import re
import unicodedata

# A longer text's points are settled; reading no further keeps long lines cheap.
_HEAD = 400
_TAIL = 60
_UNSEEN = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
_CLOSERS = "\"'”’»›)]}」』）" + _UNSEEN + "\u2066\u2067\u2068\u2069 \u00a0\u202f"
_CUT_OFF = ("[…]", "[...]", "(…)", "(...)", "[ … ]", "[. . .]")
_FULL_STOPS = tuple(".。．｡।॥۔።։܀᙮")
_ELLIPSES = ("…", "...", "⋯", "……")
_QUESTIONS = tuple("?!？！؟‽⸮՜՞;፧")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:(?:[A-Za-z]\.)*[A-Za-z]|Mr|Mrs|Ms|Dr|St|Jr|Sr|Inc|Ltd|Co|Corp|vs|Prof|Gen|Gov|Sen)$",
)
# A text that ends in a comma or in a word that ends no title was cut off.
_DANGLING = re.compile(
    r",$| (?:a|an|and|as|at|because|but|by|for|from|if|into|its|of|or|than|that|the|their|to|which"
    r"|while|who|with|y|e|et|de|del|des|der|die|das|den|dem|du|la|le|les|los|las|el|um|uma|und|mit)$",
)
_INNER_STOP = re.compile(
    r"[.।۔][\"'”’»)\]]*\s+[\"'“‘«(\[]*(?=[^\W_])|[。．！？](?=\w)",
)
_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}")

_LENGTHS = ((60, -2), (100, 0), (140, 2), (200, 4), (300, 8))
_LONGEST = 12


def sentence_points(text: str) -> int:
    """Above 0 it reads as a sentence; at 0 or below as a title. Time does not grow with length."""
    head = text[:_HEAD]
    return _judge_end(text) + _judge_length(text, head) + _judge_stops(head) + _judge_case(head)


def may_be_title(text: str) -> bool:
    """Whether nearly all its longer words begin with a capital and no full stop ends it."""
    return _judge_case(text[:_HEAD]) <= _CAPITALS and _judge_end(text) < _STOPPED


def ends_in_mark(text: str) -> bool:
    """Whether it ends as a sentence does: full stop, question or exclamation mark, or `[…]`."""
    return _judge_end(text) in {_STOPPED, _ASKED}


_STOPPED, _CUT, _ABBREVIATED, _TRAILING, _ASKED, _OPEN = 6, 4, 1, 1, 0, -4
_CAPITALS = -4


def _judge_end(text: str) -> int:
    shown = text[-_TAIL:].rstrip(_UNSEEN + " ")
    if shown.endswith(_CUT_OFF):
        return _STOPPED
    end = shown.rstrip(_CLOSERS)
    if end.endswith(_ELLIPSES):
        return _TRAILING
    if end.endswith(_FULL_STOPS):
        return _ABBREVIATED if _is_abbreviation(end[:-1]) else _STOPPED
    if end.endswith(_QUESTIONS):
        return _ASKED
    return _CUT if _DANGLING.search(shown) else _OPEN


def _judge_length(text: str, head: str) -> int:
    # A wide character says about as much as two narrow ones (UAX #11).
    wide = 0 if head.isascii() else sum(unicodedata.east_asian_width(c) in "WF" for c in head)
    length = len(text) + wide
    return next((points for limit, points in _LENGTHS if length <= limit), _LONGEST)


def _judge_stops(head: str) -> int:
    stops = 0
    for stop in _INNER_STOP.finditer(head):
        starts_anew = not head[stop.end()].islower()
        stops += starts_anew and not _is_abbreviation(head[: stop.start()])
    return 3 * min(stops, 2)


def _is_abbreviation(before: str) -> bool:
    """Whether the word that a full stop ends is written with one: `St.`, `U.S.`, `J.`."""
    return _ABBREVIATION.search(before[-12:]) is not None


def _judge_case(head: str) -> int:
    if head[:1].islower() and head.split(maxsplit=1)[0].islower():
        return 3
    words = _WORD.findall(head)[1:]
    if len(words) < 3:
        return 0
    capital = sum(word[0].isupper() for word in words)
    if capital * 4 >= len(words) * 3:
        return _CAPITALS
    if capital * 2 >= len(words):
        return -2
    cased = any(word[0].islower() for word in words)
    return 1 if cased and capital * 3 <= len(words) else 0
