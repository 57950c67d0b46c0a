"""The regions, countries and topics: their slugs, names and codes, and which contains which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from feedsvc.domain.model import Kind
from feedsvc.domain.near_names import comparable, is_typo

_CONJUNCTION = re.compile(r"\s*[&/|,;+·]\s*|\s+(?:and|und|et|y|e|en|og|och|i|ve|и)\s+|\s[-–—]\s")
_CODE_LENGTH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region or grouping; `code` is M49 or empty, `parents` are all regions that contain it."""

    slug: str
    name: str
    code: str
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country; `slug` is lower-case ISO 3166-1 alpha-2, `regions` go from near to far."""

    slug: str
    name: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic; `code` is its IPTC Media Topic (`medtop:09000000`), `definition` our own."""

    slug: str
    name: str
    code: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """Every value that a label can have, by slug, in the order of the files (countries: by name).

    `aliases` maps other names of countries to slugs; `not_mistyped` are names that only look like a
    typo of another, `sections` maps what newspapers call a topic's section to its slug, all as
    `comparable` writes them. Names in `with_article` take "the".
    """

    regions: Mapping[str, Region]
    countries: Mapping[str, Country]
    topics: Mapping[str, Topic]
    aliases: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    not_mistyped: frozenset[str] = frozenset()
    with_article: frozenset[str] = frozenset()

    def name(self, kind: Kind, slug: str) -> str:
        """Its name. Raises KeyError for an unknown slug."""
        return self._of(kind)[slug].name

    def has(self, kind: Kind, slug: str) -> bool:
        """Whether this kind has the slug."""
        return slug in self._of(kind)

    def resolve(self, kind: Kind, words: str) -> str | None:
        """The slug for a slug, code or name that an editor wrote, in any case; None if unknown."""
        wanted = " ".join(words.casefold().replace("_", " ").split())
        for slug, item in self._of(kind).items():
            code = getattr(item, "code", "").casefold()
            if wanted and wanted in {slug, slug.replace("-", " "), item.name.casefold(), code}:
                return slug
        return None

    def find_named(self, words: str) -> tuple[tuple[Kind, str], ...]:
        """What a section's heading or a category names: topics, countries and regions.

        A heading may name several at once ("Culture & Sport", "Asia / Business"); a part of it that
        is unknown names nothing. Codes are not names: "it" and "in" are words.
        """
        whole = tuple(self._find_one(words))
        parts = whole or tuple(
            found for part in _CONJUNCTION.split(words) for found in self._find_one(part)
        )
        return tuple(dict.fromkeys(parts))

    def _find_one(self, words: str) -> Iterator[tuple[Kind, str]]:
        name = comparable(words)
        topic = self.sections.get(name) or self._resolve_name(Kind.TOPIC, words)
        country = self.aliases.get(name) or self._resolve_name(Kind.COUNTRY, words)
        region = self._resolve_name(Kind.REGION, words)
        for kind, slug in ((Kind.TOPIC, topic), (Kind.COUNTRY, country), (Kind.REGION, region)):
            if slug:
                yield kind, slug

    def _resolve_name(self, kind: Kind, words: str) -> str | None:
        """As `resolve`, without what is only a code."""
        return self.resolve(kind, words) if len(words.strip()) > _CODE_LENGTH else None

    def nearest(self, kind: Kind, words: str) -> str | None:
        """The slug that an unknown name most likely means; None if that would be a guess.

        The name can be an alias of a country, the beginning of a name that goes on with `and`, or a
        typo. What names something of another kind is not taken for a mistake.
        """
        wanted = comparable(words)
        alias = self.aliases.get(wanted, "") if kind is Kind.COUNTRY else ""
        if alias in self.countries:
            return alias
        spaced = words.replace("-", " ")
        others = (other for other in Kind if other is not kind)
        if not wanted or any(self.resolve(other, spaced) for other in others):
            return None
        names = self._names(kind)
        begun = {slug for name, slug in names if name.startswith((f"{wanted} and ", f"{wanted}, "))}
        same = {slug for name, slug in names if name == wanted}
        near = same or begun
        if not near and wanted not in self.not_mistyped:
            near = {slug for name, slug in names if is_typo(wanted, name)}
        return near.pop() if len(near) == 1 else None

    def _names(self, kind: Kind) -> list[tuple[str, str]]:
        """Names with their slugs; no codes, because any two letters are close to any other two."""
        items = self._of(kind)
        slugs = () if kind is Kind.COUNTRY else items
        named = [(comparable(item.name), slug) for slug, item in items.items()]
        return [*named, *((comparable(slug), slug) for slug in slugs)]

    def _of(self, kind: Kind) -> Mapping[str, Region | Country | Topic]:
        match kind:
            case Kind.REGION:
                return self.regions
            case Kind.COUNTRY:
                return self.countries
            case Kind.TOPIC:
                return self.topics
