"""Reads the files about places, written by hand and generated, into one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from feedsvc.domain.classify.tokens import fold_accents, key_and_capitals
from feedsvc.domain.classify.vocabulary.file import (
    VocabularyError,
    VocabularyFile,
    check_fields,
    lines_of,
    text_of,
)
from feedsvc.domain.classify.vocabulary.generated import read_generated
from feedsvc.domain.classify.vocabulary.place_terms import (
    Grade,
    PlaceSense,
    PlaceTerm,
    more_lenient,
    read_term,
)
from feedsvc.domain.classify.vocabulary.taxonomy import REGIONS, known_country
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
_NOTHING = PlaceSense(Kind.COUNTRY, "", Grade.NOTHING)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Phrases with their senses, and what else shows whether a name is a place.

    After one of `given_names` a name is a surname, before one of `surnames` a given name; after
    `civic_before` and before `civic_after` it is a town. `exchanges` maps the code of a stock
    exchange to its country.
    """

    phrases: Mapping[str, tuple[PlaceSense, ...]]
    given_names: frozenset[str]
    surnames: frozenset[str]
    civic_before: frozenset[str]
    civic_after: frozenset[str]
    exchanges: Mapping[str, PlaceSense]


def read_gazetteer(files: Sequence[VocabularyFile], taxonomy: Taxonomy) -> Gazetteer:
    """The gazetteer of these files; terms written by hand replace generated ones.

    Raises:
        VocabularyError: An entry names an unknown place or section, or a line is not a term.
    """
    table: dict[str, tuple[PlaceSense, ...]] = {}
    context: dict[str, set[str]] = {entry: set() for entry in _CONTEXTS}
    for file in files:
        if file.folder == COUNTRIES:
            _add_all(table, _country_senses(file, taxonomy))
        elif file.name == REGIONS:
            _add_all(table, _region_senses(file))
        elif file.name == GROUPS:
            _add_groups(table, file, taxonomy)
        elif file.name == CONTEXT:
            _add_context(context, file)
    table = read_generated(files, taxonomy) | table
    for file in files:
        if file.name == BLOCKS:
            _add_blocks(table, file)
    return Gazetteer(
        phrases=table,
        given_names=frozenset(context["given-names"]),
        surnames=frozenset(context["surnames"]),
        civic_before=frozenset(context["civic-before"]),
        civic_after=frozenset(context["civic-after"]),
        exchanges={
            code: sense
            for file in files
            if file.name == EXCHANGES
            for code, sense in _exchanges(file, taxonomy)
        },
    )


def _exchanges(file: VocabularyFile, taxonomy: Taxonomy) -> Iterator[tuple[str, PlaceSense]]:
    for entry, fields in file.tables():
        check_fields(file, entry, fields, ("codes",), needed=("codes",))
        slug = known_country(file, entry, taxonomy)
        sense = PlaceSense(Kind.COUNTRY, slug, Grade.HINT, plain=True)
        for code in text_of(file, entry, fields, "codes").split():
            yield code.lower(), sense
        if slug == "us":
            yield NEW_YORK, sense


def _add_context(context: dict[str, set[str]], file: VocabularyFile) -> None:
    for entry, fields in file.tables():
        if entry not in context:
            expected = ", ".join(context)
            raise VocabularyError(file.name, entry, f"unknown table; use one of {expected}")
        check_fields(file, entry, fields, ("terms",), needed=("terms",))
        context[entry].update(fold_accents(text_of(file, entry, fields, "terms")).lower().split())


def _add_all(
    table: dict[str, tuple[PlaceSense, ...]], senses: Iterable[tuple[str, PlaceSense]]
) -> None:
    """Add the senses of one file; they replace those of earlier files for a phrase and a place."""
    mine: dict[str, tuple[PlaceSense, ...]] = {}
    for key, sense in senses:
        mine[key] = _merged(mine[key], sense) if key in mine else (sense,)
    for key, new in mine.items():
        if known := table.get(key, ()):
            places = {(sense.kind, sense.target) for sense in new}
            known = tuple(old for old in known if (old.kind, old.target) not in places)
        table[key] = known + new


