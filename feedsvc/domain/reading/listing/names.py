"""Tells names of people and bylines: `By Ana Example, Harbour Desk`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from feedsvc.domain.reading.listing.roles import Likeness
from feedsvc.domain.reading.words.people import (
    AND,
    BYLINE_LEADS,
    BYLINE_SECOND,
    OFFICES,
    PARTICLES,
    PLACES,
    SOURCE_WORDS,
)

_LONGEST = 120
_LONGEST_TAIL = 70
_FEWEST, _MOST = 2, 6
_SURE_LEADS = frozenset(
    {"by", "von", "par", "por", "di", "door", "av", "af", "przez", "от", "bởi", "oleh", "yazan"}
)
_MAIL = re.compile(r"\s*[(<\[]?\b[\w.+-]+@[\w-]+\.[\w.-]+\b[)>\]]?")
_HANDLE = re.compile(r"\s*\(?@\w{2,30}\)?")
_NAME_WORD = re.compile(r"(?:[^\W\d_]['’]?|[^\W\d_][^\W\d_]*(?:['’.-][^\W\d_]*)*)\.?")
_TAIL_STARTS = (",", "|", "(", "·", "•", "–", "—", "-", "/", ";")
_LONGEST_OFFICE = 7
# Who is told about in a sentence is somebody, `a journalist who was …`.
_CLAUSE_WORDS = frozenset(
    {
        *("a", "an", "the", "who", "was", "is", "were", "has", "had", "ein", "eine", "der", "die"),
        *("das", "un", "une", "el", "la", "le", "qui", "que"),
    }
)
_OFFICE_WORDS = frozenset(OFFICES)


class Byline(NamedTuple):
    """Who wrote a piece, and how sure it is that the line says so."""

    author: str
    likeness: Likeness


def read_byline(text: str) -> Byline | None:
    """The author that a line names, if it names one and says nothing else."""
    if len(text) > _LONGEST or text[-1] in ".?!…":
        return None
    words = _HANDLE.sub("", _MAIL.sub("", text)).strip("()[]*_ ").split()
    if not words:
        return None
    first = words[0].casefold()
    if first.rstrip(":") in BYLINE_LEADS:
        return _read_led(words)
    return _read_office(words)


def is_name(words: Sequence[str]) -> bool:
    """Whether words are written as the name of a person: two to six, capitalised, no figures."""
    if not _FEWEST <= len(words) <= _MOST or words[0].casefold() in PARTICLES - {
        "de",
        "la",
        "el",
        "al",
    }:
        return False
    strong = [word for word in words if word not in PARTICLES]
    return (
        _FEWEST <= len(strong) <= 4
        and all(_is_name_word(word) for word in strong)
        and words[-1] not in PARTICLES
    )


def names_source(words: Sequence[str]) -> bool:
    """Whether words name a paper, an agency or a broadcaster."""
    return any(word.casefold().strip("()[],.") in SOURCE_WORDS for word in words)


def _read_led(words: Sequence[str]) -> Byline | None:
    lead = words[0].casefold()
    rest = list(words[1:])
    second = bool(rest) and rest[0].casefold() in BYLINE_SECOND
    if lead not in _SURE_LEADS and not lead.endswith(":") and not second:
        return None
    if second:
        rest = rest[1:]
    taken = _count_name_words(rest)
    names, tail = rest[:taken], rest[taken:]
    if not names or not _is_tail(names[-1], tail):
        return None
    names[-1] = names[-1].rstrip(",;|")
    strong = [word for word in names if word not in PARTICLES and word.casefold() not in AND]
    if len(strong) == 1 and not (names_source(names) or strong[0].isupper() or lead.endswith(":")):
        return Byline(_spell(names), Likeness.FAIR) if not tail else None
    if len(words) > 9 and lead in {"von", "di", "por", "par", "de"} and not tail:
        return None
    return Byline(_spell(names), Likeness.STRONG)


def _read_office(words: Sequence[str]) -> Byline | None:
    """A name followed by what somebody does: `Ana Example, correspondent in Oslo`."""
    taken = _count_name_words(words)
    names, tail = list(words[:taken]), words[taken:]
    if not tail or not names or not (names[-1].endswith(",") or tail[0].startswith(_TAIL_STARTS)):
        return None
    tail_words = [word.casefold().strip("()[],.:|") for word in tail]
    if len(tail) > _LONGEST_OFFICE or not _OFFICE_WORDS.intersection(tail_words):
        return None
    if _CLAUSE_WORDS.intersection(tail_words):
        return None
    names[-1] = names[-1].rstrip(",;|")
    if not is_name(names) or len(" ".join(tail)) > _LONGEST_TAIL:
        return None
    return Byline(_spell(names), Likeness.STRONG)


def _count_name_words(words: Sequence[str]) -> int:
    """How many words from the first on are names, `and` between them."""
    taken = 0
    for place, word in enumerate(words):
        bare = word.rstrip(",;|")
        joins = bare.casefold() in AND and 0 < place < len(words) - 1
        small = bare in PARTICLES and place < len(words) - 1
        if (
            joins
            and bare.casefold() in PLACES
            and not _is_name_word(words[place + 1].rstrip(",;|"))
        ):
            break
        if not (joins or small or _is_name_word(bare)):
            break
        if (
            small
            and bare.casefold() in PLACES
            and not joins
            and place
            and not _leads_name(words, place)
        ):
            break
        taken = place + 1
        if word[-1] in ",;|" and not _goes_on(words, place):
            break
    while taken and (words[taken - 1].casefold() in AND or words[taken - 1] in PARTICLES):
        taken -= 1
    return taken


def _leads_name(words: Sequence[str], place: int) -> bool:
    return words[place] in {"de", "da", "di", "do", "del"} and _is_name_word(
        words[place + 1].rstrip(",")
    )


def _goes_on(words: Sequence[str], place: int) -> bool:
    """Whether further names follow a comma: `Ana Example, Bo Example and Cy Example`."""
    rest = [word.rstrip(",") for word in words[place + 1 :]]
    joint = next((n for n, word in enumerate(rest) if word.casefold() in AND), None)
    return joint is not None and joint <= 4 and all(_is_name_word(word) for word in rest[:joint])


def _is_tail(last: str, tail: Sequence[str]) -> bool:
    if not tail:
        return True
    if len(" ".join(tail)) > _LONGEST_TAIL:
        return False
    if any(word.casefold().strip("()[],.:") in _OFFICE_WORDS for word in tail):
        return True
    if tail[0].islower() and tail[0].casefold() not in PLACES:
        return False
    return last[-1] in ",;|" or tail[0].startswith(_TAIL_STARTS) or tail[0].casefold() in PLACES


def _is_name_word(word: str) -> bool:
    return word[:1].isupper() and _NAME_WORD.fullmatch(word) is not None


def _spell(words: Sequence[str]) -> str:
    """Names as they are written, but not in capitals throughout."""
    name = " ".join(words)
    if name.isupper() and len(name) > 5:
        return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)
    return name
