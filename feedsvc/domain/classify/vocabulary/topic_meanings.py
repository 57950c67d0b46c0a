"""What a phrase can mean as a word of topics: its senses, and what they come to together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from feedsvc.domain.classify.lexicon import parts_of
from feedsvc.domain.classify.tokens import Tokens

HEADLINE_BIT = 1
ANY, CAPITAL, CAPS = "a", "A", "C"


@dataclass(frozen=True, slots=True)
class TopicSense:
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


class Meaning:
    """All that a phrase can mean, ready to be weighed.

    `gives` holds the cues that it is, and those that its words are (`inside`); `weighed` those of
    its senses that weigh something. `by_case`: some senses ask for capitals; `by_cue`: some need or
    shun cues, `by_title`: a headline among them.
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
        """Take the senses, topic by topic and the weightiest of a topic first."""
        self.senses = senses
        self.inside = inside
        self.gives = inside
        self.by_case = False
        asked = 0
        for sense in senses:
            self.gives |= sense.gives
            asked |= sense.shuns
            for need in sense.needs:
                asked |= need
            if sense.cases:
                self.by_case = True
        self.weighed = tuple([sense for sense in senses if sense.weight])
        self.by_cue = bool(asked)
        self.by_title = bool(asked & HEADLINE_BIT)
        self._written: dict[str, Meaning] = {}

    def written(self, tokens: Tokens, first: int, past: int) -> Meaning:
        """What is left of it by the capitals of the words from token `first` up to `past`."""
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
    """What each phrase can mean, by its key: worked out when asked, for most never are."""

    __slots__ = ("_phrases",)

    def __init__(self, phrases: Mapping[str, tuple[TopicSense, ...]]) -> None:
        """Take the senses that the files give to each phrase, in any order."""
        self._phrases = phrases

    def __getitem__(self, key: str) -> Meaning:
        senses = sorted(self._senses(key), key=_rank)
        return Meaning(tuple(senses), self._cues_inside(key))

    def __contains__(self, key: object) -> bool:
        return key in self._phrases

    def __iter__(self) -> Iterator[str]:
        return iter(self._phrases)

    def __len__(self) -> int:
        return len(self._phrases)

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

    def _senses(self, key: str) -> tuple[TopicSense, ...]:
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


def _rank(sense: TopicSense) -> tuple[str, int]:
    return sense.topic, -sense.weight
