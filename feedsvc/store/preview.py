"""Finds what labelling everything again would change; writes nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator

from sqlalchemy import select

from feedsvc.store.database import Database
from feedsvc.store.engine import explained, open_reading_engine
from feedsvc.store.entries import CHUNK, Labeller, preview_labels
from feedsvc.store.open_file import OpenFile
from feedsvc.store.records import Relabelling
from feedsvc.store.schema import entries


async def preview_relabelling(database: Database, *, label: Labeller) -> AsyncIterator[Relabelling]:
    """Every published entry whose labels would change, by arrival, from one snapshot.

    Raises:
        DatabaseError: The database cannot be read.
    """
    engine = open_reading_engine(database, file=OpenFile(database))
    try:
        with explained(database):
            async with engine.begin() as connection:
                last = 0
                while True:
                    page = select(entries.c.arrival).where(entries.c.arrival > last)
                    ordered = page.order_by(entries.c.arrival).limit(CHUNK)
                    arrivals = list(await connection.scalars(ordered))
                    if not arrivals:
                        return
                    for change in await preview_labels(connection, arrivals, label=label):
                        yield change
                    last = arrivals[-1]
    finally:
        await engine.dispose()
