"""Finds known phrases in a text: the longest at each word, and no two of a kind that overlap."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Generic, TypeVar

from feedsvc.domain.classify.tokens import Tokens

N = TypeVar("N")
T = TypeVar("T")
P = TypeVar("P")
# A phrase found in the tokens from `first` up to but not including `past`, as (first, past, key,
# payload). A plain tuple, because a teaser has fifteen of them.
Match = tuple[int, int, str, P]
# What may follow some tokens: a node, or the rests of the phrases, a line each, until they are
# first needed.
_Following = dict[str, "_Node | str"]
_NOTHING: _Following = {}


class _Node:
    """What the tokens so far (`key`) mean as a name and as a term, and what may follow them.

    `known`: they are a term; its meaning is looked up when it is first found.
    """

    __slots__ = ("following", "key", "known", "name", "term")

    def __init__(self, key: str, name: Any, *, known: bool, rests: str) -> None:
        self.key = key
        self.name = name
        self.known = known
        self.term: Any = None
        self.following: _Following = _NOTHING
        if rests:
            self.following = {}
            self.following.update(spread(rests.split("\n")))


class Lexicon(Generic[N, T]):
    """Names (of places) and terms (of topics), each a phrase with a payload.

    Both are keyed by `phrase_key`; the caller judges case. A phrase that is only there to block
    others (`new mexico` blocks `mexico`) has a payload that says so. Both are looked up in one
    pass, but a name blocks only names, and a term only terms.

    Phrases are read word by word as texts lead to them; most of the lexicon never is.
    """

    __slots__ = ("_heads", "_names", "_terms")

    def __init__(
        self,
        names: Mapping[str, N],
        terms: Mapping[str, T],
        heads: Mapping[str, str] | None = None,
    ) -> None:
        """Take phrases by their keys, ignoring empty ones; and `spread` of them all, if known."""
        self._names = names
        self._terms = terms
        self._heads: _Following = {}
        self._heads.update(spread(chain(names, terms)) if heads is None else heads)

    def find(self, tokens: Tokens) -> tuple[list[Match[N]], list[Match[T]]]:
        """The names and the terms in a text, from left to right; the longest blocks the others."""
        found_names: list[Match[N]] = []
        found_terms: list[Match[T]] = []
        keys = tokens.keys
        last = len(keys) - 1
        free_for_name = free_for_term = 0
        for first, head in enumerate(map(self._heads.get, keys)):
            if head is None:
                continue
            node = head if isinstance(head, _Node) else self._read(self._heads, keys[first], "")
            past_name = past_term = first + 1
            as_name = as_term = node
            if first < last and keys[past_name] in node.following:
                past_name, as_name, past_term, as_term = self._longest(tokens, first, node)
            if as_name.name is not None and first >= free_for_name:
                found_names.append((first, past_name, as_name.key, as_name.name))
                free_for_name = past_name
            if as_term.known and first >= free_for_term:
                if as_term.term is None:
                    as_term.term = self._terms[as_term.key]
                found_terms.append((first, past_term, as_term.key, as_term.term))
                free_for_term = past_term
        return found_names, found_terms

    def _longest(self, tokens: Tokens, first: int, node: _Node) -> tuple[int, _Node, int, _Node]:
        """Where the longest name and the longest term from a token on end, with their nodes."""
        keys = tokens.keys
        end = len(keys)
        as_name = as_term = node
        past = past_name = past_term = first + 1
        while past < end and (there := node.following.get(keys[past])) is not None:
            if not tokens.joins(past):
                break
            if isinstance(there, _Node):
                node = there
            else:
                node = self._read(node.following, keys[past], f"{node.key} ")
            past += 1
            if node.name is not None:
                as_name, past_name = node, past
            if node.known:
                as_term, past_term = node, past
        return past_name, as_name, past_term, as_term

    def _read(self, following: _Following, word: str, before: str) -> _Node:
        rests, key = following[word], before + word
        if isinstance(rests, _Node):
            # Another thread has done it already.
            return rests
        node = _Node(key, self._names.get(key), known=key in self._terms, rests=rests)
        following[word] = node
        return node


def spread(phrases: Iterable[str]) -> dict[str, str]:
    """The rests of phrases, a line each, by their first words."""
    rests: dict[str, list[str]] = {}
    single: list[str] = []
    for phrase in phrases:
        head, _, rest = phrase.partition(" ")
        if not rest:
            single.append(head)
        elif head in rests:
            rests[head].append(rest)
        else:
            rests[head] = [rest]
    heads = dict.fromkeys(filter(None, single), "")
    heads.update({head: "\n".join(lines) for head, lines in rests.items()})
    return heads


def parts_of(words: Sequence[str], phrases: Container[str]) -> Iterator[tuple[int, str]]:
    """The longest known phrases inside a phrase, each with the number of words before it."""
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
