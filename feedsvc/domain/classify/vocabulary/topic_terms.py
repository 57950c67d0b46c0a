"""Reads a topic file: its terms, how much they weigh, and which cues they need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from feedsvc.domain.classify.vocabulary.file import VocabularyError, VocabularyFile, lines_of
from feedsvc.domain.classify.vocabulary.topic_forms import expand

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_WORDS = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_LISTED_WORDS = re.compile(r"[a-z0-9 ()|~=]*")
_CONDITION = re.compile(r"\s([&!])(?:\s|$)")


class Strength(IntEnum):
    """How much a term says about its topic; NONE only hides the shorter terms in it."""

    DECISIVE = 5
    STRONG = 3
    FAIR = 2
    FAINT = 1
    NONE = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What the terms of a list share: their topic, their strength, the set of cues they belong to.

    A block has no topic (`""`), a pure cue neither topic nor strength. `file` and `entry` say where
    the list is, for errors.
    """

    topic: str
    strength: Strength
    cue: str
    file: str
    entry: str


class TopicTerm(NamedTuple):
    """Phrases with the same meaning.

    `needs` has groups of cues: at least one of each group has to occur in the entry, and none of
    `excludes` may. `plain`: each phrase is nothing but lower-case words, and so its own key;
    those of a list that have no conditions are one term.
    """

    phrases: tuple[str, ...]
    group: Group
    needs: tuple[tuple[str, ...], ...] = ()
    excludes: tuple[str, ...] = ()
    plain: bool = False


def read_topic_terms(file: VocabularyFile) -> tuple[TopicTerm, ...]:
    """The terms of a topic file, in its order.

    The file is in a folder named for its topic (`topics/labour/unions.toml`), or is named for
    it (`topics/labour.toml`, `topics/labour.unions.toml`); one directly in `topics/` whose name
    starts with `_` has none. The format is described in docs/labelling-topics.md.

    Raises:
        VocabularyError: The file is not TOML, or an entry is malformed.
    """
    _, _, place = file.name.partition("/")
    topic = "" if place.startswith("_") else place.partition("/")[0].partition(".")[0]
    return tuple(
        term
        for group, table in file.tables()
        for key, lines in table.items()
        for term in _terms_of(file, (group, key), lines, topic)
    )


def _terms_of(
    file: VocabularyFile, entry: tuple[str, str], lines: object, topic: str
) -> Iterator[TopicTerm]:
    group, key = entry
    place = f"{group}.{key}"
    if not isinstance(lines, str):
        raise VocabularyError(file.name, place, "not text with one or more terms per line")
    cues, _, level = group.partition("-")
    cue = key if cues == "cues" else ""
    strength = _strength(file, place, (level or "none") if cue else key)
    if cue and not _NAME.fullmatch(cue):
        raise VocabularyError(
            file.name, place, "a cue's name has lower-case letters, digits and hyphens"
        )
    if strength and not topic:
        raise VocabularyError(
            file.name, place, "without a topic, a file can only have cues and `none`"
        )
    shared = Group(
        topic=topic if strength or not cue else "",
        strength=strength,
        cue=cue,
        file=file.name,
        entry=place,
    )
    plain: list[str] = []
    for line in lines_of(lines):
        for item in line.split(" | "):
            if _WORDS.fullmatch(item):
                plain += expand(item)
            else:
                yield _read_term(item, shared)
    if plain:
        yield TopicTerm(tuple(plain), shared, plain=True)


def _strength(file: VocabularyFile, entry: str, level: str) -> Strength:
    try:
        return Strength[level.upper()]
    except KeyError:
        levels = ", ".join(level.name.lower() for level in Strength)
        raise VocabularyError(file.name, entry, f"unknown list; use one of {levels}") from None


def _read_term(item: str, group: Group) -> TopicTerm:
    found = _CONDITION.search(item) if "&" in item or "!" in item else None
    if found is not None and group.cue:
        raise VocabularyError(group.file, group.entry, f"{item!r}: a cue cannot have conditions")
    head = item[: found.start()].strip() if found else item.strip()
    try:
        needs, excludes = _conditions(item[found.start() :]) if found else ((), ())
        return TopicTerm(
            expand(head), group, needs, excludes, plain=bool(_LISTED_WORDS.fullmatch(head))
        )
    except ValueError as error:
        raise VocabularyError(group.file, group.entry, f"{item!r}: {error}") from error


@lru_cache(maxsize=4096)
def _conditions(text: str) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """What ` & union, pay ! fighter` needs and excludes; many terms have the same conditions."""
    needs: list[tuple[str, ...]] = []
    excludes: tuple[str, ...] = ()
    _, *marks = _CONDITION.split(text)
    for sign, names in zip(marks[::2], marks[1::2], strict=True):
        cues = tuple(map(str.strip, names.split(",")))
        if not all(map(_NAME.fullmatch, cues)):
            raise ValueError("a condition is not a list of cue names")
        if sign == "&":
            needs.append(cues)
        else:
            excludes += cues
    return tuple(needs), excludes
