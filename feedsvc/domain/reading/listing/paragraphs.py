"""Joins hard-wrapped lines: tells which lines of a block go on and which begin anew."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from feedsvc.domain.reading.lines import Line
from feedsvc.domain.reading.listing.prose import may_be_title

# Nobody wraps narrower than this; shorter lines that could have held another word stand alone.
_WRAP_WIDTH = 45
# Two lines show no width.
_PAIR = 2
_OPENERS = "\"'“‘«‹(["
_FIRST_WORD = re.compile(r"\S{1,80}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The texts that a block's lines make; `loose` if the first may go on in the second."""

    texts: tuple[str, ...]
    loose: bool


def find_pieces(lines: Sequence[Line]) -> Pieces:
    """The texts of a block's lines, hard-wrapped ones joined."""
    texts = [line.text for line in lines]
    width = max(map(len, texts))
    wrapped = len(texts) > _PAIR and _is_wrapped(texts, width=width)
    apart = wrapped and may_be_title(texts[0])
    pieces: list[list[str]] = [[texts[0]]]
    for place, (above, below) in enumerate(pairwise(texts)):
        if goes_on(above, below) or (wrapped and not (apart and place == 0)):
            pieces[-1].append(below)
        else:
            pieces.append([below])
    settled = len(texts) > _PAIR and not apart
    loose = len(pieces) == _PAIR and not settled and is_full(*texts[:_PAIR], width=width)
    return Pieces(texts=tuple(map(join_lines, pieces)), loose=loose)


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


def _is_wrapped(texts: Sequence[str], *, width: int) -> bool:
    """Whether all lines break where the next word would not have fitted."""
    return all(
        goes_on(above, below) or is_full(above, below, width=width)
        for above, below in pairwise(texts)
    )


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
