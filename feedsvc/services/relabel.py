"""Labels what is stored again when the vocabulary has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog

from feedsvc.store.writer import Writer

log = structlog.get_logger("feedsvc.relabel")


async def relabel(
    writer: Writer,
    *,
    vocabulary: str,
    now: Callable[[], datetime],
    progress: Callable[[int], None] = lambda _arrival: None,
) -> None:
    """Label every published entry again; ids, dates and arrival numbers stay.

    `vocabulary` is the fingerprint that is kept once all is done; `progress` hears the arrival
    number of the last entry so far. Channels in which nothing moves keep their revision.
    """
    log.info("relabelling starts", vocabulary=vocabulary[:12])
    after: int | None = 0
    entries = 0
    while after is not None:
        async with writer.transaction() as transaction:
            done = await transaction.relabel(after=after, now=now())
        after = done
        entries = done or entries
        progress(entries)
    async with writer.transaction() as transaction:
        await transaction.label_with(vocabulary)
    log.info("relabelling is done", last_arrival=entries)
