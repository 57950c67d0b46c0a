"""The ways in which a block can be read, and the points of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from feedsvc.domain.reading.listing.looks import Look


class Role(Enum):
    """What the texts of a block are."""

    TITLE = auto()
    CAPTION_TITLE = auto()
    TEASER = auto()
    TITLE_TEASER = auto()
    CAPTION_TITLE_TEASER = auto()

    @property
    def awaits_teaser(self) -> bool:
        """Whether the teaser, if there is one, is the next block."""
        return self in {Role.TITLE, Role.CAPTION_TITLE}


@dataclass(frozen=True, slots=True)
class Option:
    """A role that a block can have; more points make it likelier."""

    role: Role
    points: int


# A title and its teaser belong together.
TOGETHER = 4
# Field lines stand under a title, or lead a teaser whose title is above.
_FIELDS = 3
# What should go on but begins anew counts against its being one text, up to twice.
_BROKEN, _BREAKS_COUNTED = -5, 2
# A line that ends where the next word would not have fitted may go on below.
_FULL = 2
_TITLE_LIKE_CAPTION, _SENTENCE_CAPTION = 1, -2


def is_compact(looks: Sequence[Look]) -> bool:
    """Whether the file's pairs are title and teaser rather than caption and title.

    The clear ones vote: a sentence below with no teaser following, against a title with one.
    """
    votes = 0
    for look, follower in pairwise(looks):
        follows = follower.is_teaser
        if look.is_pair and look.ends_in_sentence is not follows:
            votes += -1 if follows else 1
    return votes + _closing_vote(looks) > 0


def list_options(look: Look, follower: Look | None, *, compact: bool) -> tuple[Option, ...]:
    """The ways to read a block; where two are worth the same, the earlier counts."""
    if look.complete:
        pair = len(look.texts) == 2  # noqa: PLR2004 - title and teaser
        return (Option(Role.TITLE_TEASER if pair else Role.CAPTION_TITLE_TEASER, TOGETHER),)
    if look.is_pair:
        follows = follower is not None and follower.is_teaser
        return _pair_options(look, follows=follows, compact=compact)
    return _single_options(look) if len(look.texts) == 1 else _many_options(look)


def _closing_vote(looks: Sequence[Look]) -> int:
    last = looks[-1:]
    return sum(look.is_pair and look.ends_in_sentence for look in last)


def _single_options(look: Look) -> tuple[Option, ...]:
    return (
        Option(Role.TITLE, -look.whole + _FIELDS * look.stated),
        Option(Role.TEASER, look.whole + _FIELDS * look.led),
    )


def _pair_options(look: Look, *, follows: bool, compact: bool) -> tuple[Option, ...]:
    first, second = look.points
    if _is_captioned(look, follows=follows, compact=compact):
        split = Option(Role.CAPTION_TITLE, _caption_points(first) - second)
    else:
        split = Option(Role.TITLE_TEASER, -first + second + TOGETHER)
    if not look.loose and first <= 0:
        return (split,)
    return (split, Option(Role.TEASER, look.whole + (_FULL if look.loose else _BROKEN)))


def _is_captioned(look: Look, *, follows: bool, compact: bool) -> bool:
    """Whether a pair is caption and title; what speaks for both or neither falls to the file's."""
    if look.ends_in_sentence is follows:
        return not compact
    return follows


def _many_options(look: Look) -> tuple[Option, ...]:
    """Three texts or more: what is left over of caption, title and teaser joins one of them."""
    first, second, *_, last = look.points
    rest = look.whole
    return (
        Option(
            Role.CAPTION_TITLE_TEASER,
            _caption_points(first) - second + last + TOGETHER + _breaks(look, 3),
        ),
        Option(Role.TITLE_TEASER, -first + rest + TOGETHER + _breaks(look, 2)),
        Option(Role.CAPTION_TITLE, _caption_points(first) - last + _breaks(look, 2)),
        Option(Role.TEASER, rest + _breaks(look, 1)),
    )


def _breaks(look: Look, texts: int) -> int:
    return _BROKEN * min(len(look.texts) - texts, _BREAKS_COUNTED)


def _caption_points(points: int) -> int:
    return _TITLE_LIKE_CAPTION if points <= 0 else _SENTENCE_CAPTION
