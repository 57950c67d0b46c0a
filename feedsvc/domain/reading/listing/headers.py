"""Finds the header of a file: the lines that name the paper, its date, its number or page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from feedsvc.domain.reading.lines import Line
from feedsvc.domain.reading.listing.names import names_source
from feedsvc.domain.reading.moments import read_moment
from feedsvc.domain.reading.words.calendar import FILLERS, WEEKS
from feedsvc.domain.reading.words.headers import HEADER_WORDS, ISSUES, LAST_WORDS, PAGES
from feedsvc.domain.reading.words.people import SOURCE_WORDS

_MOST_LINES = 4
_LONGEST = 100
_MOST_WORDS, _NAME_WORDS, _SMALL_WORD = 12, 6, 3
_PAGE = re.compile(
    rf"(?:^|[\s|,·–—(-]+)(?:{PAGES}) ?1(?: ?(?:of|von|de|sur|di|van|av|af|z|/|из) ?\d{{1,3}})\)?$",
    re.IGNORECASE,
)
_ISSUE = re.compile(
    rf"(?:^|[\s|,·–—(-]+)(?:{ISSUES})\.? ?\d{{1,5}}(?:/\d{{2,4}})?\)?(?=$|[\s|,·–—-])",
    re.IGNORECASE,
)
_EDGES = " |,;:·•–—-()[]"
_WORD = re.compile(r"[^\W\d_]+")


class Header(NamedTuple):
    """How many of the first lines of a file are its header, and the date that they give."""

    lines: tuple[Line, ...]
    date: datetime | None


class _Parts(NamedTuple):
    """What a line of a masthead holds; `name` is the rest."""

    name: str
    date: datetime | None
    dated: bool
    paged: bool
    numbered: bool


def find_header(lines: Sequence[Line], *, zone: tzinfo, day_first: bool) -> Header | None:
    """The header of a file, if its first block is one and further blocks follow."""
    start = next((place for place, line in enumerate(lines) if line.text), len(lines))
    end = start
    while end < len(lines) and lines[end].text:
        end += 1
    block = lines[start:end]
    if not 1 <= len(block) <= _MOST_LINES or not any(line.text for line in lines[end:]):
        return None
    if any(len(line.text) > _LONGEST or line.text[-1] in ".?!…" for line in block):
        return None
    parts = [_read_parts(line.text, zone=zone, day_first=day_first) for line in block]
    date = next((part.date for part in parts if part.date), None)
    below = parts[1] if len(parts) > 1 else None
    if below and below.dated and not below.name and _ends_like_paper(parts[0].name):
        # `St Brannoc's Parish Bulletin` above a date.
        return Header(tuple(block), date)
    if not any(_is_sure(part, first=place == 0) for place, part in enumerate(parts)):
        return None
    if not all(not part.name or _names_paper(part.name) for part in parts):
        return None
    return Header(tuple(block), date)


def _read_parts(text: str, *, zone: tzinfo, day_first: bool) -> _Parts:
    """A line without its page, its number and its date."""
    rest = text
    paged, numbered = _PAGE.search(rest), None
    if paged:
        rest = f"{rest[: paged.start()]} {rest[paged.end() :]}".strip(_EDGES)
    if numbered := _ISSUE.search(rest):
        rest = f"{rest[: numbered.start()]} {rest[numbered.end() :]}".strip(_EDGES)
    words = rest.split()
    moment, day = None, ""
    for place in range(min(len(words), _MOST_WORDS)):
        day = " ".join(words[place:]).strip(_EDGES)
        if day and (moment := read_moment(day, zone=zone, day_first=day_first)):
            rest = " ".join(words[:place])
            break
    return _Parts(
        name=rest.strip(_EDGES),
        date=moment.when if moment and not WEEKS.intersection(day.casefold().split()) else None,
        dated=moment is not None,
        paged=paged is not None,
        numbered=numbered is not None,
    )


def _is_sure(part: _Parts, *, first: bool = False) -> bool:
    """Whether a line is surely part of a masthead: it has a page, or a name or number and a date.

    The name of a paper below another line says where the story above was published.
    """
    if part.paged or (part.numbered and part.dated and not part.name):
        return True
    words = [word.casefold() for word in _WORD.findall(part.name)]
    while words and words[-1] in FILLERS:
        words.pop()
    if not words or not (part.dated or part.numbered):
        return False
    if HEADER_WORDS.intersection(words):
        return True
    return first and _is_titled(part.name) and words[-1] in LAST_WORDS | SOURCE_WORDS


def _is_titled(name: str) -> bool:
    """Whether few words are written with capitals, as the name of a paper is."""
    words = name.split()
    few = len(words) <= _NAME_WORDS and "(" not in name
    return few and all(word[0].isupper() or len(word) <= _SMALL_WORD for word in words)


def _ends_like_paper(name: str) -> bool:
    words = _WORD.findall(name.casefold())
    return bool(words) and words[-1] in HEADER_WORDS


def _names_paper(name: str) -> bool:
    """Whether what is left of a line may be the name of a paper, a review or its edition."""
    words = _WORD.findall(name)
    return len(words) <= _MOST_WORDS and (
        name.isupper()
        or any(word.casefold() in HEADER_WORDS | LAST_WORDS for word in words)
        or names_source(name.split())
        or all(word[0].isupper() for word in words)
    )
