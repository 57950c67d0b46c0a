"""What a line of text can be in a listing, and what each possibility costs by its look."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from feedsvc.domain.reading.listing.looks import Case, End, Look


class Role(IntEnum):
    """What a line of text is; MORE_… go on with the text of the line above."""

    HEADLINE = 0
    MORE_HEADLINE = 1
    TEASER = 2
    MORE_TEASER = 3
    PARAGRAPH = 4
    UNTITLED = 5
    MORE_UNTITLED = 6
    CAPTION = 7
    KICKER = 8
    SECTION = 9
    BYLINE = 10
    SIGNATURE = 11


class Gap(IntEnum):
    """What is between a line and the one above it."""

    NEXT = 0
    BLANK = 1
    RULE = 2


class Likeness(IntEnum):
    """How much a line is like a section heading, a kicker or a name, by its words and marks."""

    NONE = 0
    SLIGHT = 1
    FAIR = 2
    STRONG = 3


class Text(NamedTuple):
    """A line that may be read: its words and everything that speaks for one role or another.

    `block` numbers what is between blank lines. `begins` says that a list marker or a line set
    aside shows an entry to begin here; `ended` that one shows the entry above to have ended;
    `broken` that a line set aside is right above it; `underlined` is the mark of the rule below it.
    """

    number: int
    text: str
    look: Look
    block: int
    gap: Gap
    indent: int = 0
    begins: bool = False
    ended: bool = False
    broken: bool = False
    is_split: bool = False
    underlined: str = ""
    section: Likeness = Likeness.NONE
    kicker: Likeness = Likeness.NONE
    byline: Likeness = Likeness.NONE


class Habits(NamedTuple):
    """What the texts of a file have in common.

    `stopless`: long texts end without a full stop. `capitalised`: Headlines Are Written Like This.
    `levels`: headings are underlined in two ways. `width` is where lines are wrapped, 0 if nowhere.
    `indents`: some lines are indented. `sections`: some lines are plainly headings of sections.
    """

    stopless: bool
    capitalised: bool
    levels: bool
    width: int
    indents: bool = False
    sections: bool = False


# A role that a line cannot have.
NEVER = float("inf")

_HEADLINE_LENGTHS = ((60, 0.0), (85, 0.4), (110, 1.0), (135, 3.0), (170, 6.0), (230, 9.0))
_PROSE_LENGTHS = ((16, 4.0), (28, 3.0), (45, 2.0), (70, 0.7))
_CAPTION_LENGTHS = ((50, 0.0), (70, 1.0), (100, 3.0))
_LONGEST_HEADLINE, _LONGEST_CAPTION = 14.0, 8.0

_HEADLINE_ENDS = {
    End.OPEN: 0.0, End.STOP: 8.0, End.CUT_OFF: 10.0, End.ELLIPSIS: 1.0, End.ASKED: 0.5,
    End.ABBREVIATED: 0.5, End.DANGLING: 4.0, End.COMMA: 5.0, End.COLON: 3.0,
}  # fmt: skip
_PROSE_ENDS = {
    End.OPEN: 4.0, End.STOP: 0.0, End.CUT_OFF: -1.0, End.ELLIPSIS: 1.0, End.ASKED: 1.5,
    End.ABBREVIATED: 1.0, End.DANGLING: 0.5, End.COMMA: 1.5, End.COLON: 2.5,
}  # fmt: skip
_CAPTION_ENDS = {
    End.OPEN: 0.0, End.STOP: 4.0, End.CUT_OFF: 9.0, End.ELLIPSIS: 2.0, End.ASKED: 2.0,
    End.ABBREVIATED: 0.5, End.DANGLING: 3.0, End.COMMA: 3.0, End.COLON: 1.5,
}  # fmt: skip
_ENDED = frozenset({End.STOP, End.CUT_OFF, End.ASKED})
_STOPLESS_END, _CAPITALISED_STOP = 0.8, 3.5


def _by_length(length: int, steps: tuple[tuple[int, float], ...], longest: float) -> float:
    for limit, cost in steps:
        if length <= limit:
            return cost
    return longest


def headline_cost(text: Text, habits: Habits) -> float:
    """What it costs to read the line as the beginning of a headline; its end is apart."""
    look = text.look
    cost = _by_length(look.length, _HEADLINE_LENGTHS, _LONGEST_HEADLINE) + 3.0 * look.stops
    if look.lower:
        cost += 3.0
    if look.case is Case.LOW:
        cost += 3.0 if habits.capitalised else 0.3
    if look.words == 1 and look.length <= 20:
        cost += 3.0
    if text.section is Likeness.STRONG or text.kicker is Likeness.STRONG:
        cost += 2.5
    if text.byline is not Likeness.NONE:
        cost += 2.0
    if habits.indents and text.indent > 1 and not text.begins:
        cost += 1.5
    return cost


def prose_cost(text: Text, habits: Habits) -> float:
    """What it costs to read the line as the beginning of a teaser; its end is apart."""
    look = text.look
    cost = _by_length(look.length, _PROSE_LENGTHS, 0.0)
    if look.end in _ENDED:
        cost /= 2
    if look.lower:
        cost += 1.5
    if look.case is Case.HIGH:
        cost += 4.0 if habits.capitalised else 3.0
    elif look.case is Case.MIXED:
        cost += 1.0
    elif look.case is Case.CAPITALS:
        cost += 6.0
    if text.begins:
        cost += 3.0
    if text.underlined:
        cost += 8.0
    if text.section is Likeness.STRONG or text.kicker is Likeness.STRONG:
        cost += 4.0
    if text.is_split and look.stops == 0 and look.end is not End.STOP:
        cost += 0.5
    return cost


def caption_cost(text: Text) -> float:
    """What it costs to read the line as a caption."""
    look = text.look
    cost = _by_length(look.length, _CAPTION_LENGTHS, _LONGEST_CAPTION) + 3.0 * look.stops
    cost += _CAPTION_ENDS[look.end]
    if look.case is Case.CAPITALS:
        cost += 1.0
    if text.underlined:
        cost += 8.0
    if text.section is Likeness.STRONG or text.kicker is Likeness.STRONG:
        cost += 2.5
    return cost


def kicker_cost(text: Text) -> float:
    """What it costs to read the line as a kicker."""
    match text.kicker:
        case Likeness.STRONG:
            return 0.0
        case Likeness.FAIR:
            return 1.5
        case _:
            return NEVER


def section_cost(text: Text, habits: Habits) -> float:
    """What it costs to read the line as the heading of a section."""
    if text.underlined and habits.levels:
        return 0.0 if text.underlined == "=" else 4.0
    match text.section:
        case Likeness.STRONG:
            return 0.2
        case Likeness.FAIR:
            return 1.0
        case Likeness.SLIGHT:
            return 3.5 if habits.sections else 6.0
        case _:
            return 2.0 if text.underlined and text.look.end is not End.STOP else NEVER


def byline_cost(text: Text) -> float:
    """What it costs to read the line as a name."""
    match text.byline:
        case Likeness.STRONG:
            return 0.0
        case Likeness.FAIR:
            return 2.0
        case _:
            return NEVER


def headline_end(look: Look) -> float:
    """What it costs that a headline ends as this line does."""
    if look.end is End.STOP and look.case is Case.HIGH:
        return _CAPITALISED_STOP
    return _HEADLINE_ENDS[look.end]


def prose_end(look: Look, habits: Habits) -> float:
    """What it costs that a teaser ends as this line does."""
    if habits.stopless and look.end is End.OPEN:
        return _STOPLESS_END
    return _PROSE_ENDS[look.end]
