"""The texts of an entry in one row of tokens, and which of them stand in which text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeVar

from feedsvc.domain.classify.lexicon import Match
from feedsvc.domain.classify.tokens import Tokens, tokenise
from feedsvc.domain.model import Evidence, Where

P = TypeVar("P")
_WEIGHTY = 4
_ENOUGH = 3
_HEADLINE = 40


@dataclass(slots=True)
class Part:
    """One text of an entry: its tokens are those from `first` up to, without, `past`.

    `start` is its offset in the passage.
    """

    where: Where
    text: str
    tokens: Tokens
    first: int
    past: int
    start: int

    @property
    def caseless(self) -> bool:
        """Whether capitals say nothing: all is in capitals (`OIL FALLS AGAIN`), or nothing is."""
        return self.text.islower() or self.shouted

    @property
    def shouted(self) -> bool:
        """Whether the whole text is in capitals; an acronym by itself is not."""
        return self.text.isupper() and (
            self.past - self.first >= _ENOUGH
            or any(len(key) > _WEIGHTY for key in self.tokens.keys[self.first : self.past])
        )

    @property
    def title_case(self) -> bool:
        """Whether all words of weight are capitalised, as in many headlines (`Ten Ways to Win`)."""
        tokens, past = self.tokens, min(self.past, self.first + _HEADLINE)
        long = [index for index in range(self.first, past) if len(tokens.keys[index]) >= _WEIGHTY]
        return len(long) >= _ENOUGH and all(map(tokens.capitalised, long))

    def evidence(self, first: int, past: int, weight: float) -> Evidence:
        """The tokens from `first` up to, without, `past` as words that add to a label."""
        ends = self.tokens.ends
        start, end = ends[2 * first], ends[2 * past - 1]
        phrase = self.tokens.text[start:end]
        return Evidence(phrase, self.where, start - self.start, end - self.start, weight)


@dataclass(slots=True)
class Passage:
    """The texts of an entry, title first, one at least; no phrase reaches over the end of one."""

    tokens: Tokens
    parts: Sequence[Part]

    def by_part(self, matches: Sequence[Match[P]]) -> Iterator[tuple[Part, Sequence[Match[P]]]]:
        """The parts with the matches that stand in each; matches are given from left to right."""
        start = 0
        for part in self.parts:
            end = bisect_left(matches, part.past, start, key=itemgetter(0))
            yield part, matches[start:end]
            start = end


def read_passage(texts: Iterable[tuple[Where, str]]) -> Passage:
    """The texts of an entry that are not empty, cut into tokens together.

    One long text is cut, and looked through, much faster than two short ones.
    """
    there = [(where, text) for where, text in texts if text] or [(Where.TITLE, "")]
    tokens = tokenise("\n".join([text for _, text in there]))
    parts: list[Part] = []
    start = first = 0
    for where, text in there:
        end = start + len(text)
        # A line's end stands in a gap, and gaps have the even places.
        past = bisect_left(tokens.ends, end + 1) // 2
        parts.append(Part(where, text, tokens, first, past, start))
        start, first = end + 1, past
    return Passage(tokens, parts)
