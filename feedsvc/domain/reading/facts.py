"""Reads what an editor states into facts, and says what could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Any

from feedsvc.domain.model import Kind, Stated
from feedsvc.domain.reading.fields import FieldLine, FieldName, UnknownField
from feedsvc.domain.reading.moments import read_moment
from feedsvc.domain.reading.outcome import Problem
from feedsvc.domain.reading.values import read_address, read_language, spell_address
from feedsvc.domain.taxonomy import Taxonomy

MAX_NAMES = 32
_NAME_LENGTH = 100
_TEXT_LENGTH = 200
_SHOWN_LENGTH = 60
_NONE = "none"
_NAMES_SHOWN = 5
_MOST_HINTS = 200
_ADDRESS = "Write an address that starts with http:// or https://."
_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+(?=@)")
_STARTED_WELL = re.compile(r"https?://", re.IGNORECASE)
_WITHOUT_SPACES = "Write the address without spaces, or with %20 for each."
_WELL_FORMED = "Write http:// or https://, a host and a path, at most 2,000 characters."
_NOT_PUBLIC = "Write an address that everyone can open, without a user name or password."
_SHORT = f"Write at most {_TEXT_LENGTH} characters."
_ADVICE = {
    FieldName.LINK: _ADDRESS,
    FieldName.IMAGE: _ADDRESS,
    FieldName.DATE: "Write 2026-11-29 or 2026-11-29 08:30.",
    FieldName.LANGUAGE: "Write a language tag such as en or pt-BR.",
    FieldName.AUTHOR: _SHORT,
    FieldName.SOURCE: _SHORT,
}
_KINDS = {
    FieldName.REGIONS: Kind.REGION,
    FieldName.COUNTRIES: Kind.COUNTRY,
    FieldName.TOPICS: Kind.TOPIC,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What field lines state; the texts of `stated` come from the story."""

    date: datetime | None = None
    stated: Stated = field(default_factory=Stated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Facts, and the problems of the lines that gave none."""

    facts: Facts
    problems: tuple[Problem, ...]


@dataclass(slots=True, kw_only=True)
class FactReader:
    """Reads the field lines of one file; remembers the names that it has looked up."""

    taxonomy: Taxonomy
    zone: tzinfo
    day_first: bool = True
    _known: dict[tuple[Kind, str], str | None] = field(default_factory=dict)
    _hints: dict[tuple[Kind, str], str | None] = field(default_factory=dict)

    def read(self, lines: Iterable[FieldLine | UnknownField], *, defaults: Facts) -> Reading:
        """The facts of an entry over those of its file; a field stated twice counts once."""
        facts = defaults
        problems: list[Problem] = []
        seen: set[FieldName] = set()
        for line in lines:
            if isinstance(line, UnknownField):
                problems.append(line.problem)
                continue
            if not line.value:
                continue
            if line.name in seen:
                problems.append(
                    Problem(line.number, f"`{line.name}` appears twice; the first one was used")
                )
                continue
            step = self._read_line(line, facts)
            if step.facts is not facts:
                seen.add(line.name)
            facts = step.facts
            problems.extend(step.problems)
        return Reading(facts=facts, problems=tuple(problems))

    def _read_line(self, line: FieldLine, facts: Facts) -> Reading:
        if line.tags:
            return self._read_tags(line, facts)
        if line.name in _KINDS:
            return self._read_names(line, facts)
        value = self._read_value(line)
        if value is None:
            wrong = "is not a public address" if _is_address(line) else "not understood"
            reason = f"{line.name} {_show(line.value)} {wrong}, ignored"
            return Reading(facts=facts, problems=(Problem(line.number, reason, _advise(line)),))
        if isinstance(value, datetime):
            return Reading(facts=replace(facts, date=value), problems=())
        return Reading(facts=_state(facts, line.name, value), problems=())

    def _read_value(self, line: FieldLine) -> str | datetime | None:
        match line.name:
            case FieldName.LINK | FieldName.IMAGE:
                return read_address(line.value)
            case FieldName.DATE:
                moment = read_moment(line.value, zone=self.zone, day_first=self.day_first)
                return moment.when if moment else None
            case FieldName.LANGUAGE:
                return read_language(line.value)
            case _:
                return line.value if len(line.value) <= _TEXT_LENGTH else None

    def _read_names(self, line: FieldLine, facts: Facts) -> Reading:
        kind = _KINDS[line.name]
        if line.value.casefold() == _NONE:
            return Reading(facts=_state(facts, line.name, ()), problems=())
        names = self._part_names(kind, line.value)
        slugs = [self._resolve(kind, name) for name in names[:MAX_NAMES]]
        unknown = [name for name, slug in zip(names, slugs, strict=False) if not slug]
        found = tuple(dict.fromkeys(slug for slug in slugs if slug))
        complaints = []
        if unknown:
            shown = ", ".join(map(_show, unknown[:_NAMES_SHOWN]))
            hint = self._hint(kind, unknown[:_NAMES_SHOWN])
            reason = f"{shown} in `{line.name}` is not the name of a {kind}, ignored"
            complaints.append(Problem(line.number, reason, hint))
        if len(names) > MAX_NAMES:
            reason = f"too many names in `{line.name}`; the first {MAX_NAMES} were used"
            complaints.append(Problem(line.number, reason))
        return Reading(
            facts=_state(facts, line.name, found) if found else facts,
            problems=tuple(complaints),
        )

    def _read_tags(self, line: FieldLine, facts: Facts) -> Reading:
        """Tags name labels of any kind; those that name none are left aside."""
        found: dict[FieldName, list[str]] = {}
        names = re.split(r"\s*[,;|/]\s*|\s+(?=#)", line.value, maxsplit=MAX_NAMES)[:MAX_NAMES]
        for name in names:
            for field_name, kind in _KINDS.items():
                if slug := self._resolve(kind, name.strip(" #")):
                    found.setdefault(field_name, []).append(slug)
                    break
        if not found:
            reason = f"none of {_show(line.value)} is a topic, country or region, ignored"
            return Reading(facts=facts, problems=(Problem(line.number, reason),))
        for field_name, slugs in found.items():
            facts = _state(facts, field_name, tuple(dict.fromkeys(slugs)))
        return Reading(facts=facts, problems=())

    def _part_names(self, kind: Kind, value: str) -> list[str]:
        """The names in a value: all of it, else what semicolons part, else what commas part."""
        if self._resolve(kind, value):
            return [value]
        parts = value.split(";", MAX_NAMES) if ";" in value else value.split(",", MAX_NAMES)
        return [name for part in parts if (name := part.strip())]

    def _resolve(self, kind: Kind, name: str) -> str | None:
        if len(name) > _NAME_LENGTH:
            return None
        asked = (kind, name.casefold())
        if asked not in self._known:
            self._known[asked] = self.taxonomy.resolve(kind, name)
        return self._known[asked]

    def _hint(self, kind: Kind, unknown: list[str]) -> str:
        """What may have been meant by names, if a known one is similar."""
        meant = [(name, slug) for name in unknown if (slug := self._nearest(kind, name))]
        hints = [
            _describe_slug(self.taxonomy, kind, slug)
            + (f" for {_show(name)}" if len(unknown) > 1 else "")
            for name, slug in meant
        ]
        if hints:
            return f"Did you mean {', '.join(hints)}?"
        return f"Use the slug, code or English name of a {kind}."

    def _nearest(self, kind: Kind, name: str) -> str | None:
        asked = (kind, name.casefold())
        # A file of nothing but unknown names must not take long to be read.
        if asked not in self._hints and len(self._hints) < _MOST_HINTS:
            self._hints[asked] = self.taxonomy.nearest(kind, name[:_NAME_LENGTH])
        return self._hints.get(asked)


def refuse_address(number: int, words: str) -> Problem:
    """The problem of a line that is an address which not everyone can open."""
    return Problem(number, f"{_show(words)} is not a public address, ignored", _NOT_PUBLIC)


def _is_address(line: FieldLine) -> bool:
    return line.name in {FieldName.LINK, FieldName.IMAGE} and spell_address(line.value) is not None


def _advise(line: FieldLine) -> str:
    advice = _NOT_PUBLIC if _is_address(line) else _ADVICE[line.name]
    if advice is _ADDRESS and _STARTED_WELL.match(line.value):
        return _WITHOUT_SPACES if re.search(r"\s", line.value) else _WELL_FORMED
    return advice


def _describe_slug(taxonomy: Taxonomy, kind: Kind, slug: str) -> str:
    """The slug, with the name if it is only a code."""
    name = f" ({taxonomy.name(kind, slug)})" if kind is Kind.COUNTRY else ""
    return f"`{slug}`{name}"


def _state(facts: Facts, name: FieldName, value: str | tuple[str, ...]) -> Facts:
    changed: dict[str, Any] = {name.value: value}
    return replace(facts, stated=replace(facts.stated, **changed))


def _show(value: str) -> str:
    value = _CREDENTIALS.sub("***", value)
    shown = value if len(value) <= _SHOWN_LENGTH else value[:_SHOWN_LENGTH] + "…"
    return f"`{shown}`"
