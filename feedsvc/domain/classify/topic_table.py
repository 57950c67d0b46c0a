"""Makes one table of the terms of all topic files: what to look for, and what it would mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from feedsvc.domain.classify.matcher import PhraseTable
from feedsvc.domain.classify.source import Source, VocabularyError
from feedsvc.domain.classify.tokens import Tokens, phrase_key, tokenise
from feedsvc.domain.classify.topic_shapes import SHAPES
from feedsvc.domain.classify.topic_terms import Strength, Term, read_topic_terms
from feedsvc.domain.model import Kind
from feedsvc.domain.taxonomy import Taxonomy

HEADLINE = "headline"
ANY, CAPITAL, CAPS = "a", "c", "C"
_ACRONYM = 3


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a phrase can mean.

    `needs`, `shuns` and `gives` are bit sets of cues: of each of `needs` one has to be there, of
    `shuns` none; `gives` is what the phrase itself is a cue of. `cases` is empty where case does
    not matter, else it has a letter a word: `c` for a capital, `C` for capitals only, `a` for any.
    """

    topic: str
    weight: int
    needs: tuple[int, ...]
    shuns: int
    gives: int
    cases: str

    def is_written_in(self, tokens: Tokens, first: int) -> bool:
        """Whether the words from token `first` on have the capitals that this sense asks for."""
        for index, case in enumerate(self.cases, first):
            word = tokens.words[index]
            if case == ANY:
                continue
            if word[0].islower() or (case == CAPS and not word.isupper()):
                return False
        return True

    def holds(self, cues: int) -> bool:
        """Whether the cues of an item allow this sense."""
        if cues & self.shuns:
            return False
        for need in self.needs:  # noqa: SIM110 -- half the time of all() over a generator
            if not cues & need:
                return False
        return True


@dataclass(frozen=True, slots=True)
class TopicTable:
    """All phrases of all topics with their senses, and the bit of every cue."""

    phrases: PhraseTable[tuple[Sense, ...]]
    bits: dict[str, int]


def read_topic_table(sources: Iterable[Source], taxonomy: Taxonomy) -> TopicTable:
    """One table of the topic files among the sources, those of the folder `topics`.

    What the second file of a name says of a phrase in its topic replaces what the first said.

    Raises:
        VocabularyError: A file or an entry is not of the format, a file is named for no topic of
            the taxonomy, or a term asks for a cue that there is not.
    """
    layers: dict[str, list[tuple[Term, ...]]] = {}
    for source in sources:
        if source.folder == "topics" and source.name.endswith(".toml"):
            terms = read_topic_terms(source)
            topic = next((term.group.topic for term in terms if term.group.topic), "")
            if topic and not taxonomy.has(Kind.TOPIC, topic):
                raise VocabularyError(source.name, "", f"there is no topic {topic!r}")
            layers.setdefault(source.name, []).append(terms)
    return build_topic_table(list(layers.values()))


def build_topic_table(files: Sequence[Sequence[Sequence[Term]]]) -> TopicTable:
    """One table of the terms of files, each a package's own followed by those laid over it.

    Raises:
        VocabularyError: A term needs or shuns a cue that is defined nowhere.
    """
    draft = _Draft(_bits_of(term for layers in files for terms in layers for term in terms))
    for layers in files:
        for number, terms in enumerate(layers):
            if number:
                draft.forget(terms)
            for term in terms:
                draft.add(term)
    draft.lend()
    return TopicTable(PhraseTable(draft.sorted_senses()), draft.bits)


def _bits_of(terms: Iterable[Term]) -> dict[str, int]:
    names = dict.fromkeys((HEADLINE, *SHAPES))
    for term in terms:
        names[term.group.topic] = names[term.group.cue] = None
    return {name: 1 << index for index, name in enumerate(filter(None, names))}


