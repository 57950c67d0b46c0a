"""Decides over a whole document what its headings are: its title, sections, headlines, subheads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise
from statistics import mean, median

from feedsvc.domain.reading.outline.section import Section

_SECTION_WORDS = 3
_SUBHEAD_WORDS = 4
_SUBHEAD_WORDS_SIGNED = 6
_ARTICLE_PARAGRAPHS = 3
_SUBHEAD_PARAGRAPHS = 1.5
_FEWEST = 2


class Role(Enum):
    """What a heading is."""

    TITLE = auto()  # of the whole file
    SECTION = auto()  # of the entries below it
    ENTRY = auto()  # a headline
    SUBHEAD = auto()  # within an article
    ARTICLE = auto()  # the headline of the one article that the file is


def decide_roles(sections: Sequence[Section], *, titled: bool) -> list[Role]:
    """The role of each section's heading; `titled` says that the file has a title besides."""
    if _is_article(sections, titled=titled):
        lead = next((n for n, one in enumerate(sections) if one.heading), 0)
        first = 0 if titled else lead
        return [Role.ARTICLE if n == first else Role.SUBHEAD for n in range(len(sections))]
    listed = _are_lists_of_entries(sections)
    parents = _find_parents(sections)
    roles = [
        _decide(sections, place, listed=listed, parents=parents) for place in range(len(sections))
    ]
    _name_title(sections, roles)
    return roles


def _is_article(sections: Sequence[Section], *, titled: bool) -> bool:
    """Whether a document is one article with subheads rather than many entries."""
    headed = [section for section in sections if section.heading]
    if any(_is_linked(section) for section in headed):
        return False
    title, others = _part_title(sections, titled=titled)
    if title is None or sum(section.points for section in sections) > max(_FEWEST, len(others)):
        return False
    if not others:
        return bool(title.prose) and not (titled and len(title.leads) >= _FEWEST)
    if not title.prose:
        return False
    words = median(len(section.title.split()) for section in others)
    paragraphs = mean(len(section.prose) for section in others)
    if paragraphs >= _ARTICLE_PARAGRAPHS:
        return True
    signed = titled or title.imprinted
    most = _SUBHEAD_WORDS_SIGNED if signed else _SUBHEAD_WORDS
    least = 1.0 if signed else _SUBHEAD_PARAGRAPHS
    return words <= most and paragraphs >= least and (signed or len(title.prose) >= _FEWEST)


def _part_title(
    sections: Sequence[Section],
    *,
    titled: bool,
) -> tuple[Section | None, list[Section]]:
    """The part under the title, and the headed parts below it."""
    if titled:
        first = sections[0] if sections else None
        if first and first.heading and first.level == 1 and not first.blocks and sections[1:]:
            return sections[1], list(sections[2:])
        return first, [section for section in sections if section.heading and section is not first]
    headed = [section for section in sections if section.heading]
    if not headed or (sections[0].heading is None and sections[0].prose):
        return None, []
    first = headed[0]
    if any(section.level <= first.level for section in headed[1:]):
        return None, []
    return first, headed[1:]


def _are_lists_of_entries(sections: Sequence[Section]) -> bool:
    """Whether plain lists are entries: their headings are as short as names of sections are."""
    over = [one for one in sections if one.plain and not one.prose and one.heading]
    alone = [one for one in sections if one.plain and not one.prose and not one.heading]
    if not over:
        return bool(alone)
    return median(len(section.title.split()) for section in over) <= _SECTION_WORDS


def _find_parents(sections: Sequence[Section]) -> frozenset[int]:
    """The levels on which most headings with prose have deeper headings below it."""
    votes: Counter[int] = Counter()
    for section, after in pairwise([*sections, None]):
        if section and section.heading and section.prose:
            votes[section.level] += 1 if after and after.level > section.level else -1
    return frozenset(level for level, vote in votes.items() if vote > 0)


def _decide(
    sections: Sequence[Section],
    place: int,
    *,
    listed: bool,
    parents: frozenset[int],
) -> Role:
    section = sections[place]
    if section.heading is None:
        return Role.SECTION
    if _is_linked(section):
        return Role.ENTRY
    deeper = place + 1 < len(sections) and sections[place + 1].level > section.level
    short = len(section.title.split()) <= _SECTION_WORDS
    if section.prose and len(section.prose) > len(section.leads):
        ends_open = section.prose[0].words.text.endswith(":")
        leads_on = section.points >= _FEWEST and (short or ends_open)
        opens = deeper and section.level in parents and _holds(sections, place)
        return Role.SECTION if leads_on or opens else Role.ENTRY
    if section.marked or section.leads or section.tables or (section.plain and listed):
        return Role.SECTION
    if section.blocks:
        return Role.SECTION if deeper and _holds(sections, place) else Role.ENTRY
    return Role.SECTION if deeper else Role.ENTRY


def _holds(sections: Sequence[Section], place: int) -> bool:
    """Whether what lies deeper are entries: as long a headline as any, or a link."""
    level = sections[place].level
    below: list[Section] = []
    for section in sections[place + 1 :]:
        if section.level <= level:
            break
        below.append(section)
        if len(below) > 50:  # noqa: PLR2004 - enough to see what they are
            break
    words = median(len(section.title.split()) for section in below)
    linked = any(_is_linked(section) or section.points for section in below)
    return linked or words > _SUBHEAD_WORDS or len(below) > _SUBHEAD_WORDS or level == 1


def _name_title(sections: Sequence[Section], roles: list[Role]) -> None:
    """The first heading is the file's title if it is the only one of its level and no entry."""
    places = [place for place, section in enumerate(sections) if section.heading]
    if not places:
        return
    first = sections[places[0]]
    alone = all(sections[place].level > first.level for place in places[1:])
    if roles[places[0]] is Role.SECTION and alone and (first.level == 1 or places[1:]):
        roles[places[0]] = Role.TITLE


def _is_linked(section: Section) -> bool:
    """Whether most of a heading is a link."""
    if section.heading is None:
        return False
    linked = sum(len(run.text) for run in section.heading.words.links)
    return linked * 2 > len(section.title)
