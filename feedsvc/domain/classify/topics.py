"""Finds the topics of an item: weighs the terms that stand in it and keeps the best three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from feedsvc.domain.classify.mentions import Part
from feedsvc.domain.classify.topic_shapes import shapes_in
from feedsvc.domain.classify.topic_table import HEADLINE, Sense, TopicTable
from feedsvc.domain.model import Evidence, Kind, Label, Where

MOST = 3
FACTORS = {Where.TITLE: 2.0, Where.TEXT: 1.0, Where.CAPTION: 0.5}
TIMES = (1.0, 0.5)
FLOOR, SHORT_FLOOR, SHORT = 3.0, 2.0, 12
SECOND_FLOOR, SECOND_SHARE = 5.0, 0.4
AMPLE, AMPLE_SHARE = 8.0, 0.3


class _Finding(NamedTuple):
    """A sense of a phrase that the text allows by its writing, not yet by its cues.

    `gives` is what the phrase is a cue of: it cannot be the cue that it needs itself.
    """

    key: str
    part: Part
    first: int
    past: int
    sense: Sense
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
    proof: list[tuple[_Finding, float]] = field(default_factory=list)


def find_topics(table: TopicTable, parts: Sequence[Part]) -> tuple[Label, ...]:
    """The topics of an item, best first, at most three; each with its words and their weights."""
    cues = _Cues()
    for shape in shapes_in(*_texts(parts)):
        cues.add(table.bits[shape])
    findings = _look_up(table, parts, cues)
    tallies = _weigh(findings, cues, table.bits[HEADLINE])
    words = sum(len(part.tokens.keys) for part in parts)
    return tuple(_label(topic, tallies[topic]) for topic in _best(tallies, words))


def _texts(parts: Sequence[Part]) -> tuple[str, str]:
    texts = {part.where: part.tokens.text for part in parts}
    return texts.get(Where.TITLE, ""), texts.get(Where.TEXT, "")


def _look_up(table: TopicTable, parts: Sequence[Part], cues: _Cues) -> list[_Finding]:
    findings: list[_Finding] = []
    known: set[str] = set()
    for part in parts:
        tokens = part.tokens
        caseless = tokens.shouted or tokens.murmured
        for match in table.phrases.find(tokens):
            first, past, senses = match.first, match.past, match.payload
            if not caseless and (len(senses) > 1 or senses[0].cases):
                senses = tuple([s for s in senses if not s.cases or s.is_written_in(tokens, first)])
            gives = 0
            for sense in senses:
                gives |= sense.gives
            key = tokens.keys[first] if past - first == 1 else " ".join(tokens.keys[first:past])
            if gives and key not in known:
                known.add(key)
                cues.add(gives)
            findings += [
                _Finding(key, part, first, past, sense, gives) for sense in senses if sense.weight
            ]
    return findings


def _weigh(findings: Sequence[_Finding], cues: _Cues, headline: int) -> dict[str, _Tally]:
    """What speaks for each topic; of the senses of a phrase in a topic the weightiest counts."""
    tallies: dict[str, _Tally] = {}
    times: dict[tuple[str, str], int] = {}
    taken: tuple[Part, int, str] | None = None
    for finding in findings:
        sense, part = finding.sense, finding.part
        place = (part, finding.first, sense.topic)
        if sense.needs or sense.shuns:
            beside = cues.beside(finding.gives)
            if sense.shuns & headline and _is_headline(part):
                beside |= headline
            if not sense.holds(beside):
                continue
        if place == taken:
            continue
        taken = place
        time = times.get((finding.key, sense.topic), 0)
        if time < len(TIMES):
            times[finding.key, sense.topic] = time + 1
            tally = tallies.setdefault(sense.topic, _Tally())
            weight = sense.weight * FACTORS[part.where] * TIMES[time]
            tally.score += weight
            tally.proof.append((finding, weight))
    return tallies


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
        evidence=tuple(_evidence(finding, weight) for finding, weight in tally.proof),
    )


def _evidence(finding: _Finding, weight: float) -> Evidence:
    tokens = finding.part.tokens
    start, end = tokens.span(finding.first, finding.past)
    return Evidence(
        phrase=tokens.text[start:end],
        where=finding.part.where,
        start=start,
        end=end,
        weight=weight,
    )
