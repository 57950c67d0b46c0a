"""Turns items of any format into drafts: values checked, words cleaned, categories looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from feedsvc.domain.model import Draft, Kind, Stated
from feedsvc.domain.reading.facts import FactReader, Facts
from feedsvc.domain.reading.fields import FieldLine, FieldName, named_field
from feedsvc.domain.reading.item import FormatRejection, Item, ItemReading
from feedsvc.domain.reading.lines import clean_text
from feedsvc.domain.reading.outcome import Listing, Note, Problem, Rejection, Taken
from feedsvc.domain.reading.outline.words import single_space
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.values import is_plausible
from feedsvc.domain.reading.wire.media_topics import find_top
from feedsvc.domain.taxonomy import Taxonomy

MAX_ITEMS = 100_000
_LONGEST_TITLE = 300
_LONGEST_NAME = 200
_LONGEST_KEY = 1_000
_MOST_CATEGORIES = 32
_MAIL_ADDRESS = re.compile(
    r"[<(\[]?(?:mailto:)?[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}[>)\]]?"
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_GLOBAL = re.compile(r"[a-z][a-z0-9+.-]{1,20}:\S|[0-9a-f]{8}-[0-9a-f]{4}-", re.IGNORECASE)
_EMPTY = re.compile(r"[\s<>()\[\]{},;:|·–—-]*")


def make_listing(
    reading: ItemReading | FormatRejection,
    *,
    encoding: str,
    rules: ReadingRules,
) -> Listing | Rejection:
    """The drafts of what a reader found, or its rejection; a file without any entry is rejected."""
    if isinstance(reading, FormatRejection):
        problem = Problem(reading.line, reading.reason, reading.advice)
        return Rejection(problem=problem, encoding=encoding)
    maker = _Maker(rules=rules)
    drafts = [draft for item in reading.items[:MAX_ITEMS] if (draft := maker.make(item))]
    if not drafts:
        problem = Problem(1, "no entry found", "Write a headline and a teaser.")
        return Rejection(problem=problem, encoding=encoding)
    problems = [*reading.problems, *maker.problems]
    if len(reading.items) > MAX_ITEMS:
        advice = "Divide the file."
        problems.append(
            Problem(1, f"more than {MAX_ITEMS:,} entries; the rest is left out", advice)
        )
    return Listing(
        drafts=tuple(replace(draft, ordinal=n) for n, draft in enumerate(drafts, 1)),
        encoding=encoding,
        rolling=reading.rolling,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        notes=tuple(sorted((*reading.notes, *maker.notes), key=lambda note: note.line)),
    )


@dataclass(slots=True, kw_only=True)
class _Maker:
    """Makes the drafts of one file; remembers the names that it has looked up."""

    rules: ReadingRules
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    _facts: FactReader = field(init=False)
    _named: dict[str, dict[Kind, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._facts = FactReader(taxonomy=self.rules.taxonomy, zone=self.rules.zone)

    def make(self, item: Item) -> Draft | None:
        """The draft of an item; None if it says nothing."""
        title, text = clean_words(item.title), clean_words(item.text)
        if len(title) > _LONGEST_TITLE and not text:
            title, text = "", title
        if not any(map(str.isalnum, title + text)):
            return None
        reading = self._facts.read(self._state(item), defaults=Facts())
        self.problems.extend(reading.problems)
        facts = reading.facts
        caption = clean_words(item.caption)
        told = replace(
            facts.stated,
            title=title,
            text=text,
            caption=caption,
            kicker=clean_words(item.kicker)[:_LONGEST_NAME],
            section=clean_words(item.section)[:_LONGEST_NAME],
        )
        stated = self._add_categories(told, item)
        return Draft(
            ordinal=1,
            line=max(1, item.line),
            date=self._check_date(item) or facts.date,
            source_id=_global_key(item.key),
            stated=stated,
        )

    def _check_date(self, item: Item) -> datetime | None:
        """An item's date, unless it is implausible."""
        if item.date is None or is_plausible(item.date):
            return item.date
        reason = f"date {item.date.date().isoformat()} is implausible, ignored"
        self.problems.append(Problem(max(1, item.line), reason, "Write a year from 1900 to 2100."))
        return None

    def _state(self, item: Item) -> Iterator[FieldLine]:
        """What an item states, as field lines say it."""
        for name, address in ((FieldName.LINK, item.link), (FieldName.IMAGE, item.image)):
            words = clean_text(address).strip()
            if words and not _SCHEME.match(words):
                self._note(words, item.line, "an address without a host, left out")
            elif words:
                bare = f"https:{words}" if words.startswith("//") else words
                yield FieldLine(item.line, name, bare.replace(" ", "%20"))
        for name, words in ((FieldName.AUTHOR, item.author), (FieldName.SOURCE, item.source)):
            if known := clean_name(words):
                yield FieldLine(item.line, name, known)
        if item.language:
            yield FieldLine(item.line, FieldName.LANGUAGE, clean_words(item.language))
        for words, value in item.labels.items():
            if label := named_field(words):
                yield FieldLine(item.line, label, clean_words(value))

    def _add_categories(self, stated: Stated, item: Item) -> Stated:
        """What is stated with the labels that categories name, if none are stated."""
        found: dict[Kind, list[str]] = {kind: [] for kind in Kind}
        for word in item.categories[:_MOST_CATEGORIES]:
            for kind, slug in self._look_up(word).items():
                found[kind].append(slug)
        if coded := self._look_up_codes(item.codes):
            found[Kind.TOPIC] = coded
        named = {kind: tuple(dict.fromkeys(slugs)) or None for kind, slugs in found.items()}
        return replace(
            stated,
            topics=named[Kind.TOPIC] if stated.topics is None else stated.topics,
            countries=named[Kind.COUNTRY] if stated.countries is None else stated.countries,
            regions=named[Kind.REGION] if stated.regions is None else stated.regions,
        )

    def _look_up_codes(self, codes: Sequence[str]) -> list[str]:
        """The topics of wire codes; these are an agency's own, and outrank words."""
        tops = (find_top(code) for code in codes[:_MOST_CATEGORIES])
        slugs = (self._look_up(top).get(Kind.TOPIC, "") for top in tops if top)
        return [slug for slug in slugs if slug]

    def _look_up(self, words: str) -> dict[Kind, str]:
        """What a category names: a topic, a country or a region."""
        name = single_space(words).casefold()
        if name not in self._named:
            self._named[name] = dict(_resolve(self.rules.taxonomy, name))
        return self._named[name]

    def _note(self, text: str, line: int, reason: str) -> None:
        self.notes.append(Note(line=line, text=text[:80], taken=(Taken.NOTHING,), reason=reason))


def _global_key(key: str) -> str:
    """A source's id if it is one in the whole world, not just a number in its file."""
    words = clean_words(key)
    return words if len(words) <= _LONGEST_KEY and _GLOBAL.match(words) else ""


def clean_words(text: str) -> str:
    """A text on one line, without what XML forbids."""
    return single_space(clean_text(text))


def clean_name(text: str) -> str:
    """A name without mail addresses, which are never published; cut if it is far too long."""
    name = _MAIL_ADDRESS.sub("", clean_words(text)).strip(' <>()[],;"')
    return "" if _EMPTY.fullmatch(name) else name[:_LONGEST_NAME]


def _resolve(taxonomy: Taxonomy, name: str) -> Iterator[tuple[Kind, str]]:
    if len(name) > _LONGEST_NAME:
        return
    for kind in Kind:
        # Two letters are a country's code for an editor, but a tag like any other for a program.
        if len(name) > 2 and (slug := taxonomy.resolve(kind, name)):  # noqa: PLR2004
            yield kind, slug


__all__: Sequence[str] = ["clean_name", "clean_words", "make_listing"]
