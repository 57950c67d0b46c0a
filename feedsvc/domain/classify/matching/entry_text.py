"""The texts of an entry as one row of tokens, and which token belongs to which text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from feedsvc.domain.classify.tokens import Tokens, tokenise
from feedsvc.domain.model import Evidence, Where

# How much a phrase counts there.
FACTORS = {Where.TITLE: 2.0, Where.TEXT: 1.0, Where.CAPTION: 0.5}
# The first words say what an entry is about; reading a whole book would delay everything else.
MOST_CHARACTERS = 100_000
_WEIGHTY = 4
_ENOUGH = 3
_HEADLINE = 40


class Part:
    """One text of an entry: its tokens are those from `first` up to but not including `past`.

    `start` is its offset in all texts together. `shouted`: the whole text is in capitals, and not
    just an acronym. `caseless`: capitals mean nothing, because all letters are capitals (`OIL FALLS
    AGAIN`) or none is. `factor`: how much a phrase in it counts.
    """

    __slots__ = (
        "caseless",
        "factor",
        "first",
        "past",
        "shouted",
        "start",
        "text",
        "tokens",
        "where",
    )

    def __init__(
        self, where: Where, text: str, tokens: Tokens, *, first: int, past: int, start: int
    ) -> None:
        """Take a text and say which of all tokens are its own."""
        self.where = where
        self.text = text
        self.tokens = tokens
        self.first = first
        self.past = past
        self.start = start
        self.shouted = text.isupper() and (
            past - first >= _ENOUGH or any(len(key) > _WEIGHTY for key in tokens.keys[first:past])
        )
        self.caseless = self.shouted or text.islower()
        self.factor = FACTORS[where]

    @property
    def title_case(self) -> bool:
        """Whether all longer words are capitalised, as in many headlines (`Ten Ways to Win`)."""
        tokens, past = self.tokens, min(self.past, self.first + _HEADLINE)
        long = [index for index in range(self.first, past) if len(tokens.keys[index]) >= _WEIGHTY]
        return len(long) >= _ENOUGH and all(map(tokens.capitalised, long))

    def evidence(self, first: int, past: int, weight: float) -> Evidence:
        """The tokens from `first` up to but not including `past` as evidence of a label."""
        ends = self.tokens.ends
        start, end = ends[2 * first], ends[2 * past - 1]
        phrase, before = self.tokens.text[start:end], self.start
        values = (phrase, self.where, start - before, end - before, weight)
        # Faster than the class's own constructor; an entry has fifteen of these.
        return tuple.__new__(Evidence, values)


class EntryText:
    """The texts of an entry, at least one, title first; no phrase crosses from one to the next."""

    __slots__ = ("parts", "tokens")

    def __init__(self, tokens: Tokens, parts: list[Part]) -> None:
        """Take the tokens of all texts, and the texts."""
        self.tokens = tokens
        self.parts = parts

    def part_with(self, index: int) -> Part:
        """The text that a token belongs to."""
        for part in self.parts:
            if index < part.past:
                return part
        raise IndexError(index)


def read_entry_text(texts: Iterable[tuple[Where, str]]) -> EntryText:
    """The texts of an entry that are not empty, split into tokens together, up to the limit.

    One long text is split and searched much faster than two short ones.
    """
    there = [(where, text[:MOST_CHARACTERS]) for where, text in texts if text] or [
        (Where.TITLE, "")
    ]
    tokens = tokenise("\n".join([text for _, text in there]))
    parts: list[Part] = []
    start = first = 0
    for where, text in there:
        end = start + len(text)
        # The line break is in a gap, and gaps have the even places.
        past = bisect_left(tokens.ends, end + 1) // 2
        parts.append(Part(where, text, tokens, first=first, past=past, start=start))
        start, first = end + 1, past
    return EntryText(tokens, parts)
