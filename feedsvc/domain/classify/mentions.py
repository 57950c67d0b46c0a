"""Finds the mentions of places in one text, as far as the way that they are written allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from feedsvc.domain.classify.gazetteer import NEW_YORK, Gazetteer
from feedsvc.domain.classify.sense import Grade, Sense
from feedsvc.domain.classify.tokens import Tokens
from feedsvc.domain.model import Where


@dataclass(frozen=True, slots=True)
class Part:
    """One text of an entry, cut into tokens."""

    where: Where
    tokens: Tokens


# What follows the place in a dateline: `TORRINGTON - `, `GLASGOW, Ky.`, `LAGOS (Reuters)`.
_DATELINE = (" -", ",", " (", ": ")


class Mention(NamedTuple):
    """A phrase that may name a place: its tokens, the senses that its writing allows, in order.

    `key` is the phrase, folded. `doubtful`: the writing does not tell it from an ordinary word or a
    person's name. `civic`: it stands as the names of towns do (`in Springfield`, `Springfield
    police`).
    """

    part: Part
    key: str
    first: int
    past: int
    senses: tuple[Sense, ...]
    doubtful: bool
    civic: bool


def find_mentions(gazetteer: Gazetteer, part: Part) -> Iterator[Mention]:
    """The mentions in one text, from left to right, then its stock exchange codes."""
    yield from _find_names(gazetteer, part)
    if "<" in part.tokens.text:
        yield from _find_listings(gazetteer, part)


def _find_listings(gazetteer: Gazetteer, part: Part) -> Iterator[Mention]:
    """Companies by their codes: `<GM>`, `<NIPN.T>`; not what is a tag, `<b>`."""
    tokens = part.tokens
    for first, gap in enumerate(tokens.parts[:-1:2]):
        if not gap.endswith("<") or not tokens.all_caps(first) or len(tokens.keys[first]) == 1:
            continue
        pointed = tokens.parts[2 * first + 2] == "."
        past = first + 2 if pointed else first + 1
        sense = gazetteer.exchanges.get(tokens.keys[first + 1] if pointed else NEW_YORK)
        if sense is not None and tokens.parts[2 * past].startswith(">"):
            key = " ".join(tokens.keys[first:past])
            yield Mention(part, key, first, past, (sense,), doubtful=False, civic=False)


def _find_names(gazetteer: Gazetteer, part: Part) -> Iterator[Mention]:
    tokens = part.tokens
    matches = gazetteer.phrases.find(tokens)
    if not matches:
        return
    caseless = tokens.shouted or tokens.murmured
    for first, past, found in matches:
        senses = found if caseless else _as_written(found, tokens, first)
        if not senses or senses[0].grade is Grade.NOTHING:
            continue
        if any(sense.comma or sense.prefix for sense in senses):
            senses = _as_placed(senses, tokens, first, past)
            if not senses:
                continue
        if tokens.parts[2 * first].endswith("<"):
            continue
        lead = senses[0]
        if lead.surname and past - first == 1 and _follows_given_name(gazetteer, tokens, first):
            continue
        yield Mention(
            part,
            tokens.keys[first] if past - first == 1 else " ".join(tokens.keys[first:past]),
            first,
            past,
            senses,
            (lead.common and caseless)
            or (
                any(sense.given for sense in senses)
                and not caseless
                and _precedes_surname(gazetteer, tokens, past)
            ),
            lead.grade is Grade.TOWN and _is_civic(gazetteer, tokens, first, past),
        )


def _as_written(senses: tuple[Sense, ...], tokens: Tokens, first: int) -> tuple[Sense, ...]:
    if len(senses) == 1:
        return senses if _is_written(senses[0].capitals, tokens, first) else ()
    return tuple(sense for sense in senses if _is_written(sense.capitals, tokens, first))


def _is_written(capitals: str, tokens: Tokens, first: int) -> bool:
    words = tokens.words
    for index, case in enumerate(capitals, first):
        if case == "A":
            if words[index][0].islower():
                return False
        elif case == "C" and not words[index].isupper():
            return False
    return True


def _follows_given_name(gazetteer: Gazetteer, tokens: Tokens, first: int) -> bool:
    return (
        first > 0
        and tokens.keys[first - 1] in gazetteer.given_names
        and tokens.parts[2 * first] == " "
        and not tokens.words[first - 1][0].islower()
    )


def _as_placed(
    senses: tuple[Sense, ...], tokens: Tokens, first: int, past: int
) -> tuple[Sense, ...]:
    comma = first > 0 and tokens.parts[2 * first] == ", " and tokens.capitalised(first - 1)
    prefix = tokens.parts[2 * past] == "-"
    return tuple(
        sense for sense in senses if (comma or not sense.comma) and (prefix or not sense.prefix)
    )


def _precedes_surname(gazetteer: Gazetteer, tokens: Tokens, past: int) -> bool:
    if past == len(tokens.keys) or tokens.parts[2 * past] != " ":
        return False
    key, word = tokens.keys[past], tokens.words[past]
    if key in gazetteer.surnames and not word[0].islower():
        return True
    return (
        word[0].isupper()
        and key not in gazetteer.civic_after
        and not tokens.title_case
        and gazetteer.phrases.get(key) is None
    )


def _is_civic(gazetteer: Gazetteer, tokens: Tokens, first: int, past: int) -> bool:
    keys, parts = tokens.keys, tokens.parts
    if first == 0 and tokens.words[0].isupper() and not tokens.shouted:
        return parts[2 * past].startswith(_DATELINE)
    if past < len(keys) and keys[past] in gazetteer.civic_after and parts[2 * past] == " ":
        return True
    return first > 0 and keys[first - 1] in gazetteer.civic_before and parts[2 * first] == " "
