"""What regions, countries and topics there are: their slugs, names and codes, and how they nest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from feedsvc.domain.model import Kind
from feedsvc.domain.near_names import comparable, is_typo


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
    """All that a label can say, by slug, in the order of its files (countries: by name).

    `aliases` are what people call countries, with slugs; `not_mistyped` are names that look like
    a typo of another and are not, both as `comparable` writes them. Names in `with_article` take
    one in a sentence.
    """

    regions: Mapping[str, Region]
    countries: Mapping[str, Country]
    topics: Mapping[str, Topic]
    aliases: Mapping[str, str] = field(default_factory=dict)
    not_mistyped: frozenset[str] = frozenset()
    with_article: frozenset[str] = frozenset()

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
        """The slug that an unknown name most likely means; None where that would be a guess.

        It is what people call a country, a name that goes on with `and`, or one that is a typo
        away. The name of something of another kind is not taken for a mistake.
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
        """What people may write, with slugs; not codes: two letters are near to any two."""
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
