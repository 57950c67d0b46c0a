"""Finds known phrases in a text: the longest at each place, never two of a kind over one word."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Generic, TypeVar

from feedsvc.domain.classify.tokens import Tokens

N = TypeVar("N")
T = TypeVar("T")
P = TypeVar("P")
# A phrase that stands in the tokens from `first` up to, without, `past`, as (first, past, key,
# payload). A plain tuple, for there are fifteen in a teaser.
Match = tuple[int, int, str, P]
# What the tokens so far mean as a name and as a term, their key, and what may follow them.
_Node = list[Any]
_Following = dict[str, _Node]
# The same for a first token, whose key it is itself; None: what may follow is not yet read.
_Head = tuple[N | None, T | None, _Following | None]
_NOTHING: _Following = {}


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
            head: (name(head), term(head), _NOTHING) for head in filter(None, single)
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
            name, term, following = head
            if following is None:
                following = self._read(keys[first])
            if following and first < last and keys[first + 1] in following:
                long_name, long_term = _longest(tokens, first, following)
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

    def _read(self, head: str) -> _Following:
        """What may follow a token, read when it is first met: most of the lexicon never is."""
        names, terms = self._names, self._terms
        following: _Following = {}
        for rest in self._rests[head]:
            level, key = following, f"{head} {rest}"
            *before, last = rest.split(" ")
            for word in before:
                level = level.setdefault(word, [None, None, "", {}])[3]
            node = level.setdefault(last, [None, None, "", {}])
            node[:3] = names.get(key), terms.get(key), key
        name, term, _ = self._heads[head]
        self._heads[head] = (name, term, following)
        return following


def _longest(
    tokens: Tokens, first: int, following: _Following
) -> tuple[Match[Any] | None, Match[Any] | None]:
    """The longest name and the longest term of two tokens or more from `first` on."""
    keys = tokens.keys
    end = len(keys)
    long_name: Match[Any] | None = None
    long_term: Match[Any] | None = None
    past = first + 1
    while past < end and (node := following.get(keys[past])) and tokens.joins(past):
        name, term, key, following = node
        past += 1
        if name is not None:
            long_name = (first, past, key, name)
        if term is not None:
            long_term = (first, past, key, term)
        if not following:
            break
    return long_name, long_term


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
