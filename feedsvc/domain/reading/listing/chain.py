"""Decides what every line of a file is: the cheapest reading of the whole file.

A reading costs what its layout costs, what each line costs in its role, and what each step from a
line to the next costs in that layout. The cheapest one is found in one pass a layout (Viterbi).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from feedsvc.domain.reading.listing.habits import find_habits
from feedsvc.domain.reading.listing.layouts import Layout, Steps
from feedsvc.domain.reading.listing.roles import (
    NEVER,
    Gap,
    Habits,
    Likeness,
    Role,
    Text,
    byline_cost,
    caption_cost,
    headline_cost,
    headline_end,
    kicker_cost,
    prose_cost,
    prose_end,
    section_cost,
)
from feedsvc.domain.reading.listing.wraps import Tie, find_ties

# The layout is found by what a file begins with.
SAMPLE_TEXTS = 240
# A teaser is longer than its headline, often much longer.
_SHORTER, _MUCH_LONGER = 1.5, -1.5
_ENDED, _ENDED_TIGHT = 5.0, -3.0
_ROLES = tuple(Role)
# Another reading counts as a doubt only if it costs hardly more than the cheapest.
CLOSE = 1.0
_FAR = 2 * CLOSE


class Read(NamedTuple):
    """The cheapest reading of a file.

    `cost` is that of a line; `margin` is how much more another reading costs. `wrapped`: lines are
    hard-wrapped.
    """

    roles: tuple[Role, ...]
    layout: Layout
    cost: float
    margin: float
    wrapped: bool


class _Costs(NamedTuple):
    """What a line costs: in each role, as the end of a headline or of a teaser, and to go on."""

    roles: tuple[float, ...]
    headline_end: float
    prose_end: float
    more_headline: float
    more_prose: float
    gap: Gap


def decide_roles(texts: Sequence[Text]) -> Read:
    """The role of each text, in linear time; the same texts always give the same roles."""
    habits = find_habits(texts[:SAMPLE_TEXTS])
    ties = find_ties(texts, habits)
    costs = [_weigh(texts, place, habits, ties[place]) for place in range(len(texts))]
    sample = costs[:SAMPLE_TEXTS]
    tried = _try_layouts(sample, _list_layouts(texts[:SAMPLE_TEXTS]))
    cost, roles, layout = tried[0]
    rival = next((one for one in tried[1:] if one[1] != roles), None)
    if len(costs) > SAMPLE_TEXTS:
        rest = _run(costs, layout, limit=NEVER, rests=[0.0] * len(costs))
        roles = rest[1] if rest else roles
    return Read(
        roles=roles,
        layout=layout,
        cost=cost / max(1, len(sample)),
        margin=(rival[0] - cost) if rival else NEVER,
        wrapped=habits.width > 0 or Tie.FULL in ties,
    )


def _try_layouts(
    costs: Sequence[_Costs], layouts: Sequence[Layout]
) -> list[tuple[float, tuple[Role, ...], Layout]]:
    """The readings that may be meant, the cheapest first; those far dearer are given up early."""
    rests = _find_least_rests(costs)
    tried = []
    limit = NEVER
    for layout in layouts:
        if found := _run(costs, layout, limit=limit, rests=rests):
            tried.append((*found, layout))
            limit = min(limit, found[0] + _FAR)
    return sorted(tried, key=lambda one: one[0])


def _find_least_rests(costs: Sequence[_Costs]) -> list[float]:
    """What it costs at least in any layout that each line ends and all further ones follow."""
    rests = []
    rest = 0.0
    for line in reversed(costs):
        rest += min(0.0, line.headline_end, line.prose_end)
        rests.append(rest)
        rest += min(*line.roles, line.more_headline, line.more_prose)
    rests.reverse()
    return rests


def _list_layouts(texts: Sequence[Text]) -> list[Layout]:
    """The layouts that are possible at all, given which gaps there are."""
    near = sum(text.gap is Gap.NEXT for text in texts[1:])
    apart = len(texts) - 1 - near
    layouts = [Layout.APART]
    if near:
        layouts += [Layout.COMPACT, Layout.TIGHT, Layout.ROWS]
    if apart or not near:
        layouts += [Layout.TITLES, Layout.PARAGRAPHS, Layout.UNTITLED]
    return layouts


def _weigh(texts: Sequence[Text], place: int, habits: Habits, tie: Tie) -> _Costs:
    text = texts[place]
    headline, prose = headline_cost(text, habits), prose_cost(text, habits)
    paragraph = prose
    untitled = prose
    if text.ended:
        paragraph += _ENDED
        if text.gap is Gap.NEXT:
            headline += _ENDED_TIGHT
    if text.begins:
        paragraph += 3.0
        if text.gap is Gap.NEXT:
            headline -= 2.0
    byline = byline_cost(text)
    if tie is Tie.FULL and habits.width:
        # The end of a wrapped headline may look like a name.
        text, byline = text._replace(byline=Likeness.NONE), NEVER
    more_headline, more_prose = _weigh_more(texts, place, text, tie)
    teaser = prose
    if place and text.gap is not Gap.NEXT:
        above = texts[place - 1].look.length
        teaser += _SHORTER if text.look.length < above else 0.0
        teaser += _MUCH_LONGER if text.look.length * 3 > above * 5 else 0.0
    caption = caption_cost(text)
    below = texts[place + 1] if place + 1 < len(texts) else None
    if text.begins and below and below.begins and below.gap is Gap.NEXT:
        # Items of one list, each a headline.
        caption += 6.0
    return _Costs(
        (
            headline,
            NEVER,
            teaser,
            NEVER,
            paragraph,
            untitled,
            NEVER,
            caption,
            kicker_cost(text),
            section_cost(text, habits),
            byline,
            byline,
        ),
        headline_end(text.look),
        prose_end(text.look, habits),
        more_headline,
        more_prose,
        text.gap,
    )


def _weigh_more(texts: Sequence[Text], place: int, text: Text, tie: Tie) -> tuple[float, float]:
    """What it costs that a line goes on with the headline or the prose above it."""
    if tie is Tie.APART or text.broken or text.is_split or texts[place - 1].underlined:
        return NEVER, NEVER
    headline, prose = _MORE[tie]
    if text.byline is not Likeness.NONE:
        headline += 4.0
    if text.begins:
        return headline + 6.0, prose + 6.0
    return headline, prose + (8.0 if text.underlined else 0.0)


_MORE = {
    Tie.GOES_ON: (1.0, 0.0),
    # What fills its line may still begin a text of its own.
    Tie.FULL: (2.0, 1.5),
    Tie.LOOSE: (4.0, 2.5),
    Tie.SENTENCES: (9.0, 2.5),
    Tie.NONE: (9.0, 7.0),
}


def _run(
    costs: Sequence[_Costs], layout: Layout, *, limit: float, rests: Sequence[float]
) -> tuple[float, tuple[Role, ...]] | None:
    """The cheapest reading in a layout; None as soon as it must cost more than the limit."""
    tables = layout.tables
    worth = [NEVER] * len(Role)
    for role, cost in tables.starts:
        worth[role] = cost + costs[0].roles[role]
    trail: list[list[int]] = []
    above = costs[0]
    for here, rest in zip(costs[1:], rests[1:], strict=True):
        worth, befores = _step(worth, above, here, tables.steps[here.gap])
        if min(worth) + rest + layout.cost > limit:
            return None
        trail.append(befores)
        above = here
    _close(worth, above)
    ends = [here + end for here, end in zip(worth, tables.ends, strict=True)]
    best = min(ends)
    place = ends.index(best)
    roles = [place]
    for befores in reversed(trail):
        place = befores[place]
        roles.append(place)
    return best + layout.cost, tuple(map(_ROLES.__getitem__, reversed(roles)))


def _step(
    worth: list[float], above: _Costs, here: _Costs, steps: Steps
) -> tuple[list[float], list[int]]:
    """What each role of a line costs at best, and the role before it in that case."""
    new = [NEVER] * len(worth)
    befores = [0] * len(worth)
    if here.more_prose < NEVER:
        _go_on(worth, here, new, befores)
    _close(worth, above)
    ends = _find_ends(worth)
    own = here.roles
    for role, costs in steps:
        cost = own[role]
        if cost == NEVER:
            continue
        best, before = NEVER, 0
        for group, step in costs:
            end, place = ends[group]
            end += step
            if end < best or (end == best and place < before):
                best, before = end, place
        new[role] = best + cost
        befores[role] = before
    return new, befores


def _find_ends(worth: list[float]) -> tuple[tuple[float, int], ...]:
    """What each group of roles costs at best, and in which role; in the order of `GROUPS`."""
    headline, more, teaser, more_teaser, paragraph, untitled, more_untitled = worth[:7]
    caption, kicker, section, byline, signature = worth[7:]
    title = 0
    if more < headline:
        headline, title = more, 1
    if byline < headline:
        headline, title = byline, 10
    prose = 2
    if more_teaser < teaser:
        teaser, prose = more_teaser, 3
    if paragraph < teaser:
        teaser, prose = paragraph, 4
    if signature < teaser:
        teaser, prose = signature, 11
    alone = 5
    if more_untitled < untitled:
        untitled, alone = more_untitled, 6
    return (
        (headline, title),
        (teaser, prose),
        (untitled, alone),
        (caption, 7),
        (kicker, 8),
        (section, 9),
    )


def _go_on(worth: list[float], here: _Costs, new: list[float], befores: list[int]) -> None:
    """The ways on which the line goes on with the text of the one above."""
    more = here.more_headline
    if worth[1] + 4.0 < worth[0]:
        new[1], befores[1] = worth[1] + 4.0 + more, 1
    else:
        new[1], befores[1] = worth[0] + more, 0
    more = here.more_prose
    before = min((2, 3, 4), key=worth.__getitem__)
    new[3], befores[3] = worth[before] + more, before
    before = min((5, 6), key=worth.__getitem__)
    new[6], befores[6] = worth[before] + more, before


def _close(worth: list[float], line: _Costs) -> None:
    """Add what it costs that a text ends with a line."""
    worth[0] += line.headline_end
    worth[1] += line.headline_end
    for role in (2, 3, 4, 5, 6):
        worth[role] += line.prose_end
