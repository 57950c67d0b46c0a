"""Makes one table of the terms of all topic files: what to look for, and what it would mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

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
    bits = _bits_of(term for layers in files for terms in layers for term in terms)
    senses: dict[str, tuple[Sense, ...]] = {}
    for layers in files:
        for number, terms in enumerate(layers):
            if number:
                _forget(senses, terms)
            for term in terms:
                _add(senses, bits, term)
    _lend(senses)
    for key, alternatives in senses.items():
        if len(alternatives) > 1:
            senses[key] = tuple(sorted(alternatives, key=lambda sense: (sense.topic, -sense.weight)))
    return TopicTable(PhraseTable(senses), bits)


def _bits_of(terms: Iterable[Term]) -> dict[str, int]:
    names = dict.fromkeys((HEADLINE, *SHAPES))
    for term in terms:
        names[term.group.topic] = names[term.group.cue] = None
    return {name: 1 << index for index, name in enumerate(filter(None, names))}


def _forget(senses: dict[str, tuple[Sense, ...]], terms: Iterable[Term]) -> None:
    for term in terms:
        for key in map(_key, term.phrases):
            if key in senses and (term.group.topic or not term.group.cue):
                senses[key] = tuple(s for s in senses[key] if s.topic != term.group.topic)


def _add(senses: dict[str, tuple[Sense, ...]], bits: dict[str, int], term: Term) -> None:
    needs = tuple([_mask(bits, names, term) for names in term.needs]) if term.needs else ()
    shuns = _mask(bits, term.shuns, term) if term.shuns else 0
    gives = bits[term.group.cue] if term.group.cue else 0
    if not needs and not shuns and term.group.strength >= Strength.FAIR:
        gives |= bits[term.group.topic]
    alike: dict[str, tuple[Sense, ...]] = {}
    for phrase in term.phrases:
        cases = "" if phrase.islower() else _cases(phrase)
        if cases not in alike:
            sense = Sense(term.group.topic, int(term.group.strength), needs, shuns, gives, cases)
            alike[cases] = (sense,)
        key = _key(phrase)
        senses[key] = senses[key] + alike[cases] if key in senses else alike[cases]


def _lend(senses: dict[str, tuple[Sense, ...]]) -> None:
    """A phrase that a topic's file denies gets the senses that its words have in other topics.

    So `vaccine trial`, which is no matter of courts, still speaks of health.
    """
    denied = [key for key, known in senses.items() if all(s.topic and not s.weight for s in known)]
    for key in sorted(denied, key=len):
        topics = {sense.topic for sense in senses[key]}
        words = key.split(" ")
        lent = (
            replace(sense, cases=sense.cases and ANY * first + sense.cases)
            for first, part in _parts_of(words, senses)
            for sense in senses[part]
            if sense.topic not in topics
        )
        senses[key] += tuple(lent)


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


def _mask(bits: dict[str, int], names: Iterable[str], term: Term) -> int:
    mask = 0
    for name in names:
        if name not in bits:
            reason = f"{term.phrases[0]!r}: there is no cue or topic {name!r}"
            raise VocabularyError(term.group.file, term.group.entry, reason)
        mask |= bits[name]
    return mask


def _key(phrase: str) -> str:
    if phrase.isascii() and "'" not in phrase and phrase.replace(" ", "").isalnum():
        return phrase.lower()
    return phrase_key(phrase)


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
