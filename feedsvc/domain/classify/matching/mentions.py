"""Finds the places that an entry mentions, considering how each is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedsvc.domain.classify.lexicon import Match, parts_of
from feedsvc.domain.classify.matching.entry_text import EntryText, Part
from feedsvc.domain.classify.tokens import Tokens
from feedsvc.domain.classify.vocabulary.gazetteer import NEW_YORK, Gazetteer
from feedsvc.domain.classify.vocabulary.place_terms import Grade, PlaceSense

# What follows the place in a dateline: `TORRINGTON - `, `GLASGOW, Ky.`, `LAGOS (Reuters)`.
_DATELINE = (" -", ",", " (", ": ")
# Looking a member up in its enum takes as long as everything else done with it here.
_NOTHING, _TOWN = Grade.NOTHING, Grade.TOWN


class Mention:
    """A phrase that may name a place: its tokens, and the senses that its writing allows, in order.

    `key` is the phrase, folded. `doubtful`: as written, it may be an ordinary word or a person's
    name. `civic`: it is used like the name of a town (`in Springfield`, `Springfield police`).
    """

    __slots__ = ("civic", "doubtful", "first", "key", "part", "past", "senses")

    def __init__(
        self,
        part: Part,
        key: str,
        first: int,
        past: int,
        senses: tuple[PlaceSense, ...],
        *,
        doubtful: bool,
        civic: bool,
    ) -> None:
        """Take a phrase and what it may mean."""
        self.part = part
        self.key = key
        self.first = first
        self.past = past
        self.senses = senses
        self.doubtful = doubtful
        self.civic = civic


def find_mentions(
    gazetteer: Gazetteer, entry: EntryText, matches: Sequence[Match[tuple[PlaceSense, ...]]]
) -> list[Mention]:
    """The mentions among the names in an entry, and its stock exchange codes, left to right."""
    tokens = entry.tokens
    tagged = "<" in tokens.text
    found: list[Mention] = []
    for match in matches:
        first, past, _, _ = match
        if tagged and tokens.parts[2 * first].endswith("<"):
            continue
        part = entry.part_with(first)
        mention = _mention(gazetteer, part, match)
        if mention is not None:
            found.append(mention)
        elif past - first > 1:
            found.extend(_shorter(gazetteer, part, match))
    if tagged:
        for part in entry.parts:
            found.extend(_find_tickers(gazetteer, part))
        found.sort(key=lambda mention: mention.first)
    return found


def _mention(
    gazetteer: Gazetteer, part: Part, match: Match[tuple[PlaceSense, ...]]
) -> Mention | None:
    first, past, key, senses = match
    tokens, caseless = part.tokens, part.caseless
    allowed = _allowed(senses, tokens, first, past, caseless=caseless)
    if not allowed:
        return None
    lead = allowed[0]
    if lead.surname and past - first == 1 and _follows_given(gazetteer, tokens, first):
        return None
    if caseless:
        doubtful = lead.common
    else:
        given = lead.given or (len(allowed) > 1 and any(sense.given for sense in allowed))
        doubtful = given and _precedes_surname(gazetteer, part, past)
    civic = lead.grade is _TOWN and _is_civic(gazetteer, part, first, past)
    return Mention(part, key, first, past, allowed, doubtful=doubtful, civic=civic)


def _shorter(
    gazetteer: Gazetteer, part: Part, match: Match[tuple[PlaceSense, ...]]
) -> Iterator[Mention]:
    """The names inside a phrase that is not itself written as one: Kenya in `southern Kenya`."""
    first, _, key, senses = match
    if senses[0].grade is _NOTHING:
        return
    for before, shorter in parts_of(key.split(" "), gazetteer.phrases):
        start = first + before
        inner = (start, start + shorter.count(" ") + 1, shorter, gazetteer.phrases[shorter])
        mention = _mention(gazetteer, part, inner)
        if mention is not None:
            yield mention


def _allowed(
    senses: tuple[PlaceSense, ...], tokens: Tokens, first: int, past: int, *, caseless: bool
) -> tuple[PlaceSense, ...]:
    """The senses that the case of the phrase and the punctuation around it allow."""
    lead = senses[0]
    if lead.grade is _NOTHING:
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


def _find_tickers(gazetteer: Gazetteer, part: Part) -> Iterator[Mention]:
    """Companies by their ticker symbols, `<GM>` or `<NIPN.T>`, but not HTML tags, `<b>`."""
    tokens = part.tokens
    for first in range(part.first, part.past):
        gap = tokens.parts[2 * first]
        if not gap.endswith("<") or not tokens.all_caps(first) or len(tokens.keys[first]) == 1:
            continue
        pointed = tokens.parts[2 * first + 2] == "." and first + 1 < len(tokens.keys)
        past = first + 2 if pointed else first + 1
        sense = gazetteer.exchanges.get(tokens.keys[first + 1] if pointed else NEW_YORK)
        if sense is not None and tokens.parts[2 * past].startswith(">"):
            key = " ".join(tokens.keys[first:past])
            yield Mention(part, key, first, past, (sense,), doubtful=False, civic=False)


def _is_written(capitals: str, tokens: Tokens, first: int) -> bool:
    if capitals == "A":
        return tokens.capitalised(first)
    for index, case in enumerate(capitals, first):
        if case == "A":
            if not tokens.capitalised(index):
                return False
        elif case == "C" and not tokens.all_caps(index):
            return False
    return True


def _follows_given(gazetteer: Gazetteer, tokens: Tokens, first: int) -> bool:
    return (
        first > 0
        and tokens.keys[first - 1] in gazetteer.given_names
        and tokens.parts[2 * first] == " "
        and tokens.capitalised(first - 1)
    )


def _precedes_surname(gazetteer: Gazetteer, part: Part, past: int) -> bool:
    tokens = part.tokens
    if past == len(tokens.keys) or tokens.parts[2 * past] != " ":
        return False
    key, word = tokens.keys[past], tokens.word(past)
    if key in gazetteer.surnames and not word[0].islower():
        return True
    return (
        word[0].isupper()
        and key not in gazetteer.civic_after
        and not part.title_case
        and gazetteer.phrases.get(key) is None
    )


def _is_civic(gazetteer: Gazetteer, part: Part, first: int, past: int) -> bool:
    tokens = part.tokens
    keys, parts = tokens.keys, tokens.parts
    if first == part.first and tokens.all_caps(first) and not part.shouted:
        return parts[2 * past].startswith(_DATELINE)
    if past < len(keys) and keys[past] in gazetteer.civic_after and parts[2 * past] == " ":
        return True
    return first > 0 and keys[first - 1] in gazetteer.civic_before and parts[2 * first] == " "
