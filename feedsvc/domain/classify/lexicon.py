"""Finds known phrases in a text: the longest at each place, never two over one word."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any, Generic, TypeVar

from feedsvc.domain.classify.tokens import Tokens

N = TypeVar("N")
T = TypeVar("T")
P = TypeVar("P")
# A phrase that stands in the tokens from `first` up to, without, `past`, as (first, past, key,
# payload). A plain tuple, for there are fifteen in a teaser.
Match = tuple[int, int, str, P]
# By the second token of a phrase: what the two mean by themselves, and how long the phrases are
# that start so and have more, shortest first.
_Pair = tuple[N | None, T | None, tuple[int, ...]]
_NO_SECONDS: dict[str, Any] = {}
_Head = tuple[N | None, T | None, dict[str, _Pair[N, T]]]


class Lexicon(Generic[N, T]):
    """Names (of places) and terms (of topics), each a phrase with a payload.

    Both are keyed by `phrase_key`; case is the caller's to judge. A phrase that is only there to
    block others (`new mexico` blocks `mexico`) has a payload that says so. They are looked up in
    one pass, but a name blocks names only, and a term terms.
    """

    __slots__ = ("_heads", "_names", "_terms")

    def __init__(self, names: Mapping[str, N], terms: Mapping[str, T]) -> None:
        """Take phrases by their keys; empty keys are left out."""
        self._names = names
        self._terms = terms
        self._heads = _heads_of(names, terms)

    def find(self, tokens: Tokens) -> tuple[list[Match[N]], list[Match[T]]]:
        """The names and the terms in a text from left to right; the longest blocks the rest."""
        found_names: list[Match[N]] = []
        found_terms: list[Match[T]] = []
        keys = tokens.keys
        last = len(keys) - 1
        free_for_name = free_for_term = 0
        for first, head in enumerate(map(self._heads.get, keys)):
            if head is None:
                continue
            name, term, seconds = head
            if seconds and first < last and keys[first + 1] in seconds and tokens.joins(first + 1):
                pair = seconds[keys[first + 1]]
                long_name, long_term = self._longest(tokens, first, pair)
                if long_name is not None and first >= free_for_name:
                    found_names.append(long_name)
                    free_for_name = long_name[1]
                if long_term is not None and first >= free_for_term:
                    found_terms.append(long_term)
                    free_for_term = long_term[1]
            if name is not None and first >= free_for_name:
                found_names.append((first, first + 1, keys[first], name))
            if term is not None and first >= free_for_term:
                found_terms.append((first, first + 1, keys[first], term))
        return found_names, found_terms

    def _longest(
        self, tokens: Tokens, first: int, pair: _Pair[N, T]
    ) -> tuple[Match[N] | None, Match[T] | None]:
        keys = tokens.keys
        name, term, lengths = pair
        past = first + 2
        key = f"{keys[first]} {keys[first + 1]}"
        long_name = None if name is None else (first, past, key, name)
        long_term = None if term is None else (first, past, key, term)
        for length in lengths:
            while past < first + length:
                if past == len(keys) or not tokens.joins(past):
                    return long_name, long_term
                past += 1
            key = " ".join(keys[first:past])
            if key in self._names:
                long_name = (first, past, key, self._names[key])
            if key in self._terms:
                long_term = (first, past, key, self._terms[key])
        return long_name, long_term


def _heads_of(names: Mapping[str, N], terms: Mapping[str, T]) -> dict[str, _Head[N, T]]:
    """What a phrase can start with: by its first token, then by its second.

    Second tokens are few where first ones are many (`new …`, `south …`), so that most of a text is
    passed over without putting a phrase together.
    """
    starts: dict[str, dict[str, _Pair[N, T]]] = {}
    single: list[str] = []
    for phrase in chain(names, terms):
        if " " not in phrase:
            single.append(phrase)
            continue
        first, _, rest = phrase.partition(" ")
        second, more, tail = rest.partition(" ")
        seconds = starts.get(first)
        if seconds is None:
            seconds = starts[first] = {}
        pair = seconds.get(second)
        if not more:
            lengths = pair[2] if pair else ()
            seconds[second] = (names.get(phrase), terms.get(phrase), lengths)
            continue
        length = tail.count(" ") + 3
        if pair is None:
            seconds[second] = (None, None, (length,))
        elif length not in pair[2]:
            seconds[second] = (pair[0], pair[1], tuple(sorted((*pair[2], length))))
    heads: dict[str, _Head[N, T]] = {
        first: (names.get(first), terms.get(first), seconds) for first, seconds in starts.items()
    }
    for phrase in single:
        if phrase not in heads and phrase:
            heads[phrase] = (names.get(phrase), terms.get(phrase), _NO_SECONDS)
    return heads
