"""Finds known phrases in a text: the longest at each place, never two of a kind over one word."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import chain
from typing import Generic, TypeVar

from feedsvc.domain.classify.tokens import Tokens

N = TypeVar("N")
T = TypeVar("T")
P = TypeVar("P")
# A phrase that stands in the tokens from `first` up to, without, `past`, as (first, past, key,
# payload). A plain tuple, for there are fifteen in a teaser.
Match = tuple[int, int, str, P]
# Which tokens may follow a token in a longer phrase, and how long such phrases are, longest first.
_Seconds = dict[str, tuple[int, ...]]
# What a token means by itself as a name and as a term, and what may follow it; None: not yet read.
_Head = tuple[N | None, T | None, _Seconds | None]
_NO_SECONDS: _Seconds = {}
_PAIR = 2


class Lexicon(Generic[N, T]):
    """Names (of places) and terms (of topics), each a phrase with a payload.

    Both are keyed by `phrase_key`; case is the caller's to judge. A phrase that is only there to
    block others (`new mexico` blocks `mexico`) has a payload that says so. They are looked up in
    one pass, but a name blocks names only, and a term terms.
    """

    __slots__ = ("_heads", "_names", "_rests", "_terms")

    def __init__(self, names: Mapping[str, N], terms: Mapping[str, T]) -> None:
        """Take phrases by their keys; empty keys are left out."""
        self._names = names
        self._terms = terms
        single: list[str] = []
        rests: dict[str, list[str]] = {}
        for phrase in chain(names, terms):
            head, space, rest = phrase.partition(" ")
            if not space:
                single.append(phrase)
            elif head in rests:
                rests[head].append(rest)
            else:
                rests[head] = [rest]
        self._rests = rests
        name, term = names.get, terms.get
        self._heads: dict[str, _Head[N, T]] = {
            head: (name(head), term(head), _NO_SECONDS) for head in filter(None, single)
        }
        self._heads.update({head: (name(head), term(head), None) for head in rests})

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
            if seconds is None:
                seconds = self._read(keys[first])
            if seconds and first < last and keys[first + 1] in seconds:
                long_name, long_term = self._longest(tokens, first, seconds[keys[first + 1]])
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
        self, tokens: Tokens, first: int, lengths: tuple[int, ...]
    ) -> tuple[Match[N] | None, Match[T] | None]:
        keys, names, terms = tokens.keys, self._names, self._terms
        name: Match[N] | None = None
        term: Match[T] | None = None
        for length in lengths:
            past = first + length
            key = " ".join(keys[first:past])
            is_name, is_term = name is None and key in names, term is None and key in terms
            # A slice stops at the end of the text, and would find a shorter phrase there.
            if (is_name or is_term) and past <= len(keys) and tokens.unbroken(first, past):
                name = (first, past, key, names[key]) if is_name else name
                term = (first, past, key, terms[key]) if is_term else term
        return name, term

    def _read(self, head: str) -> _Seconds:
        """What may follow a token, read when it is first met: most of the lexicon never is.

        Second tokens are few where first ones are many (`new …`, `south …`), so that most of a text
        is passed over without putting a phrase together.
        """
        lengths: dict[str, set[int]] = {}
        for rest in self._rests[head]:
            second, _, more = rest.partition(" ")
            lengths.setdefault(second, set()).add(_PAIR + (more.count(" ") + 1 if more else 0))
        seconds = {second: tuple(sorted(found)[::-1]) for second, found in lengths.items()}
        name, term, _ = self._heads[head]
        self._heads[head] = (name, term, seconds)
        return seconds


def parts_of(words: Sequence[str], phrases: Container[str]) -> Iterator[tuple[int, str]]:
    """The longest known phrases in a phrase, without itself, and the words that stand before."""
    count = len(words)
    first = 0
    while first < count:
        for past in range(count, first, -1):
            part = " ".join(words[first:past]) if past - first > 1 else words[first]
            if past - first < count and part in phrases:
                yield first, part
                first = past
                break
        else:
            first += 1
