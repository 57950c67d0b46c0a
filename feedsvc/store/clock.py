"""Gives each transaction its time and numbers, from the store's one clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from feedsvc.store.rows import to_seconds
from feedsvc.store.schema import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What one transaction's changes are stamped with.

    `time` is in Unix seconds and never goes back; `ingest` and `revision` grow with every stamp.
    """

    time: int
    ingest: int
    revision: int


async def start_clock(connection: AsyncConnection, *, now: datetime) -> None:
    """Create the clock's one row if it is missing."""
    seconds = to_seconds(now)
    row = {"id": 1, "created": seconds, "time": seconds, "ingests": 0, "revision": 0}
    first = insert(clock).values(row | {"braked": 0, "presentation": "", "vocabulary": ""})
    await connection.execute(first.on_conflict_do_nothing())


async def next_stamp(connection: AsyncConnection, *, now: datetime) -> Stamp:
    """Stamp with `now`, or with a second after the last stamp if `now` is before that.

    If the time stood still, a channel could change and keep its Last-Modified.
    """
    seconds = to_seconds(now)
    step = (
        update(clock)
        .where(clock.c.id == 1)
        .values(
            time=case((clock.c.time > seconds, clock.c.time + 1), else_=seconds),
            ingests=clock.c.ingests + 1,
            revision=clock.c.revision + 1,
        )
        .returning(clock.c.time, clock.c.ingests, clock.c.revision)
    )
    row = (await connection.execute(step)).one()
    return Stamp(time=row.time, ingest=row.ingests, revision=row.revision)


async def set_clock(connection: AsyncConnection, **facts: Any) -> None:
    """Set columns of the clock."""
    await connection.execute(update(clock).where(clock.c.id == 1).values(**facts))


async def read_clock(connection: AsyncConnection, name: str) -> Any:
    """Read a column of the clock."""
    return await connection.scalar(select(clock.c[name]).where(clock.c.id == 1))
