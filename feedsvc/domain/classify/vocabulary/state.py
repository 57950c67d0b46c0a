"""A vocabulary as plain values that are quick to store and to load.

Most phrases share their senses with many others, so each combination of senses is stored once, and
a phrase has its number.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import fields
from itertools import chain
from typing import Any, TypeVar

from feedsvc.domain.classify.lexicon import Lexicon, spread
from feedsvc.domain.classify.vocabulary.gazetteer import Gazetteer
from feedsvc.domain.classify.vocabulary.place_terms import PlaceSense
from feedsvc.domain.classify.vocabulary.topic_meanings import TopicSense
from feedsvc.domain.classify.vocabulary.topic_table import TopicTable
from feedsvc.domain.classify.vocabulary.vocabulary import Vocabulary
from feedsvc.domain.taxonomy import Taxonomy

S = TypeVar("S", PlaceSense, TopicSense)
# The values of each sense; the numbers of the senses in each combination; the phrases, joined; and
# the number of each phrase's combination, as an array of `_NUMBER`.
_Phrases = tuple[list[tuple[Any, ...]], list[tuple[int, ...]], str, bytes]
# Fingerprint, taxonomy, phrases of places, the gazetteer's other fields, phrases of topics, bits of
# cues; the first words of all phrases and what follows each, joined.
State = tuple[str, Taxonomy, _Phrases, tuple[Any, ...], _Phrases, dict[str, int], tuple[str, str]]
# No phrase contains these. One long string is read much faster than as many short ones.
_BETWEEN, _BETWEEN_HEADS = "\n", "\0"
_NUMBER = "I"
_CONTEXT = ("given_names", "surnames", "civic_before", "civic_after")


def state_of(vocabulary: Vocabulary) -> State:
    """The plain values that a vocabulary can be built from again."""
    gazetteer, topics = vocabulary.gazetteer, vocabulary.topics
    exchanges = {code: _values(sense) for code, sense in gazetteer.exchanges.items()}
    heads = spread(chain(gazetteer.phrases, topics.meanings.phrases))
    return (
        vocabulary.fingerprint,
        vocabulary.taxonomy,
        _number(gazetteer.phrases),
        (*(getattr(gazetteer, name) for name in _CONTEXT), exchanges),
        _number(topics.meanings.phrases),
        dict(topics.bits),
        (_BETWEEN_HEADS.join(heads), _BETWEEN_HEADS.join(heads.values())),
    )


def vocabulary_from(state: State) -> Vocabulary:
    """The vocabulary that these values were made of."""
    fingerprint, taxonomy, places, context, terms, bits, (heads, rests) = state
    given_names, surnames, civic_before, civic_after, exchanges = context
    gazetteer = Gazetteer(
        phrases=_phrases(places, PlaceSense),
        given_names=given_names,
        surnames=surnames,
        civic_before=civic_before,
        civic_after=civic_after,
        exchanges={code: PlaceSense(*values) for code, values in exchanges.items()},
    )
    topics = TopicTable(_phrases(terms, TopicSense), bits)
    following = zip(_split(heads, _BETWEEN_HEADS), rests.split(_BETWEEN_HEADS), strict=False)
    return Vocabulary(
        taxonomy=taxonomy,
        fingerprint=fingerprint,
        gazetteer=gazetteer,
        topics=topics,
        lexicon=Lexicon(gazetteer.phrases, topics.meanings, dict(following)),
    )


def _number(phrases: Mapping[str, tuple[S, ...]]) -> _Phrases:
    senses: dict[S, int] = {}
    combinations: dict[tuple[int, ...], int] = {}
    numbers = array(_NUMBER)
    for meant in phrases.values():
        combination = tuple([senses.setdefault(sense, len(senses)) for sense in meant])
        numbers.append(combinations.setdefault(combination, len(combinations)))
    values = [_values(sense) for sense in senses]
    return values, list(combinations), _BETWEEN.join(phrases), numbers.tobytes()


def _values(sense: PlaceSense | TopicSense) -> tuple[Any, ...]:
    return tuple(getattr(sense, field.name) for field in fields(sense))


def _phrases(state: _Phrases, made: type[S]) -> dict[str, tuple[S, ...]]:
    values, combinations, phrases, numbers = state
    senses = [made(*value) for value in values]
    meant = [tuple([senses[number] for number in combination]) for combination in combinations]
    found = map(meant.__getitem__, array(_NUMBER, numbers))
    return dict(zip(_split(phrases, _BETWEEN), found, strict=True))


def _split(joined: str, between: str) -> list[str]:
    return joined.split(between) if joined else []
