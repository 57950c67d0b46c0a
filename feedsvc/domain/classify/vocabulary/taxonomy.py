"""Reads the regions, countries and topics themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from feedsvc.domain.classify.vocabulary.file import (
    VocabularyError,
    VocabularyFile,
    check_fields,
    lines_of,
    text_of,
)
from feedsvc.domain.classify.vocabulary.names import read_names
from feedsvc.domain.taxonomy import Country, Region, Taxonomy, Topic

REGIONS = "regions.toml"
TOPICS = "topics.toml"
_CODE_LENGTH = 2
_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_REGION_FIELDS = {"name", "code", "parents", "countries", "terms"}
_TOPIC_FIELDS = {"name", "code", "definition"}


def read_taxonomy(files: Sequence[VocabularyFile]) -> Taxonomy:
    """The taxonomy in `regions.toml`, `topics.toml` and `names.toml` among the files.

    A later file adds to or overrides an earlier one. A country is in every region that lists it and
    in all of their parents.

    Raises:
        VocabularyError: An entry's name is not a slug, a field is unknown or has a wrong value, or
            refers to something unknown.
    """
    regions: dict[str, Region] = {}
    names: dict[str, str] = {}
    homes: dict[str, list[str]] = {}
    topics: dict[str, Topic] = {}
    for file in files:
        if file.name == REGIONS:
            for slug, table in file.tables():
                _check_slug(file, slug)
                check_fields(file, slug, table, _REGION_FIELDS)
                regions[slug] = _read_region(file, slug, table, regions)
                _settle(file, slug, table, names, homes)
        elif file.name == TOPICS:
            for slug, table in file.tables():
                _check_slug(file, slug)
                check_fields(file, slug, table, _TOPIC_FIELDS)
                topics[slug] = _read_topic(file, slug, table, topics)
    countries = {
        code: Country(slug=code, name=name, regions=_with_parents(homes[code], regions))
        for code, name in sorted(names.items(), key=lambda item: item[1])
    }
    said = read_names(files, countries, topics)
    return Taxonomy(
        regions=regions,
        countries=countries,
        topics=topics,
        aliases=said.aliases,
        sections=said.sections,
        not_mistyped=frozenset(said.not_mistyped),
        with_article=frozenset(said.with_article),
    )


def _check_slug(file: VocabularyFile, slug: str) -> None:
    # Slugs are used in URLs.
    if not _SLUG.fullmatch(slug):
        raise VocabularyError(
            file.name,
            repr(slug),
            "not a slug; use lower-case letters a-z and digits, with single hyphens between",
        )


def _read_region(
    file: VocabularyFile, slug: str, table: Mapping[str, object], known: Mapping[str, Region]
) -> Region:
    before = known.get(slug)
    parents = table.get("parents", list(before.parents) if before else [])
    if not isinstance(parents, list):
        raise VocabularyError(file.name, slug, "parents is not a list of region slugs")
    for parent in parents:
        if parent not in known and not any(parent == entry for entry, _ in file.tables()):
            raise VocabularyError(file.name, slug, f"parents: there is no region {parent!r}")
    return Region(
        slug=slug,
        name=text_of(file, slug, table, "name") or (before.name if before else slug),
        code=text_of(file, slug, table, "code") or (before.code if before else ""),
        parents=tuple(parents),
    )


def _settle(
    file: VocabularyFile,
    slug: str,
    table: Mapping[str, object],
    names: dict[str, str],
    homes: dict[str, list[str]],
) -> None:
    for line in lines_of(text_of(file, slug, table, "countries")):
        code, _, name = line.partition(" ")
        code = code.lower()
        if len(code) != _CODE_LENGTH or not (code.isascii() and code.isalpha()):
            raise VocabularyError(
                file.name, slug, f"countries: {line!r} does not start with a code of two letters"
            )
        if name.strip():
            names[code] = name.strip()
        elif code not in names:
            raise VocabularyError(
                file.name,
                slug,
                f"countries: {line!r} is a new country and needs a name after its code",
            )
        home = homes.setdefault(code, [])
        if slug not in home:
            home.append(slug)


def _with_parents(home: Iterable[str], regions: Mapping[str, Region]) -> tuple[str, ...]:
    """The regions that list a country, then their parents, and so on."""
    level = list(home)
    found: dict[str, None] = {}
    while level:
        found.update(dict.fromkeys(level))
        level = [
            parent
            for slug in level
            for parent in regions[slug].parents
            if parent not in found and parent in regions
        ]
    return tuple(found)


def _read_topic(
    file: VocabularyFile, slug: str, table: Mapping[str, object], known: Mapping[str, Topic]
) -> Topic:
    before = known.get(slug)
    return Topic(
        slug=slug,
        name=text_of(file, slug, table, "name") or (before.name if before else slug),
        code=text_of(file, slug, table, "code") or (before.code if before else ""),
        definition=text_of(file, slug, table, "definition")
        or (before.definition if before else ""),
    )


def known_country(file: VocabularyFile, code: str, taxonomy: Taxonomy) -> str:
    """The slug of a country, given its code in a file.

    Raises:
        VocabularyError: There is no such country.
    """
    slug = code.lower()
    if slug not in taxonomy.countries:
        raise VocabularyError(file.name, code, "not a country in regions.toml")
    return slug
