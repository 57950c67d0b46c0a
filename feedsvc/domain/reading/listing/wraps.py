"""Tells whether a line goes on with the text of the line above it: hard-wrapped text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from itertools import pairwise

from feedsvc.domain.reading.listing.looks import End
from feedsvc.domain.reading.listing.roles import Gap, Habits, Text

# Without a width that the file shows, nobody wraps narrower than this.
_WRAP_WIDTH = 45
_LONGEST_WORD = 80


class Tie(Enum):
    """How a line is tied to the one above it in its block.

    `FULL`: its first word would not have fitted there. `LOOSE`: that is so, but the block shows
    no wrapping. `SENTENCES`: both are sentences.
    """

    APART = auto()
    GOES_ON = auto()
    FULL = auto()
    LOOSE = auto()
    SENTENCES = auto()
    NONE = auto()


def find_ties(texts: Sequence[Text], habits: Habits) -> list[Tie]:
    """How each text is tied to the one above it; takes linear time."""
    ties = [Tie.APART] * len(texts)
    for start, end in _blocks(texts):
        if end - start > 1:
            ties[start:end] = _tie_block(texts[start:end], habits)
    return ties


def _blocks(texts: Sequence[Text]) -> Iterator[tuple[int, int]]:
    start = 0
    for place in range(1, len(texts) + 1):
        if place == len(texts) or texts[place].gap is not Gap.NEXT:
            yield start, place
            start = place


def _tie_block(block: Sequence[Text], habits: Habits) -> list[Tie]:
    width = habits.width or max(text.indent + text.look.length for text in block)
    most = width + 4 if habits.width else width
    least = 0 if habits.width else _WRAP_WIDTH
    ties = [Tie.APART]
    for above, here in pairwise(block):
        length = above.indent + above.look.length
        if here.look.lower or above.look.end is End.COMMA:
            ties.append(Tie.GOES_ON)
        elif least <= length <= most and length + 1 + _first_word(here.text) > width:
            ties.append(Tie.FULL)
        elif above.look.end is End.STOP and here.look.end is not End.OPEN:
            ties.append(Tie.SENTENCES)
        else:
            ties.append(Tie.NONE)
    if habits.width or _is_wrapped(ties):
        return ties
    return [Tie.LOOSE if tie is Tie.FULL else tie for tie in ties]


def _is_wrapped(ties: Sequence[Tie]) -> bool:
    """Whether all lines after the first, which may be a headline, end where they are full.

    Two lines alone show no width.
    """
    return len(ties) > 2 and all(tie in {Tie.GOES_ON, Tie.FULL} for tie in ties[2:])


def _first_word(text: str) -> int:
    return len(text[:_LONGEST_WORD].split(" ", 1)[0])
