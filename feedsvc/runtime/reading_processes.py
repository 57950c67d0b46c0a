"""Says in how many processes large files are read, and ends them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from feedsvc.services.ingest.read import SeedRules
from feedsvc.services.ingest.reading_pool import ReadingPool

# One core is for the service itself; each process may need 250 MiB for a large file.
_MOST_PROCESSES = 4


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
