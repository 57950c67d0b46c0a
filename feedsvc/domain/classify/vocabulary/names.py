"""Reads other ways to write names, for suggestions, titles and the headings of sections."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from feedsvc.domain.classify.vocabulary.file import (
    VocabularyError,
    VocabularyFile,
    check_fields,
    lines_of,
    text_of,
)
from feedsvc.domain.near_names import comparable

NAMES = "names.toml"


@dataclass(frozen=True, slots=True)
class Names:
    """Aliases of countries, names that only look mistyped or take an article, names of sections.

    Names that take an article are as they are in titles, all others as `comparable` writes them.
    """

    aliases: dict[str, str] = field(default_factory=dict)
    not_mistyped: set[str] = field(default_factory=set)
    with_article: set[str] = field(default_factory=set)
    sections: dict[str, str] = field(default_factory=dict)


def read_names(
    files: Iterable[VocabularyFile], countries: Collection[str], topics: Collection[str]
) -> Names:
    """The content of each `names.toml` among the files; a later one adds to an earlier one.

    Raises:
        VocabularyError: A table, a field, or what an alias or a section names is unknown.
    """
    names = Names()
    for file in files:
        if file.name != NAMES:
            continue
        for entry, table in file.tables():
            match entry:
                case "aliases":
                    names.aliases.update(_read_named(file, entry, table, countries))
                case "sections":
                    names.sections.update(_read_named(file, entry, table, topics))
                case "not-mistyped":
                    names.not_mistyped.update(map(comparable, _read_list(file, entry, table)))
                case "with-article":
                    names.with_article.update(_read_list(file, entry, table))
                case _:
                    reason = "unknown table; use aliases, sections, not-mistyped or with-article"
                    raise VocabularyError(file.name, entry, reason)
    return names


def _read_named(
    file: VocabularyFile, entry: str, table: Mapping[str, object], slugs: Collection[str]
) -> Iterator[tuple[str, str]]:
    for key in table:
        slug = key.lower()
        if slug not in slugs:
            raise VocabularyError(file.name, key, "not a country in regions.toml or a topic")
        for name in lines_of(text_of(file, entry, table, key)):
            yield comparable(name), slug


def _read_list(file: VocabularyFile, entry: str, table: Mapping[str, object]) -> list[str]:
    check_fields(file, entry, table, ("names",), needed=("names",))
    return lines_of(text_of(file, entry, table, "names"))
