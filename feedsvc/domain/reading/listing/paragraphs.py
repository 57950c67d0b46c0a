"""Joins hard-wrapped lines: tells which lines of a block go on and which begin anew."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

# Nobody wraps narrower than this; shorter lines that had room for another word stand alone.
_WRAP_WIDTH = 45
# Two lines show no width.
_PAIR = 2
_OPENERS = "\"'“‘«‹(["
_FIRST_WORD = re.compile(r"\S{1,80}")


def join_lines(texts: Sequence[str]) -> str:
    """Lines as one text: by a space, except after a hyphen and between wide characters."""
    if len(texts) <= 1:
        return texts[0] if texts else ""
    parts = [texts[0]]
    for above, below in pairwise(texts):
        parts.append(below if _needs_no_space(above, below) else f" {below}")
    return "".join(parts)


def is_full(above: str, below: str, *, width: int) -> bool:
    """Whether a line breaks where the first word below would not have fitted within a width."""
    if len(above) < _WRAP_WIDTH:
        return False
    return len(above) + 1 + len(_first_word(below)) > width


def goes_on(above: str, below: str) -> bool:
    """Whether the marks of two lines say that the second goes on with the first."""
    word = _first_word(below).lstrip(_OPENERS)
    return above.endswith(",") or (word.islower() and word[:1].isalpha())


def _first_word(text: str) -> str:
    match = _FIRST_WORD.match(text)
    return match[0] if match else ""


def _needs_no_space(above: str, below: str) -> bool:
    if above.endswith("-"):
        return above[-2:-1].isalpha() and below[0].islower()
    return all(unicodedata.east_asian_width(c) in "WF" for c in (above[-1], below[0]))
