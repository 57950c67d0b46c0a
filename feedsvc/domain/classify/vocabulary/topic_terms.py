"""Reads a topic file: the terms of a topic, how much they weigh, and what they need beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from feedsvc.domain.classify.vocabulary.file import VocabularyError, VocabularyFile, lines_of
from feedsvc.domain.classify.vocabulary.topic_forms import spell_out

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_WORDS = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_LISTED_WORDS = re.compile(r"[a-z0-9 ()|~=]*")
_CONDITION = re.compile(r"\s([&!])(?:\s|$)")


class Strength(IntEnum):
    """How much a term says of its topic; NONE only keeps shorter terms from being read in it."""

    DECISIVE = 5
    STRONG = 3
    FAIR = 2
    FAINT = 1
    NONE = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What the terms of one list share: their topic, their strength, the set of cues they make.

    A block has no topic (`""`), a mere cue neither topic nor strength. `file` and `entry` say
    where the list stands, for errors.
    """

    topic: str
    strength: Strength
    cue: str
    file: str
    entry: str


class TopicTerm(NamedTuple):
    """Phrases that say the same.

    `needs` holds groups of cues: of each group at least one has to stand in the item. Of `shuns`
    none may. `plain`: each phrase is words in small letters and no more, and so its own key; those
    of a list that ask for nothing are one term.
    """

    phrases: tuple[str, ...]
    group: Group
    needs: tuple[tuple[str, ...], ...] = ()
    shuns: tuple[str, ...] = ()
    plain: bool = False


def read_topic_terms(file: VocabularyFile) -> tuple[TopicTerm, ...]:
    """The terms of a topic file in its own order.

    The file is in a folder named for its topic (`topics/labour/unions.toml`), or is named for
    it (`topics/labour.toml`, `topics/labour.unions.toml`); one directly in `topics/` whose name
    starts with `_` has none. The format is described in docs/labelling-topics.md.

    Raises:
        VocabularyError: The file is no TOML, or an entry is not of that format.
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
        raise VocabularyError(file.name, place, "expected text with one or more terms a line")
    cues, _, level = group.partition("-")
    cue = key if cues == "cues" else ""
    strength = _strength(file, place, (level or "none") if cue else key)
    if cue and not _NAME.fullmatch(cue):
        raise VocabularyError(file.name, place, "a cue is named in small letters and hyphens")
    if strength and not topic:
        raise VocabularyError(file.name, place, "a file of no topic holds only cues and `none`")
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
                plain += spell_out(item)
            else:
                yield _read_term(item, shared)
    if plain:
        yield TopicTerm(tuple(plain), shared, plain=True)


def _strength(file: VocabularyFile, entry: str, level: str) -> Strength:
    try:
        return Strength[level.upper()]
    except KeyError:
        levels = ", ".join(level.name.lower() for level in Strength)
        raise VocabularyError(file.name, entry, f"expected one of {levels}") from None


def _read_term(item: str, group: Group) -> TopicTerm:
    found = _CONDITION.search(item) if "&" in item or "!" in item else None
    if found is not None and group.cue:
        raise VocabularyError(group.file, group.entry, f"{item!r}: a cue takes no conditions")
    head = item[: found.start()].strip() if found else item.strip()
    try:
        needs, shuns = _conditions(item[found.start() :]) if found else ((), ())
        return TopicTerm(
            spell_out(head), group, needs, shuns, plain=bool(_LISTED_WORDS.fullmatch(head))
        )
    except ValueError as error:
        raise VocabularyError(group.file, group.entry, f"{item!r}: {error}") from error


@lru_cache(maxsize=4096)
def _conditions(text: str) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """What ` & union, pay ! fighter` needs and shuns; many terms share the same few."""
    needs: list[tuple[str, ...]] = []
    shuns: tuple[str, ...] = ()
    _, *marks = _CONDITION.split(text)
    for sign, names in zip(marks[::2], marks[1::2], strict=True):
        cues = tuple(map(str.strip, names.split(",")))
        if not all(map(_NAME.fullmatch, cues)):
            raise ValueError("expected names of cues")
        if sign == "&":
            needs.append(cues)
        else:
            shuns += cues
    return tuple(needs), shuns
