"""Recognises the name of the publication above its news: `Parish Bulletin No. 48`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedsvc.domain.reading.lines import Line
from feedsvc.domain.reading.listing.asides import Kind, Said
from feedsvc.domain.reading.listing.recognise import Recogniser
from feedsvc.domain.reading.words.page import ISSUES, MASTHEADS

_WORDS_MOST = 8
_NAMES = "|".join(map(re.escape, ISSUES))
_ISSUE = re.compile(
    rf"[,:|–—-]?\s*\(?(?:{_NAMES})\.?\s*\d{{1,5}}(?:\s*/\s*\d{{2,4}})?\)?$", re.IGNORECASE
)
_DAY = re.compile(
    r"[,:|–—-]?\s+(?:(?:vom|from|of|du|del|de|di|van|for|le|am)\s+)?(?=\S{1,12}[ .,/-])"
)


def read_masthead(lines: Sequence[Line], recogniser: Recogniser) -> tuple[int, Said] | None:
    """The place of a file's first line if it names the publication, and what it says.

    It does if it has a date or the number of an issue, on the same line or right below.
    """
    place = next((place for place, line in enumerate(lines) if line.text), None)
    if place is None:
        return None
    text = lines[place].text
    words = [word.strip("()[],.:*_–—-").casefold() for word in text.split()]
    if len(words) > _WORDS_MOST or not MASTHEADS.intersection(words):
        return None
    if _ISSUE.search(text):
        return place, Said()
    if date := _find_date(text, recogniser):
        return place, date
    below = lines[place + 1].text if place + 1 < len(lines) else ""
    found = recogniser.recognise(below) if below else None
    if found and found[0] in {Kind.DATE, Kind.TIME}:
        return place, Said()
    return None


def _find_date(text: str, recogniser: Recogniser) -> Said | None:
    """The date that ends a line, without the words before it."""
    for match in _DAY.finditer(text):
        found = recogniser.recognise(text[match.end() :])
        if found and found[0] is Kind.DATE:
            return found[1]
    return None
