"""What a phrase can mean as a place, and how a line in a vocabulary file states it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from feedsvc.domain.classify.tokens import key_and_capitals, phrase_key
from feedsvc.domain.classify.vocabulary.file import VocabularyError
from feedsvc.domain.model import Kind

_FLAGS = {"weak", "common", "given", "comma", "prefix"}


class Grade(StrEnum):
    """How much a phrase says on its own."""

    FIRM = "firm"  # names the place
    TOWN = "town"  # a smaller place: counts next to words of civic life, or with another cue
    HINT = "hint"  # refers to the place without naming it: for an entry that names no other
    TRACE = "trace"  # like a hint, but a single one is not enough
    NOTHING = "nothing"  # only there to block shorter phrases


@dataclass(frozen=True, slots=True)
class PlaceSense:
    """One meaning of a phrase: a country, a region, or nothing.

    `capitals`: how each word has to be written: `a` any case, `A` with a capital, `C` all capitals;
    further words in any way. `needs`: keys of which one has to occur in the entry, unless the place
    has another cue there; `excludes`: keys of which none may. `weak`: counts only with another cue.
    `common`: also an ordinary word, so it counts only with its capitals. `given`: also a given
    name; `surname`: maybe a surname. `together`: all senses of the phrase are meant at once, not
    one of them. `comma`: only after a comma (`Salem, Ore.`); `prefix`: only before a hyphen
    (`Sino-Indian`). `wide`: it can contain a town. `local`: refers to daily life in the country, as
    local news does. `plain`: counts whatever else is in the entry.
    """

    kind: Kind
    target: str
    grade: Grade
    capitals: str = ""
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    weak: bool = False
    common: bool = False
    given: bool = False
    surname: bool = False
    together: bool = False
    comma: bool = False
    prefix: bool = False
    wide: bool = False
    local: bool = False
    plain: bool = False


class PlaceTerm(NamedTuple):
    """A line of a vocabulary file: the key and the capitals of its phrase, and its notes."""

    key: str
    capitals: str
    flags: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


def read_term(line: str, *, name: str, entry: str) -> PlaceTerm:
    """A term from its line: `Phrase`, or `Phrase | weak; common; with a, b; unless c`.

    Raises:
        VocabularyError: It has no words, or a note is not one of these.
    """
    phrase, bar, rest = line.partition("|")
    key, capitals = key_and_capitals(phrase)
    if not key:
        raise VocabularyError(name, entry, f"{line!r}: no words in this term")
    if not bar:
        return PlaceTerm(key, capitals)
    try:
        return PlaceTerm(key, capitals, *_notes(rest))
    except ValueError as error:
        raise VocabularyError(name, entry, f"{line!r}: {error}") from error


@lru_cache(maxsize=4096)
def _notes(text: str) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """The flags, needs and excludes in ` weak; with a, b; unless c`; many terms have the same."""
    flags: set[str] = set()
    lists: dict[str, tuple[str, ...]] = {"with": (), "unless": ()}
    for note in text.split(";"):
        word, _, listed = note.strip().partition(" ")
        if word in lists and listed:
            lists[word] += tuple(phrase_key(cue.strip()) for cue in listed.split(","))
        elif word in lists:
            raise ValueError(f"{word!r} needs words after it")
        elif word in _FLAGS and listed:
            raise ValueError(f"{word!r} takes no words: {listed!r}")
        elif word in _FLAGS:
            flags.add(word)
        else:
            raise ValueError(
                f"unknown note {note.strip()!r}; use {', '.join(sorted(_FLAGS))}, with or unless"
            )
    return frozenset(flags), lists["with"], lists["unless"]


def more_lenient(one: str, other: str) -> str:
    """The capitals that allow both spellings of a phrase: `Washington State`, `state`."""
    return "".join(min(pair, key="aAC".index) for pair in zip(one, other, strict=True))
