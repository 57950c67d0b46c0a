"""Finds the phrases of a table in a text: the longest at each place, never two over one word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from feedsvc.domain.classify.tokens import Tokens

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Match(Generic[P]):
    """A phrase that stands in the tokens from `first` up to, without, `past`, and its payload."""

    first: int
    past: int
    payload: P


class PhraseTable(Generic[P]):
    """Phrases with a payload each, keyed by `phrase_key`; case is the caller's to judge.

    A phrase that is only there to block others (`new mexico` blocks `mexico`) has a payload that
    says so.
    """

    __slots__ = ("_lengths", "_phrases")

    def __init__(self, phrases: Mapping[str, P]) -> None:
        """Take phrases by their keys; empty keys are left out."""
        self._phrases = phrases
        self._lengths = _lengths_by_head(phrases)

    def __len__(self) -> int:
        return len(self._phrases)

    def get(self, key: str) -> P | None:
        """The payload of one phrase, by its `phrase_key`."""
        return self._phrases.get(key)

    def find(self, tokens: Tokens) -> list[Match[P]]:
        """All matches from left to right; at each token the longest wins and blocks the rest."""
        found: list[Match[P]] = []
        keys, lengths, phrases = tokens.keys, self._lengths, self._phrases
        free, end = 0, len(keys)
        for first, key in enumerate(keys):
            if key not in lengths or first < free:
                continue
            for length in lengths[key]:
                past = first + length
                if past > end:
                    continue
                phrase = key if length == 1 else " ".join(keys[first:past])
                if phrase in phrases and (length == 1 or tokens.unbroken(first, past)):
                    found.append(Match(first, past, phrases[phrase]))
                    free = past
                    break
        return found


def _lengths_by_head(phrases: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For each first token the lengths, in tokens, of the phrases that it starts; longest first."""
    lengths: dict[str, tuple[int, ...]] = {}
    for phrase in phrases:
        length = phrase.count(" ") + 1
        head = phrase if length == 1 else phrase[: phrase.index(" ")]
        known = lengths.get(head, ())
        if length not in known:
            lengths[head] = tuple(sorted((*known, length), reverse=True))
    lengths.pop("", None)
    return lengths
