"""Field lines: what an editor states about one entry below its title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from feedsvc.domain.listing.lines import Line


class FieldName(StrEnum):
    """What a field line can state."""

    LINK = "link"
    DATE = "date"
    REGIONS = "regions"
    COUNTRIES = "countries"
    TOPICS = "topics"
    AUTHOR = "author"
    IMAGE = "image"
    LANGUAGE = "language"
    SOURCE = "source"


_SINGULAR = {
    "region": FieldName.REGIONS,
    "country": FieldName.COUNTRIES,
    "topic": FieldName.TOPICS,
}
_FIELD = re.compile(
    r"(link|date|regions?|countries|country|topics?|author|image|language|source) ?:(?: |$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One stated field; `value` is as written, trimmed."""

    number: int
    name: FieldName
    value: str


def named_field(word: str) -> FieldName | None:
    """The field that a name in any case means, in the singular too."""
    name = word.casefold()
    return _SINGULAR.get(name) or (FieldName(name) if name in set(FieldName) else None)


def read_field(line: Line, *, leads: bool) -> FieldLine | None:
    """The field that a line states, if it does.

    A line that leads its block may be a title such as `Source: …`, so there only a name in small
    letters makes a field.
    """
    match = _FIELD.match(line.text)
    if not match or (leads and not match[1].islower()):
        return None
    name = named_field(match[1])
    return FieldLine(line.number, name, line.text[match.end() :].strip()) if name else None
