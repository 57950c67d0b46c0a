"""Names the feed of a query."""

from __future__ import annotations

from feedsvc.domain.model import Kind
from feedsvc.domain.query import Query
from feedsvc.domain.render.build import FeedHeading
from feedsvc.domain.render.feed import Location, Site
from feedsvc.domain.taxonomy import Taxonomy


def head_query(site: Site, taxonomy: Taxonomy, query: Query) -> FeedHeading:
    """Return the heading of a query's feed: `Asia or Europe, Labour, not Sport, “port” — Site`."""
    name = name_query(taxonomy, query)
    location = Location(path="query", query=query.encode())
    return FeedHeading(
        title=f"{name} — {site.title}",
        description=f"{name}: the newest entries of {site.title}.",
        location=location,
        page=f"{site.base_url}/search?{location.query}",
    )


def name_query(taxonomy: Taxonomy, query: Query) -> str:
    """Return a query in words, with slugs instead of names that the taxonomy lacks."""
    parts = [
        _alternatives(taxonomy, Kind.REGION, query.regions),
        _alternatives(taxonomy, Kind.COUNTRY, query.countries),
        _alternatives(taxonomy, Kind.TOPIC, query.topics),
        _excluded(taxonomy, Kind.REGION, query.not_regions),
        _excluded(taxonomy, Kind.TOPIC, query.not_topics),
        f"“{query.words}”" if query.words else "",
    ]
    return ", ".join(part for part in parts if part) or "All entries"


def _alternatives(taxonomy: Taxonomy, kind: Kind, slugs: tuple[str, ...]) -> str:
    return " or ".join(
        taxonomy.name(kind, slug) if taxonomy.has(kind, slug) else slug for slug in slugs
    )


def _excluded(taxonomy: Taxonomy, kind: Kind, slugs: tuple[str, ...]) -> str:
    names = _alternatives(taxonomy, kind, slugs)
    return f"not {names}" if names else ""
