"""Finds what the texts of a file have in common: its habits of writing and wrapping."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from feedsvc.domain.reading.listing.looks import Case, End
from feedsvc.domain.reading.listing.roles import Gap, Habits, Likeness, Text

_LONG, _TITLE_LENGTH = 90, 110
_FEWEST = 3
_INDENT = 2
_NARROWEST, _WIDEST = 30, 110
_OPEN = frozenset({End.OPEN, End.ASKED, End.ELLIPSIS, End.ABBREVIATED})


def find_habits(texts: Sequence[Text]) -> Habits:
    """The habits of a file, from its first texts."""
    marks = {text.underlined for text in texts if text.underlined}
    return Habits(
        stopless=_is_stopless(texts),
        capitalised=_is_capitalised(texts),
        levels=len(marks) > 1,
        width=_find_width(texts),
        indents=_has_indents(texts),
        sections=any(text.section >= Likeness.FAIR for text in texts),
    )


def _is_stopless(texts: Sequence[Text]) -> bool:
    """Whether most long texts end in no mark at all."""
    lasts = [
        above
        for above, below in pairwise([*texts, None])
        if above is not None and (below is None or below.gap is not Gap.NEXT)
    ]
    long = [text.look for text in lasts if text.look.length >= _LONG]
    opened = sum(look.end is End.OPEN for look in long)
    return len(long) >= _FEWEST and opened * 4 >= len(long) * 3


def _is_capitalised(texts: Sequence[Text]) -> bool:
    """Whether headlines are Written Like This."""
    cases = [
        text.look.case
        for text in texts
        if text.look.length <= _TITLE_LENGTH and text.look.end in _OPEN
    ]
    known = [case for case in cases if case is not Case.UNKNOWN]
    high = sum(case is Case.HIGH for case in known)
    return high >= _FEWEST and high * 3 >= len(known)


def _find_width(texts: Sequence[Text]) -> int:
    """Where lines are wrapped, by the lines that surely go on in the next one; 0 if nowhere."""
    pairs = [
        (
            above.indent + above.look.length,
            above.indent + above.look.length + 1 + len(below.text[:80].split(" ", 1)[0]),
        )
        for above, below in pairwise(texts)
        if below.gap is Gap.NEXT and below.look.lower and not below.broken
    ]
    lengths = sorted(length for length, _ in pairs if length <= _WIDEST)
    if len(lengths) < _FEWEST:
        return 0
    # One line too long must not spoil the width.
    width = lengths[-1 - len(lengths) // 20]
    full = sum(needed > width for _, needed in pairs)
    return width if width >= _NARROWEST and full * 5 >= len(pairs) * 4 else 0


def _has_indents(texts: Sequence[Text]) -> bool:
    """Whether some lines are indented and others are not."""
    indented = sum(text.indent >= _INDENT for text in texts)
    return 0 < indented < len(texts)
