"""Puts the terms of all topic files into one table of phrases and their meanings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from feedsvc.domain.classify.shapes import SHAPES
from feedsvc.domain.classify.tokens import key_and_capitals, phrase_key
from feedsvc.domain.classify.vocabulary.file import VocabularyError, VocabularyFile
from feedsvc.domain.classify.vocabulary.topic_meanings import Meanings, TopicSense
from feedsvc.domain.classify.vocabulary.topic_terms import Strength, TopicTerm, read_topic_terms
from feedsvc.domain.model import Kind
from feedsvc.domain.taxonomy import Taxonomy

HEADLINE = "headline"
TERMS = "topics"


class TopicTable:
    """The phrases of all topics with their meanings, and the bit of every cue."""

    __slots__ = ("bits", "meanings")

    def __init__(
        self, phrases: Mapping[str, tuple[TopicSense, ...]], bits: Mapping[str, int]
    ) -> None:
        """Take phrases by their keys, and cues by their names."""
        self.bits = bits
        self.meanings = Meanings(phrases)


def read_topic_table(files: Iterable[VocabularyFile], taxonomy: Taxonomy) -> TopicTable:
    """The table of the files in the folder `topics`.

    What an operator's file says about a phrase in a topic replaces what the package's files say;
    what it adds to a set of cues is added.

    Raises:
        VocabularyError: A file or an entry is malformed, or a topic or cue does not exist.
    """
    base: list[TopicTerm] = []
    laid_over: list[TopicTerm] = []
    for file in files:
        if file.folder == TERMS and file.name.endswith(".toml"):
            terms = read_topic_terms(file)
            topic = next((term.group.topic for term in terms if term.group.topic), "")
            if topic and not taxonomy.has(Kind.TOPIC, topic):
                raise VocabularyError(file.name, "", f"there is no topic {topic!r}")
            (laid_over if file.overlay else base).extend(terms)
    builder = _TableBuilder(_bits_of(chain(base, laid_over)))
    for term in base:
        builder.add(term)
    for term in laid_over:
        builder.forget(term)
    for term in laid_over:
        builder.add(term)
    return TopicTable(builder.senses, builder.bits)


def _bits_of(terms: Iterable[TopicTerm]) -> dict[str, int]:
    names = dict.fromkeys((HEADLINE, *SHAPES))
    for term in terms:
        names[term.group.topic] = names[term.group.cue] = None
    return {name: 1 << index for index, name in enumerate(filter(None, names))}


@dataclass(slots=True)
class _TableBuilder:
    """Collects the senses of each phrase.

    Terms of a list share their senses, because there are tens of thousands and loading has to be
    quick.
    """

    bits: dict[str, int]
    senses: dict[str, tuple[TopicSense, ...]] = field(default_factory=dict)
    shared: dict[tuple[object, ...], tuple[TopicSense, ...]] = field(default_factory=dict)

    def add(self, term: TopicTerm) -> None:
        """Add the senses of the phrases of a term."""
        senses = self._shared(term, "")
        for phrase in term.phrases:
            if term.plain:
                key = phrase
            else:
                key, cases = key_and_capitals(phrase)
                senses = self._shared(term, "" if phrase.islower() else cases)
            known = self.senses.setdefault(key, senses)
            if known is not senses:
                self.senses[key] = known + senses

    def _shared(self, term: TopicTerm, cases: str) -> tuple[TopicSense, ...]:
        # The terms live until the table is finished, so ids are enough and save hashing tuples.
        same = (id(term.group), id(term.needs), id(term.excludes), cases)
        known = self.shared.get(same)
        if known is None:
            known = self.shared[same] = (self._sense(term, cases),)
        return known

    def _sense(self, term: TopicTerm, cases: str) -> TopicSense:
        group = term.group
        needs = tuple(self._mask(names, term) for names in term.needs)
        excludes = self._mask(term.excludes, term)
        gives = self.bits[group.cue] if group.cue else 0
        if not needs and not excludes and group.strength >= Strength.FAIR:
            gives |= self.bits[group.topic]
        return TopicSense(group.topic, int(group.strength), needs, excludes, gives, cases)

    def _mask(self, names: Iterable[str], term: TopicTerm) -> int:
        mask = 0
        for name in names:
            if name not in self.bits:
                reason = f"{term.phrases[0]!r}: there is no cue or topic {name!r}"
                raise VocabularyError(term.group.file, term.group.entry, reason)
            mask |= self.bits[name]
        return mask

    def forget(self, term: TopicTerm) -> None:
        """Drop the senses of these phrases in their topic, but keep sets of cues."""
        topic = term.group.topic
        if not topic and term.group.cue:
            return
        for key in map(phrase_key, term.phrases):
            if key in self.senses:
                kept = tuple(sense for sense in self.senses[key] if sense.topic != topic)
                self.senses[key] = kept
