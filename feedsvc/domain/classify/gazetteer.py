"""Reads what is known of places, the curated and the generated files, into one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from feedsvc.domain.classify.catalogue import REGIONS, known_country
from feedsvc.domain.classify.generated import read_generated
from feedsvc.domain.classify.sense import (
    Grade,
    Sense,
    Term,
    more_lenient,
    read_term,
)
from feedsvc.domain.classify.source import Source, VocabularyError, check_fields, lines_of, text_of
from feedsvc.domain.classify.tokens import fold, spelt
from feedsvc.domain.model import Kind
from feedsvc.domain.taxonomy import Taxonomy

COUNTRIES = "countries"
GROUPS = "groups.toml"
BLOCKS = "blocks.toml"
CONTEXT = "context.toml"
EXCHANGES = "exchanges.toml"
NEW_YORK = ""

_CONTEXTS = ("given-names", "surnames", "civic-before", "civic-after")
_SECTIONS = {
    "names": Grade.FIRM,
    "demonyms": Grade.FIRM,
    "cities": Grade.FIRM,
    "places": Grade.FIRM,
    "bodies": Grade.FIRM,
    "people": Grade.FIRM,
    "towns": Grade.TOWN,
    "firms": Grade.HINT,
    "hints": Grade.HINT,
    "traces": Grade.TRACE,
}
PEOPLE = "people"
_MAYBE_SURNAMES = {"cities", "places", PEOPLE, "towns"}
_LOCAL = {"towns", "hints", "traces"}
_WIDE = {"names", "places"}
_GROUP_FIELDS = ("countries", "terms")
_NOTHING = Sense(Kind.COUNTRY, "", Grade.NOTHING)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Phrases with their senses, and what else tells whether a name is a place.

    After `given_names` a name is a surname, before `surnames` a given name; after `civic_before`
    and before `civic_after` it is a town's. `exchanges` tells the country of a stock exchange by
    its code.
    """

    phrases: Mapping[str, tuple[Sense, ...]]
    given_names: frozenset[str]
    surnames: frozenset[str]
    civic_before: frozenset[str]
    civic_after: frozenset[str]
    exchanges: Mapping[str, Sense]


def read_gazetteer(sources: Sequence[Source], taxonomy: Taxonomy) -> Gazetteer:
    """The gazetteer of the sources; curated terms go before generated ones of the same phrase.

    Raises:
        VocabularyError: An entry names an unknown place or section, or a line is not a term.
    """
    table: dict[str, tuple[Sense, ...]] = {}
    context: dict[str, set[str]] = {entry: set() for entry in _CONTEXTS}
    for source in sources:
        if source.folder == COUNTRIES:
            _add_all(table, _country_senses(source, taxonomy))
        elif source.name == REGIONS:
            _add_all(table, _region_senses(source))
        elif source.name == GROUPS:
            _add_groups(table, source, taxonomy)
        elif source.name == CONTEXT:
            _add_context(context, source)
    table = read_generated(sources, taxonomy) | table
    for source in sources:
        if source.name == BLOCKS:
            _add_blocks(table, source)
    return Gazetteer(
        phrases=table,
        given_names=frozenset(context["given-names"]),
        surnames=frozenset(context["surnames"]),
        civic_before=frozenset(context["civic-before"]),
        civic_after=frozenset(context["civic-after"]),
        exchanges={
            code: sense
            for source in sources
            if source.name == EXCHANGES
            for code, sense in _exchanges(source, taxonomy)
        },
    )


def _exchanges(source: Source, taxonomy: Taxonomy) -> Iterator[tuple[str, Sense]]:
    for entry, fields in source.tables():
        check_fields(source, entry, fields, ("codes",), needed=("codes",))
        slug = known_country(source, entry, taxonomy)
        sense = Sense(Kind.COUNTRY, slug, Grade.HINT, plain=True)
        for code in text_of(source, entry, fields, "codes").split():
            yield code.lower(), sense
        if slug == "us":
            yield NEW_YORK, sense


def _add_context(context: dict[str, set[str]], source: Source) -> None:
    for entry, fields in source.tables():
        if entry not in context:
            expected = ", ".join(context)
            raise VocabularyError(source.name, entry, f"unknown, expected one of {expected}")
        check_fields(source, entry, fields, ("terms",), needed=("terms",))
        context[entry].update(fold(text_of(source, entry, fields, "terms")).lower().split())


