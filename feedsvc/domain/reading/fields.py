"""Field lines: what an editor states about one entry below its title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from feedsvc.domain.near_names import is_typo
from feedsvc.domain.reading.lines import Line


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


# What other programs call these fields, and people by habit.
_MEANT = {
    "byline": FieldName.AUTHOR,
    "category": FieldName.TOPICS,
    "categories": FieldName.TOPICS,
    "creator": FieldName.AUTHOR,
    "day": FieldName.DATE,
    "href": FieldName.LINK,
    "img": FieldName.IMAGE,
    "keyword": FieldName.TOPICS,
    "keywords": FieldName.TOPICS,
    "labels": FieldName.TOPICS,
    "lang": FieldName.LANGUAGE,
    "photo": FieldName.IMAGE,
    "picture": FieldName.IMAGE,
    "published": FieldName.DATE,
    "publisher": FieldName.SOURCE,
    "section": FieldName.TOPICS,
    "subject": FieldName.TOPICS,
    "subjects": FieldName.TOPICS,
    "tag": FieldName.TOPICS,
    "tags": FieldName.TOPICS,
    "time": FieldName.DATE,
    "uri": FieldName.LINK,
    "url": FieldName.LINK,
    "writer": FieldName.AUTHOR,
}


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One stated field; `value` is as written, trimmed."""

    number: int
    name: FieldName
    value: str


@dataclass(frozen=True, slots=True)
class UnknownField:
    """A line among field lines whose name is no field's: it states nothing."""

    number: int
    name: str

    @property
    def complaint(self) -> str:
        """What is wrong with it."""
        return f"{tell_unknown(self.name)}; left out"


def tell_unknown(name: str) -> str:
    """That a name is no field's, which there are, and which was likely meant."""
    *first, last = FieldName
    meant = _nearest(name)
    hint = f"did you mean `{meant}`? " if meant else ""
    return f"`{name}` is no field: {hint}expected {', '.join(first)} or {last}"


def _nearest(word: str) -> FieldName | None:
    names = {name.value: name for name in FieldName} | _SINGULAR
    slips = (meant for name, meant in names.items() if is_typo(word, name))
    return _MEANT.get(word) or next(slips, None)


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
