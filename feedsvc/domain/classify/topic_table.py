"""Makes one table of the terms of all topic files: what to look for, and what it would mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from feedsvc.domain.classify.source import Source, VocabularyError
from feedsvc.domain.classify.tokens import Tokens, is_plain, phrase_key, tokenise
from feedsvc.domain.classify.topic_shapes import SHAPES
from feedsvc.domain.classify.topic_terms import Strength, Term, read_topic_terms
from feedsvc.domain.model import Kind
from feedsvc.domain.taxonomy import Taxonomy

HEADLINE = "headline"
HEADLINE_BIT = 1
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


@dataclass(slots=True)
class Meaning:
    """All that a phrase can mean, ready to be weighed.

    `gives` holds the cues that it is itself; `weighed` those of its senses that weigh something, as
    (topic, weight, needs, shuns), topic by topic and the weightiest of a topic first. `by_case`:
    some senses ask for capitals; `by_title`: some shun a headline.
    """

    senses: tuple[Sense, ...]
    gives: int
    weighed: tuple[tuple[str, int, tuple[int, ...], int], ...]
    by_case: bool
    by_title: bool
    _written: dict[str, Meaning] = field(default_factory=dict)

    def written(self, tokens: Tokens, first: int, past: int) -> Meaning:
        """What is left of it by the capitals of the words from token `first` up to `past`."""
        if past - first == 1:
            cases = _case_of(tokens.word(first))
        else:
            cases = "".join([_case_of(tokens.word(index)) for index in range(first, past)])
        left = self._written.get(cases)
        if left is None:
            allowed = tuple(sense for sense in self.senses if _allows(cases, sense.cases))
            left = self._written[cases] = meaning_of(allowed)
        return left


def meaning_of(senses: tuple[Sense, ...]) -> Meaning:
    """What these senses of a phrase come to."""
    gives = 0
    for sense in senses:
        gives |= sense.gives
    return Meaning(
        senses,
        gives,
        tuple([(s.topic, s.weight, s.needs, s.shuns) for s in senses if s.weight]),
        by_case=any(sense.cases for sense in senses),
        by_title=any(sense.shuns & HEADLINE_BIT for sense in senses),
    )


def _case_of(word: str) -> str:
    if word[0].islower():
        return ANY
    return CAPS if word.isupper() else CAPITAL


def _allows(cases: str, asked: str) -> bool:
    """Whether words written so are as a sense asks for: capitals are also a capital."""
    return all(
        ask in (ANY, case) or (ask == CAPITAL and case == CAPS)
        for case, ask in zip(cases, asked, strict=False)
    )


class TopicTable:
    """All phrases of all topics with their senses, and the bit of every cue."""

    __slots__ = ("bits", "meanings", "phrases")

    def __init__(self, phrases: Mapping[str, tuple[Sense, ...]], bits: Mapping[str, int]) -> None:
        """Take phrases by their keys, and cues by their names."""
        self.phrases = phrases
        self.bits = bits
        self.meanings = _Meanings(phrases)


class _Meanings(dict[str, Meaning]):
    """What each phrase can mean, by its key: worked out when first asked, for most never are."""

    def __init__(self, phrases: Mapping[str, tuple[Sense, ...]]) -> None:
        super().__init__()
        self._phrases = phrases
        self._made: dict[int, Meaning] = {}

    def __missing__(self, key: str) -> Meaning:
        senses = self._phrases[key]
        # Many phrases share their senses, and these live as long as the table: the id will do.
        meaning = self._made.get(id(senses))
        if meaning is None:
            meaning = self._made[id(senses)] = meaning_of(senses)
        self[key] = meaning
        return meaning


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
    return TopicTable(draft.sorted_senses(), draft.bits)


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
        """Add the senses of the phrases of a term."""
        denies = term.group.topic and not term.group.strength
        senses = self._shared(term, "")
        for phrase in term.phrases:
            if term.plain:
                key = phrase
            else:
                key, cases = _spelt(phrase)
                senses = self._shared(term, cases)
            known = self.senses.setdefault(key, senses)
            if known is not senses:
                self.senses[key] = known + senses
                self.several.add(key)
            if denies:
                self.denied.add(key)

    def _shared(self, term: Term, cases: str) -> tuple[Sense, ...]:
        # The terms are there until the table is made: ids will do, and save hashing long tuples.
        same = (id(term.group), id(term.needs), id(term.shuns), cases)
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
            lent = [
                replace(sense, cases=ANY * first + sense.cases) if sense.cases and first else sense
                for first, part in _parts_of(key.split(" "), self.senses)
                for sense in self.senses[part]
                if sense.topic not in topics
            ]
            if lent:
                self.senses[key] = own + tuple(lent)
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
    count = len(words)
    first = 0
    while first < count:
        for past in range(count, first, -1):
            part = " ".join(words[first:past]) if past - first > 1 else words[first]
            if past - first < count and part in senses:
                yield first, part
                first = past
                break
        else:
            first += 1


def _spelt(phrase: str) -> tuple[str, str]:
    """The key of a phrase, and the capitals it asks for, a letter a word; none is empty.

    Acronyms of up to three letters keep their capitals; longer ones are often written `Nato`.
    """
    if is_plain(phrase):
        words = phrase.split()
        key = " ".join(words).lower()
    else:
        tokens = tokenise(phrase)
        words, key = tokens.words, " ".join(tokens.keys)
    if phrase.islower():
        return key, ""
    return key, "".join(map(_case_asked, words))


def _case_asked(word: str) -> str:
    if not word[0].isupper():
        return ANY
    return CAPS if 1 < len(word) <= _ACRONYM and word.isupper() else CAPITAL
