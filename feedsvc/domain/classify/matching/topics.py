"""Finds the topics of an entry: weighs the terms in it and keeps the best three."""

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


# A phrase found in a text: its key, the text, its first token and the one after it, and what it can
# mean as it is written there.
_Occurrence = tuple[str, Part, int, int, Meaning]


class _Cues:
    """The bits of the cues in an entry: all of them, and those given by two phrases or more."""

    __slots__ = ("again", "all")

    def __init__(self) -> None:
        self.all = 0
        self.again = 0

    def add(self, gives: int) -> None:
        self.again |= self.all & gives
        self.all |= gives

    def without(self, gives: int) -> int:
        """The cues apart from those that a phrase itself gives: it is not its own cue."""
        return (self.all & ~gives) | self.again if gives else self.all


class _TopicScore:
    """The score of a topic, what led to it, and how often each phrase has counted."""

    __slots__ = ("evidence", "times", "total")

    def __init__(self) -> None:
        self.total = 0.0
        self.evidence: list[tuple[_Occurrence, float]] = []
        self.times: dict[str, int] = {}

    def add(self, occurrence: _Occurrence, weight: int) -> None:
        """Add the weight of a phrase: half the second time, nothing after that."""
        key, part, _, _, _ = occurrence
        time = self.times.get(key, 0)
        if time < len(TIMES):
            self.times[key] = time + 1
            added = weight * part.factor * TIMES[time]
            self.total += added
            self.evidence.append((occurrence, added))


def find_topics(
    table: TopicTable, entry: EntryText, terms: Sequence[Match[Meaning]]
) -> list[Label]:
    """The topics of an entry, best first, at most three, each with its words and their weights."""
    cues = _Cues()
    head = entry.parts[0]
    title = head.text if head.where is _TITLE else ""
    for shape in shapes_in(title, entry.tokens.text):
        cues.add(table.bits[shape])
    occurrences = _interpret(entry, terms, cues)
    scores = _weigh(occurrences, cues)
    best = _best(scores, len(entry.tokens.keys))
    return [_label(topic, scores[topic]) for topic in best]


def _interpret(entry: EntryText, terms: Sequence[Match[Meaning]], cues: _Cues) -> list[_Occurrence]:
    """What the terms can mean as they are written; adds their cues to the others."""
    occurrences: list[_Occurrence] = []
    known: set[str] = set()
    for first, past, key, term in terms:
        part = entry.part_with(first)
        by_case = term.by_case and not part.caseless
        meaning = term.written(entry.tokens, first, past) if by_case else term
        if meaning.gives and key not in known:
            known.add(key)
            cues.add(meaning.gives)
        if meaning.weighed:
            occurrences.append((key, part, first, past, meaning))
    return occurrences


def _weigh(occurrences: Sequence[_Occurrence], cues: _Cues) -> dict[str, _TopicScore]:
    """The score of each topic; of a phrase's senses in a topic, the weightiest counts."""
    scores: dict[str, _TopicScore] = {}
    for occurrence in occurrences:
        _, part, _, _, meaning = occurrence
        others = cues.without(meaning.gives) if meaning.by_cue else 0
        if meaning.by_title and _is_headline(part):
            others |= HEADLINE_BIT
        taken = ""
        for sense in meaning.weighed:
            topic = sense.topic
            if topic == taken or sense.excludes & others or not _are_met(sense.needs, others):
                continue
            taken = topic
            score = scores.get(topic)
            if score is None:
                score = scores[topic] = _TopicScore()
            score.add(occurrence, sense.weight)
    return scores


def _are_met(needs: tuple[int, ...], cues: int) -> bool:
    for need in needs:  # noqa: SIM110 -- twice as fast as all() over a generator
        if not cues & need:
            return False
    return True


def _is_headline(part: Part) -> bool:
    return part.where is _TITLE and (part.title_case or part.shouted)


def _best(scores: Mapping[str, _TopicScore], words: int) -> list[str]:
    # Of two topics with equal scores, the one mentioned first comes first.
    ranked = sorted(scores, key=lambda topic: -scores[topic].total)
    floor = SHORT_FLOOR if words < SHORT else FLOOR
    if not ranked or scores[ranked[0]].total < floor:
        return []
    best = scores[ranked[0]].total
    enough = min(max(SECOND_FLOOR, SECOND_SHARE * best), max(AMPLE, AMPLE_SHARE * best))
    return ranked[:1] + [topic for topic in ranked[1:MOST] if scores[topic].total >= enough]


def _label(topic: str, score: _TopicScore) -> Label:
    evidence = [
        part.evidence(first, past, weight) for (_, part, first, past, _), weight in score.evidence
    ]
    return Label(_TOPIC, topic, score.total, tuple(evidence))
