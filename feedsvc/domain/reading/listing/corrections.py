"""Corrects the roles of lines where those around them show what they are meant as."""

from __future__ import annotations

from collections.abc import Sequence

from feedsvc.domain.reading.listing.asides import Aside, Kind
from feedsvc.domain.reading.listing.looks import Case, End
from feedsvc.domain.reading.listing.roles import Gap, Role, Text
from feedsvc.domain.reading.words.headings import SECTIONS

_OF_AUTHORS = frozenset({Kind.BYLINE, Kind.DATE, Kind.CREDIT, Kind.TIME, Kind.READING_TIME})
_BEGIN = frozenset({Role.HEADLINE, Role.CAPTION, Role.KICKER, Role.SECTION, Role.UNTITLED})
_PROSE = {
    Role.TEASER: Role.UNTITLED,
    Role.PARAGRAPH: Role.UNTITLED,
    Role.MORE_TEASER: Role.MORE_UNTITLED,
}
_FEWEST_BRIEFS = 2


def correct_roles(
    texts: Sequence[Text], roles: Sequence[Role], asides: Sequence[Aside]
) -> tuple[Role, ...]:
    """The roles of texts, with standfirsts and the headings above briefs put right."""
    corrected = list(roles)
    _correct_standfirsts(texts, corrected, asides)
    _correct_briefs(texts, corrected)
    return tuple(corrected)


def _correct_standfirsts(texts: Sequence[Text], roles: list[Role], asides: Sequence[Aside]) -> None:
    """Between a headline and a byline or date is a standfirst, which is no headline."""
    signed = {(aside.place, aside.block) for aside in asides if aside.kind in _OF_AUTHORS}
    dated = {place for place, _ in signed}
    # An article has all its bylines and dates at its top; its crossheads look like headlines.
    top = min(dated) if len(dated) == 1 and Role.HEADLINE not in roles[: min(dated) - 1] else 0
    for place, role in enumerate(roles[:-1]):
        if role is not Role.CAPTION or roles[place + 1] is not Role.HEADLINE:
            continue
        if place and texts[place].gap is Gap.NEXT:
            continue
        end = place + 2
        while end < len(roles) and roles[end] is Role.MORE_HEADLINE:
            end += 1
        named = end < len(roles) and roles[end] is Role.BYLINE and texts[end].gap is Gap.NEXT
        if (
            named
            or (end, texts[place].block) in signed
            or (end == top and end < len(roles) and roles[end] is Role.TEASER)
        ):
            _make_standfirst(roles, place)


def _make_standfirst(roles: list[Role], place: int) -> None:
    roles[place] = Role.HEADLINE
    roles[place + 1] = Role.TEASER
    below = place + 2
    while below < len(roles) and roles[below] not in _BEGIN:
        if roles[below] is Role.MORE_HEADLINE:
            roles[below] = Role.MORE_TEASER
        elif roles[below] is Role.TEASER:
            roles[below] = Role.PARAGRAPH
        elif roles[below] is Role.BYLINE:
            roles[below] = Role.SIGNATURE
        below += 1


def _correct_briefs(texts: Sequence[Text], roles: list[Role]) -> None:
    """`IN BRIEF` above sentences that are a paragraph each is the heading of a section."""
    for place, role in enumerate(roles):
        if role is not Role.HEADLINE or not _names_section(texts, place):
            continue
        end = place + 1
        while end < len(roles) and roles[end] in _PROSE:
            end += 1
        starts = [n for n in range(place + 1, end) if roles[n] is not Role.MORE_TEASER]
        lasts = [*(n - 1 for n in starts[1:]), end - 1]
        if len(starts) < _FEWEST_BRIEFS or not all(
            texts[n].look.end in {End.STOP, End.ASKED} for n in lasts
        ):
            continue
        roles[place] = Role.SECTION
        roles[place + 1 : end] = [_PROSE[one] for one in roles[place + 1 : end]]


def _names_section(texts: Sequence[Text], place: int) -> bool:
    """Whether a line alone in its block is a section's name in capitals."""
    text = texts[place]
    alone = (place == 0 or text.gap is not Gap.NEXT) and (
        place + 1 < len(texts) and texts[place + 1].gap is not Gap.NEXT
    )
    name = text.text.rstrip(":").casefold()
    return alone and text.look.case is Case.CAPITALS and name in SECTIONS
