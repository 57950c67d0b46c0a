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
    now: Callable[[], datetime],
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """Label every published entry again; ids, dates and arrival numbers stay.

    `progress` hears the arrival numbers of the last entry so far and of the last of all. Channels
    in which nothing moves keep their revision. Where it is interrupted, it can be run again.
    """
    newest = await writer.last_arrival()
    if newest == 0:
        return
    log.info("relabelling starts", entries=newest)
    after: int | None = 0
    while after is not None:
        progress(after, newest)
        async with writer.transaction() as transaction:
            after = await transaction.relabel(after=after, now=now())
    progress(newest, newest)
    log.info("relabelling is done", entries=newest)
