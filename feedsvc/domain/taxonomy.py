"""What regions, countries and topics there are: their slugs, names and codes, and how they nest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from feedsvc.domain.model import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region or grouping; `code` is M49 or empty, `parents` every region that contains it."""

    slug: str
    name: str
    code: str
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country; `slug` is lower-case ISO 3166-1 alpha-2, `regions` stand nearest first."""

    slug: str
    name: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic; `code` is its IPTC Media Topic (`medtop:09000000`), `definition` in our words."""

    slug: str
    name: str
    code: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """All that a label can say, by slug, in the order in which it is shown."""

    regions: Mapping[str, Region]
    countries: Mapping[str, Country]
    topics: Mapping[str, Topic]

    def name(self, kind: Kind, slug: str) -> str:
        """What people call it. Raises KeyError for an unknown slug."""
        return self._of(kind)[slug].name

    def has(self, kind: Kind, slug: str) -> bool:
        """Whether there is such a slug of this kind."""
        return slug in self._of(kind)

    def resolve(self, kind: Kind, words: str) -> str | None:
        """The slug that an editor means by a slug, a code or a name in any case; None if none."""
        wanted = " ".join(words.casefold().replace("_", " ").split())
        for slug, item in self._of(kind).items():
            code = getattr(item, "code", "").casefold()
            if wanted in {slug, slug.replace("-", " "), item.name.casefold(), code}:
                return slug
        return None

    def _of(self, kind: Kind) -> Mapping[str, Region | Country | Topic]:
        match kind:
            case Kind.REGION:
                return self.regions
            case Kind.COUNTRY:
                return self.countries
            case Kind.TOPIC:
                return self.topics
