"""Finds the mentions of places in one text, as far as the way that they are written allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from feedsvc.domain.classify.gazetteer import NEW_YORK, Gazetteer
from feedsvc.domain.classify.matcher import Match
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


def find_mentions(gazetteer: Gazetteer, part: Part) -> list[Mention]:
    """The mentions in one text, from left to right, then its stock exchange codes."""
    tokens = part.tokens
    found: list[Mention] = []
    matches = gazetteer.phrases.find(tokens)
    caseless = bool(matches) and (tokens.shouted or tokens.murmured)
    for first, past, senses in matches:
        allowed = _allowed(senses, tokens, first, past, caseless=caseless)
        if allowed and not _is_surname(allowed[0], gazetteer, tokens, first, past):
            span = Match(first, past, allowed)
            found.append(_mention(gazetteer, part, span, caseless=caseless))
    if "<" in tokens.text:
        found.extend(_find_listings(gazetteer, part))
    return found


def _allowed(
    senses: tuple[Sense, ...], tokens: Tokens, first: int, past: int, *, caseless: bool
) -> tuple[Sense, ...]:
    """The senses that the case of the phrase and the signs around it allow."""
    lead = senses[0]
    if lead.grade is Grade.NOTHING or tokens.parts[2 * first].endswith("<"):
        return ()
    if len(senses) == 1 and not lead.comma and not lead.prefix:
        return senses if caseless or _is_written(lead.capitals, tokens, first) else ()
    after_comma = first > 0 and tokens.parts[2 * first] == ", " and tokens.capitalised(first - 1)
    before_hyphen = tokens.parts[2 * past] == "-"
    return tuple(
        [
            sense
            for sense in senses
            if (caseless or _is_written(sense.capitals, tokens, first))
            and (after_comma or not sense.comma)
            and (before_hyphen or not sense.prefix)
        ]
    )


def _mention(
    gazetteer: Gazetteer, part: Part, match: Match[tuple[Sense, ...]], *, caseless: bool
) -> Mention:
    first, past, senses = match
    tokens, lead = part.tokens, senses[0]
    if caseless:
        doubtful = lead.common
    else:
        given = lead.given or (len(senses) > 1 and any(sense.given for sense in senses))
        doubtful = given and _precedes_surname(gazetteer, tokens, past)
    civic = lead.grade is Grade.TOWN and _is_civic(gazetteer, tokens, first, past)
    key = tokens.keys[first] if past - first == 1 else " ".join(tokens.keys[first:past])
    return Mention(part, key, first, past, senses, doubtful, civic)


def _find_listings(gazetteer: Gazetteer, part: Part) -> Iterator[Mention]:
    """Companies by their codes: `<GM>`, `<NIPN.T>`; not what is a tag, `<b>`."""
    tokens = part.tokens
    for first, gap in enumerate(tokens.parts[:-1:2]):
        if not gap.endswith("<") or not tokens.all_caps(first) or len(tokens.keys[first]) == 1:
            continue
        pointed = tokens.parts[2 * first + 2] == "." and first + 1 < len(tokens.keys)
        past = first + 2 if pointed else first + 1
        sense = gazetteer.exchanges.get(tokens.keys[first + 1] if pointed else NEW_YORK)
        if sense is not None and tokens.parts[2 * past].startswith(">"):
            key = " ".join(tokens.keys[first:past])
            yield Mention(part, key, first, past, (sense,), doubtful=False, civic=False)


def _is_written(capitals: str, tokens: Tokens, first: int) -> bool:
    words = tokens.words
    for index, case in enumerate(capitals, first):
        if case == "A":
            if words[index][0].islower():
                return False
        elif case == "C" and not words[index].isupper():
            return False
    return True


def _is_surname(lead: Sense, gazetteer: Gazetteer, tokens: Tokens, first: int, past: int) -> bool:
    return (
        lead.surname
        and past - first == 1
        and first > 0
        and tokens.keys[first - 1] in gazetteer.given_names
        and tokens.parts[2 * first] == " "
        and not tokens.words[first - 1][0].islower()
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
