"""Builds entries and labels for tests of pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from feedsvc.domain.model import Entry, Evidence, Kind, Label, Stated, Where
from feedsvc.domain.render import Site
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.web.pages.assets import load_assets
from feedsvc.web.pages.frame import PageContext
from feedsvc.web.pages.links import Links

SEEN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def an_entry(**changes: Any) -> Entry:
    """An entry with defaults for everything."""
    words = {
        "title": "Tram drivers agree on a shorter week",
        "text": "The union and the operator signed after a month of talks.",
    }
    labels = changes.pop("labels", ())
    return Entry(
        id=UUID(int=1),
        stated=Stated(**(words | changes)),
        published=SEEN,
        updated=SEEN,
        arrival=1,
        labels=labels,
    )


def a_label(kind: Kind, value: str, *evidence: Evidence) -> Label:
    """A label that this evidence caused."""
    return Label(kind=kind, value=value, score=1.0, evidence=evidence)


def words_at(text: str, phrase: str, *, where: Where = Where.TEXT, weight: float = 1.0) -> Evidence:
    """The evidence of a phrase's first occurrence in a text."""
    start = text.index(phrase)
    return Evidence(
        phrase=phrase,
        where=where,
        start=start,
        end=start + len(phrase),
        weight=weight,
    )


def a_page_context(taxonomy: Taxonomy) -> PageContext:
    """Those of a site below a path prefix."""
    base_url = "https://news.example/p"
    return PageContext(
        site=Site(base_url=base_url, title="Wire", publisher="Desk"),
        taxonomy=taxonomy,
        links=Links(base_url, load_assets()),
    )
