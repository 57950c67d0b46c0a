"""What a phrase can mean as a word of topics: its senses, and what they come to together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_

from feedsvc.domain.classify.lexicon import parts_of
from feedsvc.domain.classify.tokens import Tokens

HEADLINE_BIT = 1
ANY, CAPITAL, CAPS = "a", "A", "C"


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a phrase can mean.

    `needs`, `shuns` and `gives` are bit sets of cues: of each of `needs` one has to be there, of
    `shuns` none; `gives` is what the phrase itself is a cue of. `cases` is empty where case does
    not matter, else it has a letter a word: `A` for a capital, `C` for capitals only, `a` for any.
    """

    topic: str
    weight: int
    needs: tuple[int, ...]
    shuns: int
    gives: int
    cases: str


@dataclass(slots=True)
class Meaning:
    """All that a phrase can mean, ready to be weighed.

    `gives` holds the cues that it is, and those that its words are (`inside`); `weighed` those of
    its senses that weigh something, as (topic, weight, needs, shuns), topic by topic and the
    weightiest of a topic first. `by_case`: some senses ask for capitals; `by_title`: some need or
    shun a headline.
    """

    senses: tuple[Sense, ...]
    gives: int
    weighed: tuple[tuple[str, int, tuple[int, ...], int], ...]
    by_case: bool
    by_title: bool
    inside: int
    _written: dict[str, Meaning] = field(default_factory=dict)

    def written(self, tokens: Tokens, first: int, past: int) -> Meaning:
        """What is left of it by the capitals of the words from token `first` up to `past`."""
        if past - first == 1:
            cases = _case_of(tokens.word(first))
        else:
            cases = "".join([_case_of(tokens.word(index)) for index in range(first, past)])
        left = self._written.get(cases)
        if left is None:
            allowed = tuple(sense for sense in self.senses if _allows(cases, sense.cases))
            inside = self.inside if allowed else 0
            left = self._written[cases] = _meaning_of(allowed, inside)
        return left


class Meanings(dict[str, Meaning]):
    """What each phrase can mean, by its key: worked out when first asked, for most never are."""

    def __init__(self, phrases: Mapping[str, tuple[Sense, ...]]) -> None:
        """Take the senses that the files give to each phrase, in any order."""
        super().__init__()
        self._phrases = phrases

    def __missing__(self, key: str) -> Meaning:
        senses = sorted(self._senses(key), key=_rank)
        self[key] = meaning = _meaning_of(tuple(senses), self._cues_inside(key))
        return meaning

    def _cues_inside(self, key: str) -> int:
        """What the words of a phrase are cues of, unless it is there to deny what they mean."""
        if " " not in key or not any(sense.weight for sense in self._phrases[key]):
            return 0
        gives = 0
        for _, part in parts_of(key.split(" "), self._phrases):
            for sense in self._phrases[part]:
                if not sense.cases:
                    gives |= sense.gives
        return gives

    def _senses(self, key: str) -> tuple[Sense, ...]:
        """The senses of a phrase, and those that it borrows.

        A phrase that a topic's file denies has the senses that its words have in other topics: so
        `vaccine trial`, which is no matter of courts, still speaks of health.
        """
        own = self._phrases[key]
        if " " not in key or not all(sense.topic and not sense.weight for sense in own):
            return own
        topics = {sense.topic for sense in own}
        lent = [
            replace(sense, cases=ANY * first + sense.cases) if sense.cases and first else sense
            for first, part in parts_of(key.split(" "), self._phrases)
            for sense in self._senses(part)
            if sense.topic not in topics
        ]
        return (*own, *lent)


def _meaning_of(senses: tuple[Sense, ...], inside: int) -> Meaning:
    gives = inside
    for sense in senses:
        gives |= sense.gives
    return Meaning(
        senses,
        gives,
        tuple([(s.topic, s.weight, s.needs, s.shuns) for s in senses if s.weight]),
        by_case=any(sense.cases for sense in senses),
        by_title=any(HEADLINE_BIT & reduce(or_, sense.needs, sense.shuns) for sense in senses),
        inside=inside,
    )


def _case_of(word: str) -> str:
    if word[0].islower():
        return ANY
    return CAPS if word.isupper() else CAPITAL


def _allows(cases: str, asked: str) -> bool:
    """Whether words written so are as a sense asks for: capitals are also a capital."""
    return all(
        ask in (ANY, case) or (ask == CAPITAL and case == CAPS)
        for case, ask in zip(cases, asked, strict=False)
    )


def _rank(sense: Sense) -> tuple[str, int]:
    return sense.topic, -sense.weight
