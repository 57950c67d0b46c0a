"""Puts texts together into stories, and says which story every line set aside belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from feedsvc.domain.reading.fields import FieldLine, UnknownField
from feedsvc.domain.reading.listing.asides import Aside, Kind
from feedsvc.domain.reading.listing.gather import FieldAt
from feedsvc.domain.reading.listing.paragraphs import join_lines
from feedsvc.domain.reading.listing.roles import Role, Text

_NOBODY = -1


@dataclass(slots=True)
class Story:
    """One entry's lines by what they are; `line` is where it starts.

    `day` is the date of the heading that it and its neighbours are under; None without one.
    """

    line: int
    day: datetime | None = None
    section: Text | None = None
    kickers: list[Text] = field(default_factory=list)
    captions: list[Text] = field(default_factory=list)
    headline: list[Text] = field(default_factory=list)
    paragraphs: list[list[Text]] = field(default_factory=list)
    bylines: list[Text] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    fields: list[FieldLine | UnknownField] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Its headline as one line."""
        return join_lines([text.text for text in self.headline])

    @property
    def caption(self) -> str:
        """Its captions as one line."""
        return join_lines([text.text for text in self.captions])

    @property
    def kicker(self) -> str:
        """Its kickers as one line."""
        return " · ".join(text.text for text in self.kickers)

    @property
    def texts(self) -> list[str]:
        """Its paragraphs, each as one line; the first is its teaser."""
        return [join_lines([text.text for text in lines]) for lines in self.paragraphs]


@dataclass(slots=True)
class StoryList:
    """The stories of a file in its order, the sections they are in, and who owns which text."""

    stories: list[Story] = field(default_factory=list)
    sections: list[Text] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)


def list_stories(texts: Sequence[Text], roles: Sequence[Role]) -> StoryList:
    """The stories of a file in its order."""
    listed = StoryList()
    section: Text | None = None
    opened = False  # whether what began the story still waits for its headline
    for text, role in zip(texts, roles, strict=True):
        if role is Role.SECTION:
            section = text
            listed.sections.append(text)
            listed.owners.append(_NOBODY)
            opened = False
            continue
        if _begins(role, opened=opened):
            listed.stories.append(Story(line=text.number, section=section))
        _add(listed.stories[-1], text, role)
        opened = role in {Role.CAPTION, Role.KICKER}
        listed.owners.append(len(listed.stories) - 1)
    return listed


def _begins(role: Role, *, opened: bool) -> bool:
    if role is Role.UNTITLED:
        return True
    return role in {Role.HEADLINE, Role.CAPTION, Role.KICKER} and not opened


def _add(story: Story, text: Text, role: Role) -> None:
    match role:
        case Role.HEADLINE | Role.MORE_HEADLINE:
            story.headline.append(text)
        case Role.CAPTION:
            story.captions.append(text)
        case Role.KICKER:
            story.kickers.append(text)
        case Role.BYLINE | Role.SIGNATURE:
            story.bylines.append(text)
        case Role.MORE_TEASER | Role.MORE_UNTITLED:
            story.paragraphs[-1].append(text)
        case _:
            story.paragraphs.append([text])


def give_asides(listed: StoryList, texts: Sequence[Text], asides: Sequence[Aside]) -> list[Aside]:
    """Give every line set aside to its story; those that belong to none are returned."""
    leads = _find_leads(asides, texts, listed)
    loose = []
    for aside in asides:
        owner = _find_owner(listed, texts, aside, leads=aside.kind in leads)
        if owner == _NOBODY:
            loose.append(aside)
        else:
            listed.stories[owner].asides.append(aside)
    return _give_days(listed, texts, asides, loose)


def _give_days(
    listed: StoryList, texts: Sequence[Text], asides: Sequence[Aside], loose: list[Aside]
) -> list[Aside]:
    """Let a date that stands alone above several entries date them all; returns what is loose."""
    days = [
        (place, aside)
        for aside in asides
        if aside.kind is Kind.DATE and (place := _find_start(listed, texts, aside)) is not None
    ]
    # A date above each entry, or below the first one, is that entry's own.
    if not days or days[0][0] > 0 or len(days) >= len(listed.stories):
        return loose
    for (start, aside), end in zip(
        days, [*(place for place, _ in days[1:]), len(listed.stories)], strict=True
    ):
        for story in listed.stories[max(0, start - 1) : end]:
            story.asides = [one for one in story.asides if one is not aside]
        for story in listed.stories[start:end]:
            story.day = aside.said.date
        listed.stories[start].asides.append(aside)
    used = {id(aside) for _, aside in days}
    return [aside for aside in loose if id(aside) not in used]


def _find_start(listed: StoryList, texts: Sequence[Text], aside: Aside) -> int | None:
    """The entry that begins below a line alone in its block, perhaps under a section heading."""
    place = aside.place
    if place and texts[place - 1].block == aside.block:
        return None
    below = place
    while below < len(texts) and listed.owners[below] == _NOBODY:
        below += 1
    if below == len(texts) or texts[below].block == aside.block:
        return None
    above = next((owner for owner in reversed(listed.owners[:place]) if owner != _NOBODY), _NOBODY)
    return listed.owners[below] if listed.owners[below] != above else None


def _find_leads(asides: Sequence[Aside], texts: Sequence[Text], listed: StoryList) -> set[Kind]:
    """The kinds of line that are above their entries, as the first entry shows."""
    first = next(
        (place for place, owner in enumerate(listed.owners) if owner != _NOBODY), len(texts)
    )
    return {aside.kind for aside in asides if aside.place <= first}


def _find_owner(listed: StoryList, texts: Sequence[Text], aside: Aside, *, leads: bool) -> int:
    place = aside.place
    above = listed.owners[place - 1] if place else _NOBODY
    below = listed.owners[place] if place < len(texts) else _NOBODY
    if below in (above, _NOBODY):
        return above
    near_above = place > 0 and texts[place - 1].block == aside.block
    near_below = texts[place].block == aside.block
    if above == _NOBODY:
        return below if near_below or leads else _NOBODY
    if near_above is not near_below:
        return above if near_above else below
    return below if leads and not aside.kind.ends else above


def give_fields(
    listed: StoryList, texts: Sequence[Text], fields: Sequence[FieldAt]
) -> list[FieldAt]:
    """Give every field line to its story; those above all stories are returned."""
    loose = []
    for one in fields:
        place = one.place
        below = listed.owners[place] if place < len(texts) else _NOBODY
        above = next(
            (
                owner
                for owner in reversed(listed.owners[max(0, place - 2) : place])
                if owner != _NOBODY
            ),
            _NOBODY,
        )
        if one.leads and below != _NOBODY and texts[place].block == one.block:
            owner = below
        else:
            owner = above
        if owner == _NOBODY:
            loose.append(one)
        else:
            listed.stories[owner].fields.append(one.field)
            story = listed.stories[owner]
            if owner == below and one.leads:
                story.line = min(story.line, one.field.number)
    return loose
