"""Reads the names of places generated from upstream data, one per line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feedsvc.domain.classify.vocabulary.file import VocabularyError, VocabularyFile
from feedsvc.domain.classify.vocabulary.place_terms import Grade, PlaceSense
from feedsvc.domain.classify.vocabulary.taxonomy import known_country
from feedsvc.domain.model import Kind
from feedsvc.domain.taxonomy import Taxonomy

GENERATED = "generated"
# A line is the name of a country or capital in some language, a large city, or a town.
_SIZES = {"name": Grade.FIRM, "city": Grade.FIRM, "town": Grade.TOWN}


def read_generated(
    files: Iterable[VocabularyFile], taxonomy: Taxonomy
) -> dict[str, tuple[PlaceSense, ...]]:
    """The phrase keys in the generated files, with their senses.

    Raises:
        VocabularyError: A line is not key, country codes and size, separated by tabs.
    """
    table: dict[str, tuple[PlaceSense, ...]] = {}
    # Thousands of names differ in nothing but the name.
    shared: dict[str, tuple[PlaceSense, ...]] = {}
    for file in files:
        if file.folder != GENERATED:
            continue
        for line in file.text.splitlines():
            key, _, kind = line.partition("\t")
            if kind not in shared:
                if not line or line[0] == "#":
                    continue
                shared[kind] = tuple(_senses(file, line, taxonomy))
            table.setdefault(key, shared[kind])
    return table


def _senses(file: VocabularyFile, line: str, taxonomy: Taxonomy) -> Iterator[PlaceSense]:
    """The first country with a place of this name is the default; the others need a cue."""
    try:
        _, codes, size = line.split("\t")
    except ValueError:
        raise VocabularyError(
            file.name, line, "not name, codes and size with tabs between"
        ) from None
    if size not in _SIZES:
        raise VocabularyError(file.name, line, f"unknown size {size!r}; use {', '.join(_SIZES)}")
    for number, code in enumerate(codes.split()):
        yield PlaceSense(
            Kind.COUNTRY,
            known_country(file, code, taxonomy),
            _SIZES[size],
            "A",
            weak=number > 0,
            common=size != "name",
            surname=size != "name",
            plain=number == 0 and _SIZES[size] is Grade.FIRM,
        )
