"""Reads other ways to write names, which serve only suggestions and titles."""

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
    """Aliases of countries, names that only look mistyped, and names that take an article.

    The first two are written as `comparable` writes them, the last as they are in titles.
    """

    aliases: dict[str, str] = field(default_factory=dict)
    not_mistyped: set[str] = field(default_factory=set)
    with_article: set[str] = field(default_factory=set)


def read_names(files: Iterable[VocabularyFile], countries: Collection[str]) -> Names:
    """The content of each `names.toml` among the files; a later one adds to an earlier one.

    Raises:
        VocabularyError: A table, a field or the country of an alias is unknown.
    """
    names = Names()
    for file in files:
        if file.name != NAMES:
            continue
        for entry, table in file.tables():
            match entry:
                case "aliases":
                    names.aliases.update(_read_aliases(file, entry, table, countries))
                case "not-mistyped":
                    names.not_mistyped.update(map(comparable, _read_list(file, entry, table)))
                case "with-article":
                    names.with_article.update(_read_list(file, entry, table))
                case _:
                    reason = "unknown table; use aliases, not-mistyped or with-article"
                    raise VocabularyError(file.name, entry, reason)
    return names


def _read_aliases(
    file: VocabularyFile, entry: str, table: Mapping[str, object], countries: Collection[str]
) -> Iterator[tuple[str, str]]:
    for code in table:
        slug = code.lower()
        if slug not in countries:
            raise VocabularyError(file.name, code, "not a country in regions.toml")
        for alias in lines_of(text_of(file, entry, table, code)):
            yield comparable(alias), slug


def _read_list(file: VocabularyFile, entry: str, table: Mapping[str, object]) -> list[str]:
    check_fields(file, entry, table, ("names",), needed=("names",))
    return lines_of(text_of(file, entry, table, "names"))
