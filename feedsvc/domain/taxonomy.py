"""What regions, countries and topics there are: their slugs, names and codes, and how they nest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from feedsvc.domain.model import Kind

# How alike a mistyped name and the one that is meant are, by difflib's measure from 0 to 1.
NEAR = 0.75


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
            if wanted and wanted in {slug, slug.replace("-", " "), item.name.casefold(), code}:
                return slug
        return None

    def nearest(self, kind: Kind, words: str) -> str | None:
        """The slug that a mistyped or shortened slug or name most likely means; None if none."""
        wanted = _part_words(words)
        names = self._names(kind)
        begun = {slug for name, slug in names.items() if name.startswith(f"{wanted} ")}
        if wanted and len(begun) == 1:
            return begun.pop()
        near = get_close_matches(wanted, names, n=1, cutoff=NEAR)
        return names[near[0]] if near else None

    def _names(self, kind: Kind) -> dict[str, str]:
        """Slugs by what people may write; codes are left out: two letters are near to any two."""
        items = self._of(kind)
        slugs = {} if kind is Kind.COUNTRY else {_part_words(slug): slug for slug in items}
        return slugs | {_part_words(item.name): slug for slug, item in items.items()}

    def _of(self, kind: Kind) -> Mapping[str, Region | Country | Topic]:
        match kind:
            case Kind.REGION:
                return self.regions
            case Kind.COUNTRY:
                return self.countries
            case Kind.TOPIC:
                return self.topics


def _part_words(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())
