"""What a phrase can mean as a place, and how a line of a vocabulary file says it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from feedsvc.domain.classify.tokens import phrase_key, spelt
from feedsvc.domain.classify.vocabulary.file import VocabularyError
from feedsvc.domain.model import Kind

_FLAGS = {"weak", "common", "given", "comma", "prefix"}


class Grade(StrEnum):
    """How much a phrase says by itself."""

    FIRM = "firm"  # names the place
    TOWN = "town"  # a smaller place: counts beside words of civic life, or with another cue
    HINT = "hint"  # speaks of the place without naming it: for an entry that names no other
    TRACE = "trace"  # as a hint, but one alone is not enough
    NOTHING = "nothing"  # only there to block shorter phrases


@dataclass(frozen=True, slots=True)
class PlaceSense:
    """One meaning of a phrase: a country, a region, or nothing.

    `capitals`: for each word how it has to be written: `a` any case, `A` with a capital, `C` in
    capitals; words beyond them as they like. `needs`: keys of which one has to stand in the entry,
    unless the place has another cue there; `shuns`: keys of which none may. `weak`: only with
    another cue. `common`: also an ordinary word, so that it counts in its own case only. `given`:
    also a given name; `surname`: maybe a surname. `together`: all senses of the phrase hold at
    once, else they are alternatives. `comma`: counts after a comma only (`Salem, Ore.`); `prefix`:
    before a hyphen (`Sino-Indian`). `wide`: a town may lie in it.
    `local`: speaks of life in the country, as local news does.
    `plain`: holds by itself, whatever else stands in the entry.
    """

    kind: Kind
    target: str
    grade: Grade
    capitals: str = ""
    needs: tuple[str, ...] = ()
    shuns: tuple[str, ...] = ()
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
    """A line of a vocabulary file: its phrase by its key and its capitals, and its annotations."""

    key: str
    capitals: str
    flags: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    shuns: tuple[str, ...] = ()


def read_term(line: str, *, name: str, entry: str) -> PlaceTerm:
    """A term from its line: `Phrase`, or `Phrase | weak; common; with a, b; unless c`.

    Raises:
        VocabularyError: There are no words in it, or an annotation is not one of these.
    """
    phrase, bar, rest = line.partition("|")
    key, capitals = spelt(phrase)
    if not key:
        raise VocabularyError(name, entry, f"{line!r}: there is no word in it")
    if not bar:
        return PlaceTerm(key, capitals)
    try:
        return PlaceTerm(key, capitals, *_notes(rest))
    except ValueError as error:
        raise VocabularyError(name, entry, f"{line!r}: {error}") from error


@lru_cache(maxsize=4096)
def _notes(text: str) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """The flags, needs and shuns of ` weak; with a, b; unless c`; many terms share their notes."""
    flags: set[str] = set()
    lists: dict[str, tuple[str, ...]] = {"with": (), "unless": ()}
    for note in text.split(";"):
        word, _, listed = note.strip().partition(" ")
        if word in lists and listed:
            lists[word] += tuple(phrase_key(cue.strip()) for cue in listed.split(","))
        elif word in lists:
            raise ValueError(f"{word!r} is followed by no words")
        elif word in _FLAGS and listed:
            raise ValueError(f"{word!r} takes no words: {listed!r}")
        elif word in _FLAGS:
            flags.add(word)
        else:
            raise ValueError(
                f"{note.strip()!r} is none of {', '.join(sorted(_FLAGS))}, with, unless"
            )
    return frozenset(flags), lists["with"], lists["unless"]


def more_lenient(one: str, other: str) -> str:
    """The capitals that two spellings of one phrase both allow: `Washington State`, `state`."""
    return "".join(min(pair, key="aAC".index) for pair in zip(one, other, strict=True))
