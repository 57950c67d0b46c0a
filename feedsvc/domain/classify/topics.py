"""Finds the topics of an item: weighs the terms that stand in it and keeps the best three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from feedsvc.domain.classify.mentions import Part
from feedsvc.domain.classify.tokens import Tokens
from feedsvc.domain.classify.topic_shapes import shapes_in
from feedsvc.domain.classify.topic_table import HEADLINE, Sense, TopicTable
from feedsvc.domain.model import Evidence, Kind, Label, Where

MOST = 3
FACTORS = {Where.TITLE: 2.0, Where.TEXT: 1.0, Where.CAPTION: 0.5}
TIMES = (1.0, 0.5)
FLOOR, SHORT_FLOOR, SHORT = 3.0, 2.0, 12
SECOND_FLOOR, SECOND_SHARE = 5.0, 0.4
AMPLE, AMPLE_SHARE = 8.0, 0.3


class _Reading(NamedTuple):
    """A phrase that stands in a text, with the senses that its writing allows, not yet its cues.

    `gives` is what the phrase is a cue of: it cannot be the cue that it needs itself.
    """

    key: str
    part: Part
    first: int
    past: int
    senses: tuple[Sense, ...]
    gives: int


@dataclass(slots=True)
class _Cues:
    """The bits of the cues that stand in an item: all of them, and those of two phrases or more."""

    all: int = 0
    again: int = 0

    def add(self, gives: int) -> None:
        self.again |= self.all & gives
        self.all |= gives

    def beside(self, gives: int) -> int:
        """The cues that stand beside a phrase that gives some itself."""
        return (self.all & ~gives) | self.again


@dataclass(slots=True)
class _Tally:
    """What speaks for a topic."""

    score: float = 0.0
    proof: list[tuple[_Reading, float]] = field(default_factory=list)


def find_topics(table: TopicTable, parts: Sequence[Part]) -> tuple[Label, ...]:
    """The topics of an item, best first, at most three; each with its words and their weights."""
    cues = _Cues()
    for shape in shapes_in(*_texts(parts)):
        cues.add(table.bits[shape])
    readings = _look_up(table, parts, cues)
    tallies = _weigh(readings, cues, table.bits[HEADLINE])
    words = sum(len(part.tokens.keys) for part in parts)
    return tuple(_label(topic, tallies[topic]) for topic in _best(tallies, words))


def _texts(parts: Sequence[Part]) -> tuple[str, str]:
    texts = {part.where: part.tokens.text for part in parts}
    return texts.get(Where.TITLE, ""), texts.get(Where.TEXT, "")


def _look_up(table: TopicTable, parts: Sequence[Part], cues: _Cues) -> list[_Reading]:
    readings: list[_Reading] = []
    known: set[str] = set()
    for part in parts:
        tokens = part.tokens
        caseless = tokens.shouted or tokens.murmured
        for first, past, known_senses in table.phrases.find(tokens):
            senses = known_senses if caseless else _as_written(known_senses, tokens, first)
            gives = 0
            for sense in senses:
                gives |= sense.gives
            key = tokens.keys[first] if past - first == 1 else " ".join(tokens.keys[first:past])
            if gives and key not in known:
                known.add(key)
                cues.add(gives)
            readings.append(_Reading(key, part, first, past, senses, gives))
    return readings


def _as_written(senses: tuple[Sense, ...], tokens: Tokens, first: int) -> tuple[Sense, ...]:
    for sense in senses:
        if sense.cases:
            return tuple([s for s in senses if not s.cases or s.is_written_in(tokens, first)])
    return senses


def _weigh(readings: Sequence[_Reading], cues: _Cues, headline: int) -> dict[str, _Tally]:
    """What speaks for each topic; of the senses of a phrase in a topic the weightiest counts."""
    tallies: dict[str, _Tally] = {}
    times: dict[tuple[str, str], int] = {}
    for reading in readings:
        taken = ""
        for sense in reading.senses:
            topic = sense.topic
            if not sense.weight or topic == taken:
                continue
            if (sense.needs or sense.shuns) and not _holds(sense, reading, cues, headline):
                continue
            taken = topic
            time = times.get((reading.key, topic), 0)
            if time < len(TIMES):
                times[reading.key, topic] = time + 1
                weight = sense.weight * FACTORS[reading.part.where] * TIMES[time]
                tally = tallies.get(topic)
                if tally is None:
                    tally = tallies[topic] = _Tally()
                tally.score += weight
                tally.proof.append((reading, weight))
    return tallies


def _holds(sense: Sense, reading: _Reading, cues: _Cues, headline: int) -> bool:
    beside = cues.beside(reading.gives)
    if sense.shuns & headline and _is_headline(reading.part):
        beside |= headline
    return sense.holds(beside)


def _is_headline(part: Part) -> bool:
    return part.where is Where.TITLE and (part.tokens.title_case or part.tokens.shouted)


def _best(tallies: Mapping[str, _Tally], words: int) -> list[str]:
    ranked = sorted(tallies, key=lambda topic: (-tallies[topic].score, topic))
    floor = SHORT_FLOOR if words < SHORT else FLOOR
    if not ranked or tallies[ranked[0]].score < floor:
        return []
    best = tallies[ranked[0]].score
    enough = min(max(SECOND_FLOOR, SECOND_SHARE * best), max(AMPLE, AMPLE_SHARE * best))
    return ranked[:1] + [topic for topic in ranked[1:MOST] if tallies[topic].score >= enough]


def _label(topic: str, tally: _Tally) -> Label:
    return Label(
        kind=Kind.TOPIC,
        value=topic,
        score=tally.score,
        evidence=tuple(_evidence(reading, weight) for reading, weight in tally.proof),
    )


def _evidence(reading: _Reading, weight: float) -> Evidence:
    tokens = reading.part.tokens
    start, end = tokens.span(reading.first, reading.past)
    return Evidence(
        phrase=tokens.text[start:end],
        where=reading.part.where,
        start=start,
        end=end,
        weight=weight,
    )
