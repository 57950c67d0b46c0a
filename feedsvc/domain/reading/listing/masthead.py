"""Recognises the name of the publication above its news: `Parish Bulletin No. 48`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedsvc.domain.reading.lines import Line
from feedsvc.domain.reading.listing.asides import Kind, Said
from feedsvc.domain.reading.listing.looks import Case, End, look_at
from feedsvc.domain.reading.listing.recognise import Recogniser
from feedsvc.domain.reading.words.page import ISSUES, MASTHEADS

_WORDS_MOST, _FIRST_WORDS_MOST = 6, 3
_SHORT_LINE = 60
_NAMES = "|".join(map(re.escape, ISSUES))
_ISSUE = re.compile(
    rf"[\s,:|–—(-]*(?:{_NAMES})\.?\s*\d{{1,5}}(?:\s*/\s*\d{{2,4}})?\)?$", re.IGNORECASE
)
_ISSUE_LINE = re.compile(rf"(?:{_NAMES})\.?\s*\d{{1,5}}(?:\W.{{0,40}})?", re.IGNORECASE)
_DAY = re.compile(
    r"[,:|–—-]?\s+(?:(?:vom|from|of|du|del|de|di|van|for|le|am)\s+)?(?=\S{1,12}[ .,/-])"
)


def read_masthead(lines: Sequence[Line], recogniser: Recogniser) -> list[tuple[int, Said]]:
    """The places of the lines at the top that name the publication and its issue, if any do.

    They do if there is a date or the number of an issue, on the same line or right below.
    """
    place = next((place for place, line in enumerate(lines) if line.text), None)
    if place is None or len(lines[place].text) > 2 * _SHORT_LINE:
        return []
    text = lines[place].text
    if (issue := _ISSUE.search(text)) and _is_name(text[: issue.start()]):
        return [(place, Said())]
    if date := _find_date(text, recogniser):
        return [(place, date)]
    below = lines[place + 1].text if place + 1 < len(lines) else ""
    if not below or not _is_name(text):
        return []
    if _ISSUE_LINE.fullmatch(below):
        return [(place, Said()), (place + 1, Said())]
    found = recogniser.recognise(below)
    if found and found[0] in {Kind.DATE, Kind.TIME} and not _has_teaser(lines, place + 2):
        return [(place, Said())]
    return []


def _is_name(text: str) -> bool:
    """Whether words end in one such as `bulletin`, or are few and begin with one."""
    words = [word.strip("()[],.:*_–—-").casefold() for word in text.split()]
    if not 0 < len(words) <= _WORDS_MOST or look_at(text).case in {Case.LOW, Case.MIXED}:
        return False
    first = len(words) <= _FIRST_WORDS_MOST and words[0] in MASTHEADS
    return first or words[-1] in MASTHEADS


def _find_date(text: str, recogniser: Recogniser) -> Said | None:
    """The date that ends a line, if a name is before it."""
    for match in _DAY.finditer(text):
        if _is_name(text[: match.start()]):
            found = recogniser.recognise(text[match.end() :])
            if found and found[0] is Kind.DATE:
                return found[1]
    return None


def _has_teaser(lines: Sequence[Line], start: int) -> bool:
    """Whether the next text is prose, so that a headline with its date is above it."""
    text = next((line.text for line in lines[start : start + 4] if line.text), "")
    return not text or look_at(text).end is End.STOP or len(text) > _SHORT_LINE
