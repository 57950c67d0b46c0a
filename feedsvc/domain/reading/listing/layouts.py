"""The layouts that listings have: which role follows which, and what each step costs.

A step that belongs to a layout is cheap in it. So a file in which one layout repeats is cheapest
in that layout, and a line that breaks it costs its own step and shifts nothing below.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from feedsvc.domain.reading.listing.roles import NEVER, Gap, Role

Costs = dict[tuple[str, str], tuple[float, float, float]]

_N = NEVER
# What follows what costs, on the next line, after a blank line, after a rule.
_STEPS: Costs = {
    ("headline", "teaser"): (1.0, 0.0, 3.0),
    ("headline", "headline"): (7.0, 5.0, 5.0),
    ("headline", "caption"): (9.0, 6.5, 6.5),
    ("headline", "kicker"): (7.5, 5.5, 5.5),
    ("headline", "section"): (8.0, 5.5, 5.5),
    ("headline", "untitled"): (_N, 9.0, 6.0),
    ("headline", "byline"): (0.2, 0.5, 4.0),
    ("teaser", "paragraph"): (_N, 3.0, 7.0),
    ("teaser", "headline"): (4.0, 0.0, 0.0),
    ("teaser", "caption"): (6.0, 1.5, 1.5),
    ("teaser", "kicker"): (4.0, 0.5, 0.5),
    ("teaser", "section"): (4.5, 0.5, 0.5),
    ("teaser", "untitled"): (_N, 6.0, 2.5),
    ("teaser", "signature"): (1.0, 2.0, 6.0),
    ("untitled", "untitled"): (_N, 2.0, 1.5),
    ("untitled", "headline"): (5.0, 1.0, 1.0),
    ("untitled", "caption"): (7.0, 2.5, 2.5),
    ("untitled", "kicker"): (6.0, 1.5, 1.5),
    ("untitled", "section"): (6.0, 1.0, 1.0),
    ("caption", "headline"): (0.0, _N, _N),
    ("caption", "caption"): (3.0, _N, _N),
    ("caption", "kicker"): (1.0, _N, _N),
    ("kicker", "headline"): (0.0, 0.5, 3.0),
    ("kicker", "kicker"): (0.5, 1.0, 3.0),
    ("kicker", "caption"): (1.0, 2.0, 4.0),
    ("section", "headline"): (2.5, 0.0, 0.0),
    ("section", "caption"): (4.0, 1.0, 1.0),
    ("section", "kicker"): (3.0, 0.5, 0.5),
    ("section", "untitled"): (4.0, 2.0, 2.0),
    ("section", "section"): (2.0, 1.0, 1.0),
    ("start", "headline"): (0.0, 0.0, 0.0),
    ("start", "untitled"): (2.0, 2.0, 2.0),
    ("start", "caption"): (1.5, 1.5, 1.5),
    ("start", "kicker"): (0.5, 0.5, 0.5),
    ("start", "section"): (0.5, 0.5, 0.5),
    ("headline", "end"): (5.0, 5.0, 5.0),
    ("teaser", "end"): (0.0, 0.0, 0.0),
    ("untitled", "end"): (0.0, 0.0, 0.0),
    ("section", "end"): (6.0, 6.0, 6.0),
    ("kicker", "end"): (_N, _N, _N),
    ("caption", "end"): (_N, _N, _N),
}


# What can follow is the same for all roles of a group.
GROUPS = {
    "headline": (Role.HEADLINE, Role.MORE_HEADLINE, Role.BYLINE),
    "teaser": (Role.TEASER, Role.MORE_TEASER, Role.PARAGRAPH, Role.SIGNATURE),
    "untitled": (Role.UNTITLED, Role.MORE_UNTITLED),
    "caption": (Role.CAPTION,),
    "kicker": (Role.KICKER,),
    "section": (Role.SECTION,),
}
_TO = {
    "headline": Role.HEADLINE,
    "teaser": Role.TEASER,
    "paragraph": Role.PARAGRAPH,
    "untitled": Role.UNTITLED,
    "caption": Role.CAPTION,
    "kicker": Role.KICKER,
    "section": Role.SECTION,
    "byline": Role.BYLINE,
    "signature": Role.SIGNATURE,
}


_PLAIN: Costs = {}


# For each role that can come next: what it costs after which of the groups.
Steps = tuple[tuple[Role, tuple[tuple[int, float], ...]], ...]


class Tables(NamedTuple):
    """What the steps of a layout cost, ready to be looked up.

    `steps` is by gap. What can follow a role depends on its group alone; groups are numbered.
    """

    starts: tuple[tuple[Role, float], ...]
    steps: tuple[Steps, ...]
    ends: tuple[float, ...]


def _tabulate(costs: Costs) -> Tables:
    steps = tuple(
        tuple(
            (role, befores) for name, role in _TO.items() if (befores := _befores(costs, name, gap))
        )
        for gap in Gap
    )
    return Tables(
        starts=tuple(
            (role, costs["start", name][0])
            for name, role in _TO.items()
            if ("start", name) in costs
        ),
        steps=steps,
        ends=tuple(costs[_group(role), "end"][0] for role in Role),
    )


def _group(role: Role) -> str:
    return next(name for name, roles in GROUPS.items() if role in roles)


def _befores(costs: Costs, name: str, gap: Gap) -> tuple[tuple[int, float], ...]:
    return tuple(
        (place, cost)
        for place, group in enumerate(GROUPS)
        if (group, name) in costs and (cost := costs[group, name][gap]) < NEVER
    )


class Layout(Enum):
    """A layout: its name, what choosing it costs, and the steps that cost something else in it."""

    APART = ("apart", 0.0, _PLAIN)
    COMPACT = (
        "compact",
        2.0,
        {
            ("headline", "teaser"): (0.0, 2.5, 4.0),
            ("teaser", "caption"): (7.0, 5.0, 5.0),
            ("start", "caption"): (5.0, 5.0, 5.0),
        },
    )
    TIGHT = (
        "tight",
        5.0,
        {
            ("headline", "teaser"): (0.0, 3.0, 4.0),
            ("teaser", "headline"): (0.0, 0.0, 0.0),
            ("teaser", "section"): (1.0, 0.5, 0.5),
            ("teaser", "kicker"): (0.5, 0.5, 0.5),
            ("section", "headline"): (0.5, 0.0, 0.0),
        },
    )
    TITLES = (
        "titles",
        4.0,
        {
            ("headline", "headline"): (7.0, 0.0, 0.0),
            ("headline", "end"): (0.0, 0.0, 0.0),
            ("headline", "teaser"): (3.0, 3.0, 5.0),
            ("headline", "kicker"): (3.0, 0.5, 0.5),
            ("headline", "section"): (4.0, 0.3, 0.3),
            ("headline", "caption"): (4.0, 2.0, 2.0),
        },
    )
    ROWS = (
        "rows",
        6.5,
        {
            ("headline", "headline"): (0.0, 0.5, 0.5),
            ("headline", "end"): (0.0, 0.0, 0.0),
            ("headline", "teaser"): (5.0, 5.0, 6.0),
            ("headline", "kicker"): (1.0, 0.5, 0.5),
            ("headline", "section"): (1.0, 0.3, 0.3),
            ("section", "headline"): (0.0, 0.0, 0.0),
            ("headline", "caption"): (9.0, 4.0, 4.0),
        },
    )
    PARAGRAPHS = ("paragraphs", 2.5, {("teaser", "paragraph"): (_N, 0.0, 4.0)})
    UNTITLED = (
        "untitled",
        2.0,
        {
            ("untitled", "untitled"): (_N, 0.0, 0.0),
            ("start", "untitled"): (0.0, 0.0, 0.0),
            ("teaser", "untitled"): (_N, 3.0, 1.0),
        },
    )

    def __init__(self, label: str, cost: float, changes: Costs) -> None:
        self.label = label
        self.cost = cost
        self.tables = _tabulate(_STEPS | changes)
