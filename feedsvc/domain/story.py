"""Decides whether two texts under one headline tell the same story."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher

from feedsvc.domain.identity import fold
from feedsvc.domain.reading.words.calendar import MONTHS, WEEKDAYS

SHARED_WORDS = 2 / 3
SHARED_CHARACTERS = 0.85
COMPARED_CHARACTERS = 600
# Shorter names (mar, so, sat) are ordinary words somewhere.
CALENDAR = frozenset(name for name in (*MONTHS, *WEEKDAYS) if len(name) > 3)  # noqa: PLR2004


def is_same_story(one: str, other: str) -> bool:
    """Whether two texts that begin alike tell one story: one is cut, or a few words differ.

    A different number, month or weekday means another issue of a recurring column.
    """
    shorter, longer = sorted((fold(one).split(), fold(other).split()), key=len)
    if is_cut_from(shorter, longer):
        return True
    if _figures(shorter) - _figures(longer):
        return False
    shared = (Counter(shorter) & Counter(longer)).total()
    return shared >= SHARED_WORDS * len(shorter)


def is_cut_from(shorter: list[str], longer: list[str]) -> bool:
    """Whether a text is the beginning of a longer one, perhaps cut within its last word."""
    if not shorter:
        return True
    last = len(shorter) - 1
    return shorter[:last] == longer[:last] and longer[last].startswith(shorter[last])


def is_respelled(one: str, other: str) -> bool:
    """Whether two texts differ only by what a spelling check changes."""
    folded, checked = (fold(text)[:COMPARED_CHARACTERS] for text in (one, other))
    if _figures(folded.split()) != _figures(checked.split()):
        return False
    matcher = SequenceMatcher(None, folded, checked, autojunk=False)
    return (
        matcher.real_quick_ratio() >= SHARED_CHARACTERS
        and matcher.quick_ratio() >= SHARED_CHARACTERS
        and matcher.ratio() >= SHARED_CHARACTERS
    )


def _figures(words: list[str]) -> Counter[str]:
    return Counter(word for word in words if word in CALENDAR or any(map(str.isdigit, word)))
