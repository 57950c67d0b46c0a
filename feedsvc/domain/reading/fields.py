"""Field lines: what an editor states about one entry below its title, or about a whole file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum

from feedsvc.domain.near_names import is_typo
from feedsvc.domain.reading.lines import Line
from feedsvc.domain.reading.moments import read_moment
from feedsvc.domain.reading.outcome import Problem
from feedsvc.domain.reading.values import read_language, spell_address
from feedsvc.domain.reading.words.fields import SYNONYMS, TAG_WORDS


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
_NAMED = re.compile(r"([^\W\d_]{3,14}) ?: ?(?=\S)")
_LONGEST_TAGS, _MOST_WORDS = 200, 8


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One stated field; `value` is as written, trimmed. `tags` names labels of any kind."""

    number: int
    name: FieldName
    value: str
    tags: bool = False


@dataclass(frozen=True, slots=True)
class UnknownField:
    """A line among field lines whose name is not a field's: it states nothing."""

    number: int
    name: str

    @property
    def problem(self) -> Problem:
        """What is wrong with it."""
        return unknown_field(self.number, self.name, happened="ignored")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What applies to all entries of a file, as written."""

    fields: tuple[FieldLine, ...] = ()
    rolling: bool | None = None
    verbatim: bool | None = None
    problems: tuple[Problem, ...] = ()


def unknown_field(line: int, name: str, *, happened: str) -> Problem:
    """That a name is not that of a field, which ones there are, and which was probably meant."""
    *first, last = FieldName
    meant = _nearest(name)
    advice = f"Did you mean `{meant}`?" if meant else f"Use {', '.join(first)} or {last}."
    return Problem(line, f"unknown field `{name}`, {happened}", advice)


def _nearest(word: str) -> FieldName | None:
    names = {name.value: name for name in FieldName} | _SINGULAR
    slips = (meant for name, meant in names.items() if is_typo(word, name))
    synonym = SYNONYMS.get(word)
    return FieldName(synonym) if synonym else next(slips, None)


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
    if not match:
        return _read_synonym(line, leads=leads)
    if leads and not match[1].islower():
        return None
    name = named_field(match[1])
    return FieldLine(line.number, name, line.text[match.end() :].strip()) if name else None


def _read_synonym(line: Line, *, leads: bool) -> FieldLine | None:
    """A field by another name that people use, if its value shows that it is meant."""
    match = _NAMED.match(line.text)
    if not match:
        return None
    word, value = match[1].casefold(), line.text[match.end() :].strip()
    if word in TAG_WORDS:
        named = bool(value) and len(value) <= _LONGEST_TAGS and value[-1] not in ".?!…"
        return FieldLine(line.number, FieldName.TOPICS, value, tags=True) if named else None
    if word not in SYNONYMS:
        return None
    name = FieldName(SYNONYMS[word])
    match name:
        case FieldName.LINK | FieldName.IMAGE:
            meant = spell_address(value) is not None
        case FieldName.DATE:
            meant = read_moment(value, zone=UTC, day_first=True) is not None
        case FieldName.LANGUAGE:
            meant = read_language(value) is not None
        case _:
            meant = not leads and 0 < len(value.split()) <= _MOST_WORDS and value[-1] not in ".?!…"
    return FieldLine(line.number, name, value) if meant else None
