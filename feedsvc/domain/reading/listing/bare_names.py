"""Decides which lines that are only a name are bylines."""

from __future__ import annotations

from collections.abc import Sequence

from feedsvc.domain.reading.listing.asides import Aside, Kind
from feedsvc.domain.reading.listing.roles import Gap, Likeness, Text

_OFTEN = 3


def settle_names(texts: list[Text], asides: Sequence[Aside]) -> None:
    """Count names as bylines if a time is next to them, or if the file has several."""
    timed = {
        (aside.block, aside.place)
        for aside in asides
        if aside.kind in {Kind.DATE, Kind.TIME, Kind.CREDIT, Kind.READING_TIME}
    }
    named = [place for place, text in enumerate(texts) if text.byline is not Likeness.NONE]
    often = sum(_is_below_longer(texts, place) for place in named) >= _OFTEN
    for place in named:
        text = texts[place]
        if (text.block, place + 1) in timed:
            likeness = Likeness.STRONG
        elif often and _is_below_longer(texts, place):
            likeness = Likeness.FAIR
        else:
            likeness = Likeness.NONE
        texts[place] = text._replace(byline=likeness)


def _is_below_longer(texts: Sequence[Text], place: int) -> bool:
    """Whether a name is below a line that is clearly longer, as a headline is."""
    length = texts[place].look.length
    return (
        place > 0
        and texts[place].gap is Gap.NEXT
        and texts[place - 1].look.length * 2 >= length * 3
    )
