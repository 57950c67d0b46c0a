"""Builds the rules for reading files from the settings, for the service and for commands."""

from __future__ import annotations

from feedsvc.domain.classify import Vocabulary
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.services.ingest.read import SeedRules
from feedsvc.services.relabel import Provenance, provenance_of
from feedsvc.settings import Settings

REREAD_AFTER = (
    "rolling",
    "day_first",
    "verbatim",
    "teaser_only",
    "table_columns",
    "html_selectors",
)


def rules_from(settings: Settings, taxonomy: Taxonomy) -> SeedRules:
    """The rules that the settings ask for."""
    return SeedRules(
        taxonomy=taxonomy,
        zone=settings.timezone,
        max_bytes=settings.max_seed_bytes,
        rolling=settings.rolling,
        day_first=settings.day_first,
        verbatim=settings.verbatim,
        teaser_only=settings.teaser_only,
        columns=settings.table_columns,
        selectors=settings.html_selectors,
    )


def provenance_from(settings: Settings, vocabulary: Vocabulary) -> Provenance:
    """What the store's content is made with; if it changes, every file is read again.

    A file's dates count only when its entries are first seen, so `timezone` is no part of it.
    """
    reading = " ".join(f"{name}={getattr(settings, name)}" for name in REREAD_AFTER)
    return provenance_of(vocabulary, reading=reading)
