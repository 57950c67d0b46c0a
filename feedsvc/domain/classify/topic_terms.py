"""Reads a topic file: the terms of a topic, how much they weigh, and what they need beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from feedsvc.domain.classify.source import Source, VocabularyError, lines_of
from feedsvc.domain.classify.topic_forms import spell_out

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_CONDITION = re.compile(r"\s([&!])(?:\s|$)")


class Strength(IntEnum):
    """How much a term says of its topic; NONE only keeps shorter terms from being read in it."""

    DECISIVE = 5
    STRONG = 3
    FAIR = 2
    FAINT = 1
    NONE = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Phrases that say the same of a topic.

    `needs` holds groups of cues: of each group at least one has to stand in the item. Of `shuns`
    none may. A term without a topic (`""`) is a block or, with `cue`, of that set of cues.
    `file` and `entry` say where it stands, for errors.
    """

    phrases: tuple[str, ...]
    topic: str = ""
    strength: Strength = Strength.NONE
    needs: tuple[tuple[str, ...], ...] = ()
    shuns: tuple[str, ...] = ()
    cue: str = ""
    file: str
    entry: str


def read_topic_terms(source: Source) -> tuple[Term, ...]:
    """The terms of a topic file in its own order.

    The file is named for its topic (`topics/labour.toml`); one whose name starts with `_` has
    none. The format is described in docs/labelling-topics.md.

    Raises:
        VocabularyError: The file is no TOML, or an entry is not of that format.
    """
    stem = source.name.rpartition("/")[2].removesuffix(".toml")
    topic = "" if stem.startswith("_") else stem
    return tuple(
        term
        for group, table in source.tables()
        for key, lines in table.items()
        for term in _terms_of(source, f"{group}.{key}", lines, topic)
    )


def _terms_of(source: Source, entry: str, lines: object, topic: str) -> Iterator[Term]:
    if not isinstance(lines, str):
        raise VocabularyError(source.name, entry, "expected text with one or more terms a line")
    group, _, key = entry.partition(".")
    if group == "cues":
        yield from _cues_of(source, entry, key, lines)
        return
    strength = _strength(source, entry, key)
    if strength and not topic:
        raise VocabularyError(source.name, entry, "a file of no topic holds only cues and `none`")
    for item in _items(lines):
        yield _term(source, entry, item, topic=topic, strength=strength)


def _strength(source: Source, entry: str, key: str) -> Strength:
    try:
        return Strength[key.upper()]
    except KeyError:
        levels = ", ".join(level.name.lower() for level in Strength)
        raise VocabularyError(source.name, entry, f"expected one of {levels}") from None


def _cues_of(source: Source, entry: str, cue: str, lines: str) -> Iterator[Term]:
    if not _NAME.fullmatch(cue):
        raise VocabularyError(source.name, entry, "a cue is named in small letters and hyphens")
    for item in _items(lines):
        if _CONDITION.search(item):
            raise VocabularyError(source.name, entry, f"{item!r}: a cue takes no conditions")
        yield Term(phrases=_spelt(source, entry, item), cue=cue, file=source.name, entry=entry)


def _items(lines: str) -> Iterator[str]:
    for line in lines_of(lines):
        yield from filter(None, map(str.strip, line.split(" | ")))


def _term(source: Source, entry: str, item: str, *, topic: str, strength: Strength) -> Term:
    phrase, *conditions = _CONDITION.split(item) if "&" in item or "!" in item else (item,)
    needs: list[tuple[str, ...]] = []
    shuns: tuple[str, ...] = ()
    for sign, names in zip(conditions[::2], conditions[1::2], strict=True):
        cues = tuple(map(str.strip, names.split(",")))
        if not all(map(_NAME.fullmatch, cues)):
            raise VocabularyError(source.name, entry, f"{item!r}: expected names of cues")
        if sign == "&":
            needs.append(cues)
        else:
            shuns += cues
    return Term(
        phrases=_spelt(source, entry, phrase.strip()),
        topic=topic,
        strength=strength,
        needs=tuple(needs),
        shuns=shuns,
        file=source.name,
        entry=entry,
    )


def _spelt(source: Source, entry: str, item: str) -> tuple[str, ...]:
    try:
        return spell_out(item)
    except ValueError as error:
        raise VocabularyError(source.name, entry, f"{item!r}: {error}") from error
