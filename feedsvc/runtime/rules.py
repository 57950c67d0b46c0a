"""Says how files are read, for the service and for commands: by which rules, in which processes."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.services.ingest.read import SeedRules
from feedsvc.services.ingest.reading_pool import ReadingPool
from feedsvc.settings import Settings

# One core is for the service itself; each process may need 250 MiB for a large file.
_MOST_PROCESSES = 4


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


@asynccontextmanager
async def reading_pool(
    rules: SeedRules, *, waiting: Callable[[], None] = lambda: None
) -> AsyncIterator[ReadingPool]:
    """Processes for files that are too large to read in this one; ended with the block."""
    cores = len(os.sched_getaffinity(0))
    pool = ReadingPool(rules, size=max(1, min(cores - 1, _MOST_PROCESSES)), waiting=waiting)
    try:
        yield pool
    finally:
        pool.close()
