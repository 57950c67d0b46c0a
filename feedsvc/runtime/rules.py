"""Builds the rules for reading files from the settings, for the service and for commands."""

from __future__ import annotations

from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.services.ingest.read import SeedRules
from feedsvc.settings import Settings


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
        max_teaser_chars=settings.max_teaser_chars,
        columns=settings.table_columns,
        selectors=settings.html_selectors,
    )
