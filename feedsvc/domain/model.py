"""Defines the values that all other code works with: drafts, entries, labels, channels."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

HEADLINE_LENGTH = 80


class Kind(StrEnum):
    """What a label says about an entry."""

    REGION = "region"
    COUNTRY = "country"
    TOPIC = "topic"


class Where(StrEnum):
    """Where the words of evidence are; `STATED` is front matter or a field line."""

    TITLE = "title"
    TEXT = "text"
    CAPTION = "caption"
    STATED = "stated"


class Evidence(NamedTuple):
    """Words that caused a label.

    `start` and `end` are character offsets into the title, text or caption (0, 0 for `STATED`);
    `weight` is what they added to the label's score and may be negative.
    """

    phrase: str
    where: Where
    start: int
    end: int
    weight: float


class Label(NamedTuple):
    """One region, country or topic of an entry; `value` is its slug (a country: `kz`)."""

    kind: Kind
    value: str
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a file states about an entry. This is the one list of these fields.

    A text is empty if nothing is stated. `caption` is a picture's words, `kicker` says what
    kind of piece it is ("ANALYSIS"), `section` is the heading of its part of the file. `regions`,
    `countries` and `topics` hold slugs that replace the inferred labels of their kind; None means
    that labels are inferred.
    """

    title: str = ""
    text: str = ""
    caption: str = ""
    kicker: str = ""
    link: str = ""
    author: str = ""
    image: str = ""
    language: str = ""
    source: str = ""
    section: str = ""
    regions: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None

    @property
    def headline(self) -> str:
        """The title or, without one, the first words of the text."""
        return self.title or derived_title(self.text)

    def slugs(self, kind: Kind) -> tuple[str, ...] | None:
        """The stated labels of one kind; None if they are inferred."""
        match kind:
            case Kind.REGION:
                return self.regions
            case Kind.COUNTRY:
                return self.countries
            case Kind.TOPIC:
                return self.topics


TEXT_FIELDS = tuple(field.name for field in fields(Stated) if field.default == "")
LABEL_FIELDS = tuple(field.name for field in fields(Stated) if field.default is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry as it appears in a file.

    `ordinal` counts a file's entries from 1; `line` is the 1-based line on which it starts.
    `date` is aware; it counts only when the entry is first seen. `source_id` is the id that the
    source gives the entry (a feed's guid); empty without one.
    """

    ordinal: int
    line: int
    date: datetime | None = None
    source_id: str = ""
    stated: Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry as it is stored.

    `arrival` is its place in the order of first sight: it grows from entry to entry and never
    changes. `published` and `updated` are UTC with whole seconds. `labels` are sorted by kind,
    best first.
    """

    id: UUID
    stated: Stated
    published: datetime
    updated: datetime
    arrival: int
    labels: tuple[Label, ...] = ()

    @property
    def headline(self) -> str:
        """Its title or, without one, the first words of its text."""
        return self.stated.headline

    @property
    def derived(self) -> bool:
        """Whether the headline is made from the text."""
        return not self.stated.title

    def values(self, kind: Kind) -> tuple[str, ...]:
        """The slugs of the labels of one kind, best first."""
        return tuple(label.value for label in self.labels if label.kind is kind)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Channel:
    """What can be followed: everything, a region, a country, a topic, a topic in a region."""

    region: str = ""
    country: str = ""
    topic: str = ""

    @property
    def path(self) -> str:
        """The path below `/feeds/` and `/`: `all`, `regions/asia/topics/labour`, `countries/kz`."""
        steps = [
            f"{plural}/{value}"
            for plural, value in (
                ("regions", self.region),
                ("countries", self.country),
                ("topics", self.topic),
            )
            if value
        ]
        return "/".join(steps) or "all"

    @classmethod
    def parse(cls, path: str) -> Channel:
        """The channel with a `path`; slugs are not looked up.

        Raises:
            ValueError: The path is not that of a channel.
        """
        match path.split("/"):
            case ["all"]:
                return cls()
            case ["regions", region] if region:
                return cls(region=region)
            case ["countries", country] if country:
                return cls(country=country)
            case ["topics", topic] if topic:
                return cls(topic=topic)
            case ["regions", region, "topics", topic] if region and topic:
                return cls(region=region, topic=topic)
            case _:
                raise ValueError(f"{path!r} is not a channel's path")


def channels_of(labels: tuple[Label, ...]) -> frozenset[Channel]:
    """Every channel that an entry with these labels is in."""
    by_kind: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    for label in labels:
        by_kind[label.kind].append(label.value)
    regions, topics = by_kind[Kind.REGION], by_kind[Kind.TOPIC]
    return frozenset(
        [Channel()]
        + [Channel(region=region) for region in regions]
        + [Channel(country=country) for country in by_kind[Kind.COUNTRY]]
        + [Channel(topic=topic) for topic in topics]
        + [Channel(region=region, topic=topic) for region in regions for topic in topics],
    )


def derived_title(text: str) -> str:
    """The first whole words of a text, at most 80 characters, with an ellipsis if cut."""
    words = text.split()
    title = ""
    for word in words:
        longer = f"{title} {word}" if title else word
        if len(longer) > HEADLINE_LENGTH:
            break
        title = longer
    else:
        return title
    title = title or words[0][: HEADLINE_LENGTH - 1]
    return title.rstrip(" ,;:–—-.…") + "…"
