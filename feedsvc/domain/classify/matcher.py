"""Finds the phrases of a table in a text: the longest at each place, never two over one word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

from feedsvc.domain.classify.tokens import Tokens

P = TypeVar("P")
_Seconds = dict[str, tuple[int, ...]]
_NO_SECONDS: _Seconds = {}


class Match(NamedTuple, Generic[P]):
    """A phrase that stands in the tokens from `first` up to, without, `past`, and its payload."""

    first: int
    past: int
    payload: P


class PhraseTable(Generic[P]):
    """Phrases with a payload each, keyed by `phrase_key`; case is the caller's to judge.

    A phrase that is only there to block others (`new mexico` blocks `mexico`) has a payload that
    says so.
    """

    __slots__ = ("_heads", "_phrases")

    def __init__(self, phrases: Mapping[str, P]) -> None:
        """Take phrases by their keys; empty keys are left out."""
        self._phrases = phrases
        self._heads = _heads_of(phrases)

    def __len__(self) -> int:
        return len(self._phrases)

    def get(self, key: str) -> P | None:
        """The payload of one phrase, by its `phrase_key`."""
        return self._phrases.get(key)

    def find(self, tokens: Tokens) -> list[Match[P]]:
        """All matches from left to right; at each token the longest wins and blocks the rest."""
        found: list[Match[P]] = []
        keys, heads, phrases = tokens.keys, self._heads, self._phrases
        free, end = 0, len(keys)
        for first in [first for first, key in enumerate(keys) if key in heads]:
            if first < free:
                continue
            key = keys[first]
            seconds = heads[key]
            if seconds and first + 1 < end and keys[first + 1] in seconds:
                match = self._longest(tokens, first, seconds[keys[first + 1]])
                if match is not None:
                    found.append(match)
                    free = match.past
                    continue
            if key in phrases:
                found.append(Match(first, first + 1, phrases[key]))
                free = first + 1
        return found

    def _longest(self, tokens: Tokens, first: int, lengths: tuple[int, ...]) -> Match[P] | None:
        for length in lengths:
            past = first + length
            phrase = " ".join(tokens.keys[first:past])
            # A slice stops at the end of the text, and would find a shorter phrase there.
            whole = past <= len(tokens.keys) and phrase in self._phrases
            if whole and tokens.unbroken(first, past):
                return Match(first, past, self._phrases[phrase])
        return None


def _heads_of(phrases: Iterable[str]) -> dict[str, _Seconds]:
    """For each first token its second ones, with the lengths that such phrases have, longest first.

    Second tokens are few where first ones are many (`new …`, `south …`), so that most of a text is
    passed over without putting a phrase together.
    """
    heads: dict[str, _Seconds] = {}
    for phrase in phrases:
        head, space, rest = phrase.partition(" ")
        if not space:
            if head:
                heads.setdefault(head, _NO_SECONDS)
            continue
        seconds = heads.get(head)
        if not seconds:
            seconds = heads[head] = {}
        second = rest.partition(" ")[0]
        length = rest.count(" ") + 2
        lengths = seconds.get(second)
        if lengths is None:
            seconds[second] = (length,)
        elif length not in lengths:
            seconds[second] = tuple(sorted((*lengths, length), reverse=True))
    return heads
