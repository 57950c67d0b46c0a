"""What a phrase can mean for topics: its senses, ready to be weighed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from feedsvc.domain.classify.lexicon import parts_of
from feedsvc.domain.classify.tokens import Tokens

HEADLINE_BIT = 1
ANY, CAPITAL, CAPS = "a", "A", "C"


@dataclass(frozen=True, slots=True)
class TopicSense:
    """One meaning of a phrase.

    `needs`, `excludes` and `gives` are bit sets of cues: of each of `needs` one has to occur, of
    `excludes` none may; `gives` are the cues that the phrase itself is. `cases` is empty if case
    does not matter; otherwise it has a letter per word: `A` for a capital, `C` for all capitals,
    `a` for any case.
    """

    topic: str
    weight: int
    needs: tuple[int, ...]
    excludes: int
    gives: int
    cases: str


class Meaning:
    """Every meaning of a phrase, ready to be weighed.

    `gives` are the cues that the phrase is, including those that its words are (`inside`);
    `weighed` are the senses with a weight. `by_case`: some senses depend on capitals; `by_cue`:
    some on cues; `by_title`: some on standing in a headline.
    """

    __slots__ = (
        "_written",
        "by_case",
        "by_cue",
        "by_title",
        "gives",
        "inside",
        "senses",
        "weighed",
    )

    def __init__(self, senses: tuple[TopicSense, ...], inside: int) -> None:
        """Take the senses, grouped by topic and the weightiest of a topic first."""
        self.senses = senses
        self.inside = inside
        self.gives = inside
        self.by_case = False
        asked = 0
        for sense in senses:
            self.gives |= sense.gives
            asked |= sense.excludes
            for need in sense.needs:
                asked |= need
            if sense.cases:
                self.by_case = True
        self.weighed = tuple([sense for sense in senses if sense.weight])
        self.by_cue = bool(asked)
        self.by_title = bool(asked & HEADLINE_BIT)
        self._written: dict[str, Meaning] = {}

    def written(self, tokens: Tokens, first: int, past: int) -> Meaning:
        """The meanings that the capitals of the tokens from `first` up to `past` allow."""
        if past - first == 1:
            cases = _case_of(tokens.word(first))
        else:
            cases = "".join([_case_of(tokens.word(index)) for index in range(first, past)])
        left = self._written.get(cases)
        if left is None:
            allowed = tuple(sense for sense in self.senses if _allows(cases, sense.cases))
            left = self._written[cases] = Meaning(allowed, self.inside if allowed else 0)
        return left


class Meanings(Mapping[str, Meaning]):
    """The meaning of each phrase, by its key; worked out on demand, since most are never needed."""

    __slots__ = ("phrases",)

    def __init__(self, phrases: Mapping[str, tuple[TopicSense, ...]]) -> None:
        """Take the senses that the files give each phrase, in any order."""
        self.phrases = phrases

    def __getitem__(self, key: str) -> Meaning:
        senses = sorted(self._senses(key), key=_rank)
        return Meaning(tuple(senses), self._cues_inside(key))

    def __contains__(self, key: object) -> bool:
        return key in self.phrases

    def __iter__(self) -> Iterator[str]:
        return iter(self.phrases)

    def __len__(self) -> int:
        return len(self.phrases)

    def _cues_inside(self, key: str) -> int:
        """The cues given by the words in a phrase, unless the phrase is there to deny them."""
        if " " not in key or not any(sense.weight for sense in self.phrases[key]):
            return 0
        gives = 0
        for _, part in parts_of(key.split(" "), self.phrases):
            for sense in self.phrases[part]:
                if not sense.cases:
                    gives |= sense.gives
        return gives

    def _senses(self, key: str) -> tuple[TopicSense, ...]:
        """The senses of a phrase, and those that it borrows.

        A phrase that a topic's file denies keeps the senses of its words in other topics: `vaccine
        trial`, which is not about courts, still counts for health.
        """
        own = self.phrases[key]
        if " " not in key or not all(sense.topic and not sense.weight for sense in own):
            return own
        topics = {sense.topic for sense in own}
        lent = [
            replace(sense, cases=ANY * first + sense.cases) if sense.cases and first else sense
            for first, part in parts_of(key.split(" "), self.phrases)
            for sense in self._senses(part)
            if sense.topic not in topics
        ]
        return (*own, *lent)


def _case_of(word: str) -> str:
    if word[0].islower():
        return ANY
    return CAPS if word.isupper() else CAPITAL


def _allows(cases: str, asked: str) -> bool:
    """Whether the case of the words is what a sense needs; all capitals also count as a capital."""
    return all(
        ask in (ANY, case) or (ask == CAPITAL and case == CAPS)
        for case, ask in zip(cases, asked, strict=False)
    )


def _rank(sense: TopicSense) -> tuple[str, int]:
    return sense.topic, -sense.weight
