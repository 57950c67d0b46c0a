"""Reads how people write names besides the taxonomy's own: for suggestions and titles only."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
_ALIASES, _NOT_MISTYPED, _WITH_ARTICLE = "aliases", "not-mistyped", "with-article"


@dataclass(frozen=True, slots=True)
class Names:
    """Aliases of countries, names that only look mistyped, and regions that take an article.

    The first two are written as `comparable` gives them, the last as titles do.
    """

    aliases: dict[str, str] = field(default_factory=dict)
    not_mistyped: set[str] = field(default_factory=set)
    with_article: set[str] = field(default_factory=set)


def read_names(files: Iterable[VocabularyFile], countries: Collection[str]) -> Names:
    """What the `names.toml` among the files say; a later file adds to an earlier one.

    Raises:
        VocabularyError: A table or field is unknown, or an alias is of no country.
    """
    names = Names()
    for file in files:
        if file.name != NAMES:
            continue
        for entry, table in file.tables():
            if entry == _ALIASES:
                for code in table:
                    if code.lower() not in countries:
                        raise VocabularyError(file.name, code, "is not a country in regions.toml")
                    for alias in lines_of(text_of(file, entry, table, code)):
                        names.aliases[comparable(alias)] = code.lower()
                continue
            check_fields(file, entry, table, ("names",), needed=("names",))
            listed = lines_of(text_of(file, entry, table, "names"))
            if entry == _NOT_MISTYPED:
                names.not_mistyped.update(map(comparable, listed))
            elif entry == _WITH_ARTICLE:
                names.with_article.update(listed)
            else:
                known = f"{_ALIASES}, {_NOT_MISTYPED} or {_WITH_ARTICLE}"
                raise VocabularyError(file.name, entry, f"unknown table; use {known}")
    return names
