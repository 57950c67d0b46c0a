"""Tells whether a line goes on with the text of the line above it: hard-wrapped text."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from feedsvc.domain.reading.listing.looks import End
from feedsvc.domain.reading.listing.roles import Gap, Habits, Text

# Without a width that the file shows, nobody wraps narrower than this.
_WRAP_WIDTH = 45


class Tie(Enum):
    """How two lines below one another are tied together."""

    GOES_ON = auto()
    FULL = auto()
    SENTENCES = auto()
    NONE = auto()


def find_tie(texts: Sequence[Text], place: int, habits: Habits) -> Tie:
    """How a text is tied to the one above it."""
    above, here = texts[place - 1], texts[place]
    if here.look.lower or above.look.end is End.COMMA:
        return Tie.GOES_ON
    if _is_full(texts, place, habits):
        return Tie.FULL
    if above.look.end is End.STOP and here.look.end is not End.OPEN:
        return Tie.SENTENCES
    return Tie.NONE


def _is_full(texts: Sequence[Text], place: int, habits: Habits) -> bool:
    """Whether the first word of a line would not have fitted on the line above it."""
    above = texts[place - 1].indent + texts[place - 1].look.length
    needed = above + 1 + len(texts[place].text[:80].split(" ", 1)[0])
    if habits.width:
        return above <= habits.width + 4 and needed > habits.width
    return above >= _WRAP_WIDTH and needed > _block_width(texts, place)


def _block_width(texts: Sequence[Text], place: int) -> int:
    """The longest line of the block around a place; no further than a few lines."""
    start = place
    while start > 0 and place - start < 20 and texts[start].gap is Gap.NEXT:
        start -= 1
    width = texts[start].indent + texts[start].look.length
    for text in texts[start + 1 : place + 20]:
        if text.gap is not Gap.NEXT:
            break
        width = max(width, text.indent + text.look.length)
    return width
