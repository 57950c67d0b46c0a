"""Labels an entry with regions, countries and topics, each with the words that caused it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from feedsvc.domain.classify.matching.entry_text import read_entry_text
from feedsvc.domain.classify.matching.places import PlaceScore, find_places
from feedsvc.domain.classify.matching.topics import find_topics
from feedsvc.domain.classify.vocabulary.vocabulary import Vocabulary
from feedsvc.domain.model import Evidence, Kind, Label, Stated, Where

# Raise it with every change of code that changes labels, so that stored entries are labelled again.
RULES = 2
STATED_SCORE = 1.0
# A region repeats the evidence of its countries: the first words are enough to explain it.
_EVIDENCE_PER_REGION = 3
_PLACES = (Where.TITLE, Where.TEXT, Where.CAPTION)
_COUNTRY, _REGION, _TOPIC = Kind.COUNTRY, Kind.REGION, Kind.TOPIC


class Texts(NamedTuple):
    """The texts of an entry; absent ones are empty.

    `section` is the heading of its part of the file, which counts only for kinds without a label.
    `regions`, `countries` and `topics` are slugs that replace what is inferred; None means: infer.
    """

    title: str
    text: str
    caption: str = ""
    section: str = ""
    regions: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None


class Classifier:
    """Labels texts with a vocabulary; the same texts always get the same labels."""

    __slots__ = ("_vocabulary",)

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Take a vocabulary."""
        self._vocabulary = vocabulary

    def classify(self, item: Texts | Stated) -> tuple[Label, ...]:
        """The labels of an entry: regions, countries, topics, best first within a kind.

        What the item states of a kind replaces what is inferred; stated slugs that the taxonomy
        does not have are ignored. Stated countries imply their regions, unless regions are stated.
        """
        vocabulary = self._vocabulary
        texts = zip(_PLACES, (item.title, item.text, item.caption), strict=True)
        entry = read_entry_text(texts)
        names, terms = vocabulary.lexicon.find(entry.tokens)
        places = find_places(vocabulary.gazetteer, entry, names)
        countries = (
            [_label(found) for found in places if found.kind is _COUNTRY]
            if item.countries is None
            else self._stated(_COUNTRY, item.countries)
        )
        regions = (
            self._regions(countries, [found for found in places if found.kind is not _COUNTRY])
            if item.regions is None
            else self._stated(_REGION, item.regions)
        )
        topics = (
            find_topics(vocabulary.topics, entry, terms)
            if item.topics is None
            else self._stated(Kind.TOPIC, item.topics)
        )
        if item.section and not (topics and (countries or regions)):
            regions, countries, topics = self._add_section(item, regions, countries, topics)
        return (*regions, *countries, *topics)

    def _add_section(
        self,
        item: Texts | Stated,
        regions: list[Label],
        countries: list[Label],
        topics: list[Label],
    ) -> tuple[list[Label], list[Label], list[Label]]:
        """Label by the section's heading what has no place, and what has no topic."""
        named = self._vocabulary.taxonomy.find_named(item.section)
        if not named:
            found = self.classify(Texts(title=item.section, text=""))
            # Only places: "Top stories" is not a topic.
            named = tuple((label.kind, label.value) for label in found if label.kind is not _TOPIC)
        if not topics and item.topics is None:
            topics = [_label_by_section(item, kind, slug) for kind, slug in named if kind is _TOPIC]
        if not (countries or regions) and item.countries is None and item.regions is None:
            countries = [
                _label_by_section(item, kind, slug) for kind, slug in named if kind is _COUNTRY
            ]
            regions = [_label_by_section(item, _REGION, slug) for slug in self._around(named)]
        return regions, countries, topics

    def _around(self, named: Sequence[tuple[Kind, str]]) -> Iterable[str]:
        """The regions that are named or contain what is named, each once."""
        taxonomy = self._vocabulary.taxonomy
        slugs: dict[str, None] = {}
        for kind, slug in named:
            if kind is _COUNTRY:
                slugs |= dict.fromkeys(taxonomy.countries[slug].regions)
            elif kind is _REGION:
                slugs |= dict.fromkeys((slug, *taxonomy.regions[slug].parents))
        return slugs

    def _stated(self, kind: Kind, slugs: Iterable[str]) -> list[Label]:
        taxonomy = self._vocabulary.taxonomy
        return [
            Label(kind=kind, value=slug, score=STATED_SCORE, evidence=(_statement(slug),))
            for slug in dict.fromkeys(slug.lower() for slug in slugs)
            if taxonomy.has(kind, slug)
        ]

    def _regions(self, countries: Sequence[Label], named: Sequence[PlaceScore]) -> list[Label]:
        """The regions that the countries are in and those that the texts name, with all parents."""
        taxonomy = self._vocabulary.taxonomy
        scores: dict[str, _RegionScore] = {}
        for found in named:
            for slug in (found.target, *taxonomy.regions[found.target].parents):
                _add(scores, slug, found.total, found.evidence)
        for label in countries:
            for slug in taxonomy.countries[label.value].regions:
                _add(scores, slug, label.score, label.evidence)
        ranked = sorted(scores.items(), key=lambda item: -item[1].total)
        return [
            Label(_REGION, slug, known.total, tuple(known.evidence[:_EVIDENCE_PER_REGION]))
            for slug, known in ranked
        ]


class _RegionScore:
    """The score and evidence of a region so far."""

    __slots__ = ("evidence", "total")

    def __init__(self, total: float, evidence: list[Evidence]) -> None:
        self.total = total
        self.evidence = evidence


def _add(
    scores: dict[str, _RegionScore], slug: str, score: float, evidence: Sequence[Evidence]
) -> None:
    known = scores.get(slug)
    if known is None:
        scores[slug] = _RegionScore(score, list(evidence))
    else:
        known.total += score
        known.evidence += [item for item in evidence if item not in known.evidence]


def _label(found: PlaceScore) -> Label:
    return Label(found.kind, found.target, found.total, tuple(found.evidence))


def _label_by_section(item: Texts | Stated, kind: Kind, slug: str) -> Label:
    evidence = Evidence(item.section, Where.STATED, 0, 0, STATED_SCORE)
    return Label(kind, slug, STATED_SCORE, (evidence,))


def _statement(slug: str) -> Evidence:
    return Evidence(phrase=slug, where=Where.STATED, start=0, end=0, weight=STATED_SCORE)
