"""Finds the topics of an item: weighs the terms that stand in it and keeps the best three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feedsvc.domain.classify.lexicon import Match
from feedsvc.domain.classify.matching.entry_text import EntryText, Part
from feedsvc.domain.classify.shapes import shapes_in
from feedsvc.domain.classify.vocabulary.topic_meanings import HEADLINE_BIT, Meaning
from feedsvc.domain.classify.vocabulary.topic_table import TopicTable
from feedsvc.domain.model import Kind, Label, Where

_TOPIC, _TITLE = Kind.TOPIC, Where.TITLE
MOST = 3
TIMES = (1.0, 0.5)
FLOOR, SHORT_FLOOR, SHORT = 3.0, 2.0, 12
SECOND_FLOOR, SECOND_SHARE = 5.0, 0.4
AMPLE, AMPLE_SHARE = 8.0, 0.3


# A phrase that stands in a text: its key, the text, the tokens from the first up to the one past
# it, and what it can mean as it is written there.
_Reading = tuple[str, Part, int, int, Meaning]


class _Cues:
    """The bits of the cues that stand in an item: all of them, and those of two phrases or more."""

    __slots__ = ("again", "all")

    def __init__(self) -> None:
        self.all = 0
        self.again = 0

    def add(self, gives: int) -> None:
        self.again |= self.all & gives
        self.all |= gives

    def beside(self, gives: int) -> int:
        """The cues that stand beside a phrase that gives some itself: it is not its own cue."""
        return (self.all & ~gives) | self.again if gives else self.all


class _TopicScore:
    """What speaks for a topic: its score, the words, and how often each phrase has counted."""

    __slots__ = ("proof", "score", "times")

    def __init__(self) -> None:
        self.score = 0.0
        self.proof: list[tuple[_Reading, float]] = []
        self.times: dict[str, int] = {}

    def add(self, reading: _Reading, weight: int) -> None:
        """Add the weight of a phrase: less when it stands there again, and then no more."""
        key, part, _, _, _ = reading
        time = self.times.get(key, 0)
        if time < len(TIMES):
            self.times[key] = time + 1
            added = weight * part.factor * TIMES[time]
            self.score += added
            self.proof.append((reading, added))


def find_topics(
    table: TopicTable, passage: EntryText, terms: Sequence[Match[Meaning]]
) -> list[Label]:
    """The topics of an entry, best first, at most three; each with its words and their weights."""
    cues = _Cues()
    head = passage.parts[0]
    title = head.text if head.where is _TITLE else ""
    for shape in shapes_in(title, passage.tokens.text):
        cues.add(table.bits[shape])
    readings = _read(passage, terms, cues)
    tallies = _weigh(readings, cues)
    best = _best(tallies, len(passage.tokens.keys))
    return [_label(topic, tallies[topic]) for topic in best]


def _read(passage: EntryText, terms: Sequence[Match[Meaning]], cues: _Cues) -> list[_Reading]:
    """What the terms can mean as they are written; their cues are added to the others."""
    readings: list[_Reading] = []
    known: set[str] = set()
    for first, past, key, term in terms:
        part = passage.part_with(first)
        by_case = term.by_case and not part.caseless
        meaning = term.written(passage.tokens, first, past) if by_case else term
        if meaning.gives and key not in known:
            known.add(key)
            cues.add(meaning.gives)
        if meaning.weighed:
            readings.append((key, part, first, past, meaning))
    return readings


def _weigh(readings: Sequence[_Reading], cues: _Cues) -> dict[str, _TopicScore]:
    """What speaks for each topic; of the senses of a phrase in a topic the weightiest counts."""
    tallies: dict[str, _TopicScore] = {}
    for reading in readings:
        _, part, _, _, meaning = reading
        beside = cues.beside(meaning.gives) if meaning.by_cue else 0
        if meaning.by_title and _is_headline(part):
            beside |= HEADLINE_BIT
        taken = ""
        for sense in meaning.weighed:
            topic = sense.topic
            if topic == taken or sense.shuns & beside or not _are_met(sense.needs, beside):
                continue
            taken = topic
            tally = tallies.get(topic)
            if tally is None:
                tally = tallies[topic] = _TopicScore()
            tally.add(reading, sense.weight)
    return tallies


def _are_met(needs: tuple[int, ...], cues: int) -> bool:
    for need in needs:  # noqa: SIM110 -- half the time of all() over a generator
        if not cues & need:
            return False
    return True


def _is_headline(part: Part) -> bool:
    return part.where is _TITLE and (part.title_case or part.shouted)


def _best(tallies: Mapping[str, _TopicScore], words: int) -> list[str]:
    # Of two that weigh the same, the one that is spoken of first goes before.
    ranked = sorted(tallies, key=lambda topic: -tallies[topic].score)
    floor = SHORT_FLOOR if words < SHORT else FLOOR
    if not ranked or tallies[ranked[0]].score < floor:
        return []
    best = tallies[ranked[0]].score
    enough = min(max(SECOND_FLOOR, SECOND_SHARE * best), max(AMPLE, AMPLE_SHARE * best))
    return ranked[:1] + [topic for topic in ranked[1:MOST] if tallies[topic].score >= enough]


def _label(topic: str, tally: _TopicScore) -> Label:
    evidence = [
        part.evidence(first, past, weight) for (_, part, first, past, _), weight in tally.proof
    ]
    return Label(_TOPIC, topic, tally.score, tuple(evidence))
