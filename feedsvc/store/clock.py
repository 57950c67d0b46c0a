"""Gives each transaction its time, numbers and namespace, from the store's one clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from feedsvc.store.rows import to_seconds
from feedsvc.store.schema import archives, channels, clock, entries, seeds


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What one transaction's changes are stamped with.

    `time` is in Unix seconds and never goes back; `ingest` and `revision` grow with every stamp.
    New ids are made in `namespace`, which is the same for every stamp of a store.
    """

    time: int
    ingest: int
    revision: int
    namespace: UUID


async def start_clock(connection: AsyncConnection, *, now: datetime, namespace: UUID) -> None:
    """Create the clock's one row if it is missing; one that is there keeps its namespace."""
    seconds = to_seconds(now)
    row = {"id": 1, "created": seconds, "time": seconds, "ingests": 0, "revision": 0, "braked": 0}
    texts = {"presentation": "", "vocabulary": ""}
    first = insert(clock).values(row | texts | {"namespace": namespace})
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
        .returning(clock)
    )
    row = (await connection.execute(step)).one()
    return Stamp(time=row.time, ingest=row.ingests, revision=row.revision, namespace=row.namespace)


async def set_clock(connection: AsyncConnection, **facts: Any) -> None:
    """Set columns of the clock."""
    await connection.execute(update(clock).where(clock.c.id == 1).values(**facts))


async def read_clock(connection: AsyncConnection, name: str) -> Any:
    """Read a column of the clock."""
    return await connection.scalar(select(clock.c[name]).where(clock.c.id == 1))


async def settle_dates(connection: AsyncConnection, *, now: datetime) -> int:
    """Move every stored time after `now` to it; return how many entries had one."""
    seconds = to_seconds(now)
    for column in (
        clock.c.created,
        clock.c.time,
        clock.c.ingested,
        clock.c.scanned,
        channels.c.changed,
        archives.c.changed,
        seeds.c.ingested,
    ):
        ahead = update(column.table).where(column > seconds)
        await connection.execute(ahead.values({column: seconds}))
    dates = (entries.c.published, entries.c.updated)
    query = select(entries.c.arrival, *dates).where(or_(*(date > seconds for date in dates)))
    rows = (await connection.execute(query.order_by(entries.c.arrival))).all()
    for back, row in enumerate(reversed(rows)):
        published = seconds - back if row.published > seconds else row.published
        redated = update(entries).where(entries.c.arrival == row.arrival)
        await connection.execute(
            redated.values(published=published, updated=max(published, seconds - back))
        )
    return len(rows)