@dataclass(slots=True)
class _Draft:
    """The senses gathered so far by phrase, which phrases have several, which are denied a topic.

    Terms of a list share their senses: there are tens of thousands, and loading has to be quick.
    """

    bits: dict[str, int]
    senses: dict[str, tuple[Sense, ...]] = field(default_factory=dict)
    several: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    shared: dict[tuple[object, ...], tuple[Sense, ...]] = field(default_factory=dict)

    def add(self, term: Term) -> None:
        senses = self.senses
        for phrase in term.phrases:
            if phrase.islower():
                alike = self._shared(term, "")
                key = phrase if _is_plain(phrase) else phrase_key(phrase)
            else:
                alike = self._shared(term, _cases(phrase))
                key = phrase.lower() if _is_plain(phrase) else phrase_key(phrase)
            if key in senses:
                senses[key] += alike
                self.several.add(key)
            else:
                senses[key] = alike
            if term.group.topic and not term.group.strength:
                self.denied.add(key)

    def _shared(self, term: Term, cases: str) -> tuple[Sense, ...]:
        same = (id(term.group), term.needs, term.shuns, cases)
        known = self.shared.get(same)
        if known is None:
            known = self.shared[same] = (self._sense(term, cases),)
        return known

    def _sense(self, term: Term, cases: str) -> Sense:
        group = term.group
        needs = tuple(self._mask(names, term) for names in term.needs)
        shuns = self._mask(term.shuns, term)
        gives = self.bits[group.cue] if group.cue else 0
        if not needs and not shuns and group.strength >= Strength.FAIR:
            gives |= self.bits[group.topic]
        return Sense(group.topic, int(group.strength), needs, shuns, gives, cases)

    def _mask(self, names: Iterable[str], term: Term) -> int:
        mask = 0
        for name in names:
            if name not in self.bits:
                reason = f"{term.phrases[0]!r}: there is no cue or topic {name!r}"
                raise VocabularyError(term.group.file, term.group.entry, reason)
            mask |= self.bits[name]
        return mask

    def forget(self, terms: Iterable[Term]) -> None:
        """Drop what was said of these phrases in their topics; what a set of cues holds stays."""
        for term in terms:
            topic = term.group.topic
            if not topic and term.group.cue:
                continue
            for key in map(phrase_key, term.phrases):
                if key in self.senses:
                    kept = tuple(sense for sense in self.senses[key] if sense.topic != topic)
                    self.senses[key] = kept

    def lend(self) -> None:
        """A phrase that a topic's file denies gets the senses that its words have in other topics.

        So `vaccine trial`, which is no matter of courts, still speaks of health.
        """
        for key in sorted(self.denied, key=lambda key: (len(key), key)):
            own = self.senses[key]
            if " " not in key or not all(sense.topic and not sense.weight for sense in own):
                continue
            topics = {sense.topic for sense in own}
            self.senses[key] += tuple(
                replace(sense, cases=ANY * first + sense.cases) if sense.cases and first else sense
                for first, part in _parts_of(key.split(" "), self.senses)
                for sense in self.senses[part]
                if sense.topic not in topics
            )
            self.several.add(key)

    def sorted_senses(self) -> dict[str, tuple[Sense, ...]]:
        """The senses of each phrase, topic by topic, the weightiest of a topic first."""
        for key in self.several:
            self.senses[key] = tuple(sorted(self.senses[key], key=_rank))
        return self.senses


def _rank(sense: Sense) -> tuple[str, int]:
    return sense.topic, -sense.weight


def _parts_of(
    words: Sequence[str], senses: Mapping[str, tuple[Sense, ...]]
) -> Iterator[tuple[int, str]]:
    """The longest known phrases in a phrase, without itself, and the words that stand before."""
    free = 0
    for first in range(len(words)):
        for past in range(len(words), max(first, free), -1):
            part = " ".join(words[first:past])
            if first >= free and past - first < len(words) and part in senses:
                yield first, part
                free = past
                break


def _is_plain(phrase: str) -> bool:
    """Whether a phrase in small letters is its own key."""
    return phrase.isascii() and phrase.replace(" ", "").isalnum()


def _cases(phrase: str) -> str:
    """Acronyms of up to three letters keep their capitals; longer ones are often written `Nato`."""
    words = phrase.split() if phrase.replace(" ", "").isalnum() else tokenise(phrase).words
    return "".join(
        ANY
        if not word[0].isupper()
        else CAPS
        if 1 < len(word) <= _ACRONYM and word.isupper()
        else CAPITAL
        for word in words
    )
