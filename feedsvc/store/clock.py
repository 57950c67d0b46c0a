"""Reads and sets the store's one clock, from which each transaction gets its time and numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from feedsvc.domain.batch.stamps import Stamp, Stamps
from feedsvc.store.dialect import execute_rows
from feedsvc.store.rows import to_seconds
from feedsvc.store.schema import archives, channels, clock, entries, seeds


def start_clock(connection: Connection, *, now: datetime, namespace: UUID) -> None:
    """Create the clock's one row if it is missing; one that is there keeps its namespace."""
    if read_clock(connection, "id") is None:
        seconds = to_seconds(now)
        numbers = {"id": 1, "created": seconds, "time": seconds, "ingests": 0, "revision": 0}
        texts = {"presentation": "", "vocabulary": ""}
        row = numbers | texts | {"braked": 0, "namespace": namespace}
        connection.execute(insert(clock).values(row))


def read_stamps(connection: Connection) -> Stamps:
    """The stamps that follow the last one that was stored."""
    row = connection.execute(select(clock).where(clock.c.id == 1)).one()
    return Stamps(
        Stamp(time=row.time, ingest=row.ingests, revision=row.revision, namespace=row.namespace)
    )


def store_stamps(connection: Connection, stamps: Stamps, **facts: Any) -> None:
    """Store the last stamp, and set other columns of the clock."""
    last = stamps.last
    set_clock(connection, time=last.time, ingests=last.ingest, revision=last.revision, **facts)


def set_clock(connection: Connection, **facts: Any) -> None:
    """Set columns of the clock."""
    connection.execute(update(clock).where(clock.c.id == 1).values(**facts))


def read_clock(connection: Connection, name: str) -> Any:
    """Read a column of the clock; None if there is no clock yet."""
    return connection.scalar(select(clock.c[name]).where(clock.c.id == 1))


def settle_dates(connection: Connection, *, now: datetime) -> int:
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
        connection.execute(ahead.values({column: seconds}))
    dates = (entries.c.published, entries.c.updated)
    query = select(entries.c.arrival, *dates).where(or_(*(date > seconds for date in dates)))
    rows = connection.execute(query.order_by(entries.c.arrival)).all()
    settled = []
    for back, row in enumerate(reversed(rows)):
        published = seconds - back if row.published > seconds else row.published
        changed = max(published, seconds - back)
        settled.append({"entry": row.arrival, "published": published, "updated": changed})
    one = update(entries).where(entries.c.arrival == bindparam("entry"))
    moved = one.values(published=bindparam("published"), updated=bindparam("updated"))
    execute_rows(connection, moved, settled)
    return len(rows)
