"""Decides what each block of a file is, by the best reading of the whole file.

A chain of roles is worth the points of its blocks and of how they follow one another. The best one
is found in one pass (Viterbi), so an odd block costs its own points and shifts nothing below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feedsvc.domain.reading.listing.looks import Look
from feedsvc.domain.reading.listing.roles import TOGETHER, Option, Role, is_compact, list_options

# Either alone is possible, but needs a reason.
_UNTITLED, _NO_TEASER = -1, -5
# A teaser is longer than its title.
_SHORTER = -2


@dataclass(frozen=True, slots=True)
class _Step:
    """The best chain that ends in a role: its worth and the place of the step before."""

    role: Role
    worth: int
    before: int


def decide_roles(looks: Sequence[Look]) -> tuple[Role, ...]:
    """The role of each block, in linear time; the same file always gives the same roles."""
    compact = is_compact(looks)
    trellis: list[list[_Step]] = []
    for place, look in enumerate(looks):
        follower = looks[place + 1] if place + 1 < len(looks) else None
        options = list_options(look, follower, compact=compact)
        above = (looks[place - 1], trellis[-1]) if trellis else None
        trellis.append([_best_step(option, look, above) for option in options])
    return _walk_back(trellis)


def _best_step(option: Option, look: Look, above: tuple[Look, list[_Step]] | None) -> _Step:
    if above is None:
        return _Step(option.role, option.points + _alone(option.role), -1)
    title, steps = above
    worths = [
        step.worth + option.points + _follow(step.role, option.role, title=title, teaser=look)
        for step in steps
    ]
    best = max(worths)
    return _Step(option.role, best, worths.index(best))


def _follow(above: Role, below: Role, *, title: Look, teaser: Look) -> int:
    if not above.awaits_teaser:
        return _alone(below)
    if below is not Role.TEASER:
        return _NO_TEASER
    shorter = sum(map(len, teaser.texts)) < len(title.texts[-1])
    return TOGETHER + (_SHORTER if shorter else 0)


def _alone(role: Role) -> int:
    return _UNTITLED if role is Role.TEASER else 0


def _walk_back(trellis: Sequence[Sequence[_Step]]) -> tuple[Role, ...]:
    if not trellis:
        return ()
    last = trellis[-1]
    worths = [step.worth + (_NO_TEASER if step.role.awaits_teaser else 0) for step in last]
    place = worths.index(max(worths))
    roles: list[Role] = []
    for steps in reversed(trellis):
        roles.append(steps[place].role)
        place = steps[place].before
    return tuple(reversed(roles))
