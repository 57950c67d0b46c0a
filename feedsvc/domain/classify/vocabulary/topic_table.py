"""Makes one table of the terms of all topic files: what to look for, and what it would mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from feedsvc.domain.classify.shapes import SHAPES
from feedsvc.domain.classify.tokens import phrase_key, spelt
from feedsvc.domain.classify.vocabulary.file import VocabularyError, VocabularyFile
from feedsvc.domain.classify.vocabulary.topic_meanings import Meanings, TopicSense
from feedsvc.domain.classify.vocabulary.topic_terms import Strength, TopicTerm, read_topic_terms
from feedsvc.domain.model import Kind
from feedsvc.domain.taxonomy import Taxonomy

HEADLINE = "headline"
TERMS = "topics"


class TopicTable:
    """All phrases of all topics with their senses, and the bit of every cue."""

    __slots__ = ("bits", "meanings")

    def __init__(
        self, phrases: Mapping[str, tuple[TopicSense, ...]], bits: Mapping[str, int]
    ) -> None:
        """Take phrases by their keys, and cues by their names."""
        self.bits = bits
        self.meanings = Meanings(phrases)


def read_topic_table(files: Iterable[VocabularyFile], taxonomy: Taxonomy) -> TopicTable:
    """One table of the topic files among the files, those of the folder `topics`.

    What files laid over the package's say of a phrase in a topic replaces what was said before;
    what they add to a set of cues is added.

    Raises:
        VocabularyError: A file or an entry is not of the format, a file is named for no topic of
            the taxonomy, or a term asks for a cue that there is not.
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
    draft = _TableBuilder(_bits_of(chain(base, laid_over)))
    for term in base:
        draft.add(term)
    for term in laid_over:
        draft.forget(term)
    for term in laid_over:
        draft.add(term)
    return TopicTable(draft.senses, draft.bits)


def _bits_of(terms: Iterable[TopicTerm]) -> dict[str, int]:
    names = dict.fromkeys((HEADLINE, *SHAPES))
    for term in terms:
        names[term.group.topic] = names[term.group.cue] = None
    return {name: 1 << index for index, name in enumerate(filter(None, names))}


@dataclass(slots=True)
class _TableBuilder:
    """The senses gathered so far by phrase.

    Terms of a list share their senses: there are tens of thousands, and loading has to be quick.
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
                key, cases = spelt(phrase)
                senses = self._shared(term, "" if phrase.islower() else cases)
            known = self.senses.setdefault(key, senses)
            if known is not senses:
                self.senses[key] = known + senses

    def _shared(self, term: TopicTerm, cases: str) -> tuple[TopicSense, ...]:
        # The terms are there until the table is made: ids will do, and save hashing long tuples.
        same = (id(term.group), id(term.needs), id(term.shuns), cases)
        known = self.shared.get(same)
        if known is None:
            known = self.shared[same] = (self._sense(term, cases),)
        return known

    def _sense(self, term: TopicTerm, cases: str) -> TopicSense:
        group = term.group
        needs = tuple(self._mask(names, term) for names in term.needs)
        shuns = self._mask(term.shuns, term)
        gives = self.bits[group.cue] if group.cue else 0
        if not needs and not shuns and group.strength >= Strength.FAIR:
            gives |= self.bits[group.topic]
        return TopicSense(group.topic, int(group.strength), needs, shuns, gives, cases)

    def _mask(self, names: Iterable[str], term: TopicTerm) -> int:
        mask = 0
        for name in names:
            if name not in self.bits:
                reason = f"{term.phrases[0]!r}: there is no cue or topic {name!r}"
                raise VocabularyError(term.group.file, term.group.entry, reason)
            mask |= self.bits[name]
        return mask

    def forget(self, term: TopicTerm) -> None:
        """Drop what was said of these phrases in their topic; what a set of cues holds stays."""
        topic = term.group.topic
        if not topic and term.group.cue:
            return
        for key in map(phrase_key, term.phrases):
            if key in self.senses:
                kept = tuple(sense for sense in self.senses[key] if sense.topic != topic)
                self.senses[key] = kept