def _add_all(table: dict[str, tuple[Sense, ...]], senses: Iterable[tuple[str, Sense]]) -> None:
    """Add what one file says; it replaces what earlier files said of a phrase and a place."""
    mine: dict[str, tuple[Sense, ...]] = {}
    for key, sense in senses:
        mine[key] = _merged(mine[key], sense) if key in mine else (sense,)
    for key, new in mine.items():
        if known := table.get(key, ()):
            places = {(sense.kind, sense.target) for sense in new}
            known = tuple(old for old in known if (old.kind, old.target) not in places)
        table[key] = known + new


def _merged(known: tuple[Sense, ...], sense: Sense) -> tuple[Sense, ...]:
    """Two spellings of a phrase with the same notes are one: `Washington State`, `state`."""
    if sense in known:
        return known
    for number, old in enumerate(known):
        alike = replace(old, capitals=sense.capitals, grade=sense.grade, wide=sense.wide)
        if alike == replace(sense, surname=old.surname):
            capitals = more_lenient(old.capitals, sense.capitals)
            return (*known[:number], replace(old, capitals=capitals), *known[number + 1 :])
    return (*known, sense)


def _country_senses(source: Source, taxonomy: Taxonomy) -> Iterator[tuple[str, Sense]]:
    for entry, fields in source.tables():
        slug = known_country(source, entry, taxonomy)
        for section in fields:
            grade = _SECTIONS.get(section)
            if grade is None:
                expected = ", ".join(_SECTIONS)
                raise VocabularyError(
                    source.name, entry, f"unknown section {section!r}, expected one of {expected}"
                )
            # Terms without notes differ in nothing but their words and capitals.
            alike: dict[str, Sense] = {}
            for line in lines_of(text_of(source, entry, fields, section)):
                key, capitals = ("", "") if "|" in line else spelt(line)
                if not key:
                    term = _read(line, source, entry)
                    yield term.key, _sense(term, Kind.COUNTRY, slug, grade, section)
                    continue
                sense = alike.get(capitals)
                if sense is None:
                    sense = _sense(Term(key, capitals), Kind.COUNTRY, slug, grade, section)
                    alike[capitals] = sense
                yield key, sense


def _region_senses(source: Source) -> Iterator[tuple[str, Sense]]:
    for entry, fields in source.tables():
        for line in lines_of(text_of(source, entry, fields, "terms")):
            term = _read(line, source, entry)
            yield term.key, _sense(term, Kind.REGION, entry, Grade.FIRM)


def _add_groups(table: dict[str, tuple[Sense, ...]], source: Source, taxonomy: Taxonomy) -> None:
    for entry, fields in source.tables():
        check_fields(source, entry, fields, _GROUP_FIELDS, needed=_GROUP_FIELDS)
        slugs = [
            known_country(source, code, taxonomy)
            for code in text_of(source, entry, fields, "countries").split()
        ]
        for line in lines_of(text_of(source, entry, fields, "terms")):
            term = _read(line, source, entry)
            table[term.key] = tuple(
                _sense(term, Kind.COUNTRY, slug, Grade.FIRM, GROUPS) for slug in slugs
            )


def _add_blocks(table: dict[str, tuple[Sense, ...]], source: Source) -> None:
    for entry, fields in source.tables():
        check_fields(source, entry, fields, ("terms",), needed=("terms",))
        for line in lines_of(text_of(source, entry, fields, "terms")):
            table[_read(line, source, entry).key] = (_NOTHING,)


def _read(line: str, source: Source, entry: str) -> Term:
    return read_term(line, name=source.name, entry=entry)


def _sense(
    term: Term,
    kind: Kind,
    target: str,
    grade: Grade,
    section: str = "",
) -> Sense:
    noted = bool(term.flags or term.needs or term.shuns)
    # A known person keeps the name with any given name; `Jordan` and `Paris` do not.
    surname = section in _MAYBE_SURNAMES and (noted or section != PEOPLE)
    return Sense(
        kind,
        target,
        grade,
        term.capitals,
        term.needs,
        term.shuns,
        weak="weak" in term.flags,
        common="common" in term.flags,
        given="given" in term.flags,
        comma="comma" in term.flags,
        prefix="prefix" in term.flags,
        surname=surname or "given" in term.flags,
        together=section == GROUPS,
        local=section in _LOCAL,
        wide=section in _WIDE,
        plain=not (noted or grade is Grade.TOWN),
    )
