"""Reads the names of places that are made from upstream data, a line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feedsvc.domain.classify.catalogue import known_country
from feedsvc.domain.classify.sense import Grade, Sense
from feedsvc.domain.classify.source import Source, VocabularyError
from feedsvc.domain.model import Kind
from feedsvc.domain.taxonomy import Taxonomy

GENERATED = "generated"
# A line is the name of a country or capital in some language, a large city, or a town.
_SIZES = {"name": Grade.FIRM, "city": Grade.FIRM, "town": Grade.TOWN}


def read_generated(sources: Iterable[Source], taxonomy: Taxonomy) -> dict[str, tuple[Sense, ...]]:
    """The phrase keys of the generated files among the sources, with their senses.

    Raises:
        VocabularyError: A line is not `key`, country codes, size, with tabs between them.
    """
    table: dict[str, tuple[Sense, ...]] = {}
    # Thousands of names differ in nothing but the name.
    shared: dict[str, tuple[Sense, ...]] = {}
    for source in sources:
        if source.folder != GENERATED:
            continue
        for line in source.text.splitlines():
            key, _, kind = line.partition("\t")
            if kind not in shared:
                if not line or line[0] == "#":
                    continue
                shared[kind] = tuple(_senses(source, line, taxonomy))
            table.setdefault(key, shared[kind])
    return table


def _senses(source: Source, line: str, taxonomy: Taxonomy) -> Iterator[Sense]:
    """The first country that has a place of this name is meant, the others with another cue."""
    try:
        _, codes, size = line.split("\t")
    except ValueError:
        raise VocabularyError(source.name, line, "expected name, codes and size") from None
    if size not in _SIZES:
        raise VocabularyError(source.name, line, f"unknown size {size!r}, expected {[*_SIZES]}")
    for number, code in enumerate(codes.split()):
        yield Sense(
            Kind.COUNTRY,
            known_country(source, code, taxonomy),
            _SIZES[size],
            "A",
            weak=number > 0,
            common=size != "name",
            surname=size != "name",
            plain=number == 0 and _SIZES[size] is Grade.FIRM,
        )