def _merged(known: tuple[PlaceSense, ...], sense: PlaceSense) -> tuple[PlaceSense, ...]:
    """Join two spellings of a phrase with the same notes: `Washington State`, `state`."""
    if sense in known:
        return known
    for number, old in enumerate(known):
        alike = replace(old, capitals=sense.capitals, grade=sense.grade, wide=sense.wide)
        if alike == replace(sense, surname=old.surname):
            capitals = more_lenient(old.capitals, sense.capitals)
            return (*known[:number], replace(old, capitals=capitals), *known[number + 1 :])
    return (*known, sense)


def _country_senses(file: VocabularyFile, taxonomy: Taxonomy) -> Iterator[tuple[str, PlaceSense]]:
    for entry, fields in file.tables():
        slug = known_country(file, entry, taxonomy)
        for section in fields:
            grade = _SECTIONS.get(section)
            if grade is None:
                expected = ", ".join(_SECTIONS)
                raise VocabularyError(
                    file.name, entry, f"unknown section {section!r}; use one of {expected}"
                )
            # Terms without notes differ only in their words and capitals.
            alike: dict[str, PlaceSense] = {}
            for line in lines_of(text_of(file, entry, fields, section)):
                key, capitals = ("", "") if "|" in line else key_and_capitals(line)
                if not key:
                    term = _read(line, file, entry)
                    yield term.key, _sense(term, Kind.COUNTRY, slug, grade, section)
                    continue
                sense = alike.get(capitals)
                if sense is None:
                    sense = _sense(PlaceTerm(key, capitals), Kind.COUNTRY, slug, grade, section)
                    alike[capitals] = sense
                yield key, sense


def _region_senses(file: VocabularyFile) -> Iterator[tuple[str, PlaceSense]]:
    for entry, fields in file.tables():
        for line in lines_of(text_of(file, entry, fields, "terms")):
            term = _read(line, file, entry)
            yield term.key, _sense(term, Kind.REGION, entry, Grade.FIRM)


def _add_groups(
    table: dict[str, tuple[PlaceSense, ...]], file: VocabularyFile, taxonomy: Taxonomy
) -> None:
    for entry, fields in file.tables():
        check_fields(file, entry, fields, _GROUP_FIELDS, needed=_GROUP_FIELDS)
        slugs = [
            known_country(file, code, taxonomy)
            for code in text_of(file, entry, fields, "countries").split()
        ]
        for line in lines_of(text_of(file, entry, fields, "terms")):
            term = _read(line, file, entry)
            table[term.key] = tuple(
                _sense(term, Kind.COUNTRY, slug, Grade.FIRM, GROUPS) for slug in slugs
            )


def _add_blocks(table: dict[str, tuple[PlaceSense, ...]], file: VocabularyFile) -> None:
    for entry, fields in file.tables():
        check_fields(file, entry, fields, ("terms",), needed=("terms",))
        for line in lines_of(text_of(file, entry, fields, "terms")):
            table[_read(line, file, entry).key] = (_NOTHING,)


def _read(line: str, file: VocabularyFile, entry: str) -> PlaceTerm:
    return read_term(line, name=file.name, entry=entry)


def _sense(
    term: PlaceTerm,
    kind: Kind,
    target: str,
    grade: Grade,
    section: str = "",
) -> PlaceSense:
    noted = bool(term.flags or term.needs or term.excludes)
    # A known person's name counts after any given name; `Jordan` and `Paris` do not.
    surname = section in _MAYBE_SURNAMES and (noted or section != PEOPLE)
    return PlaceSense(
        kind,
        target,
        grade,
        term.capitals,
        term.needs,
        term.excludes,
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
