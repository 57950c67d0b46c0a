"""Finds what labelling everything again would change; writes nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from functools import partial

from sqlalchemy import Connection, select

from feedsvc.store.channels import load_channels
from feedsvc.store.database import Database
from feedsvc.store.engine import explained, open_reading_engine
from feedsvc.store.entries import PIECE, Labeller, preview_labels
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
                    ordered = page.order_by(entries.c.arrival).limit(PIECE)
                    arrivals = list(await connection.scalars(ordered))
                    if not arrivals:
                        return
                    preview = partial(_preview, arrivals=arrivals, label=label)
                    for change in await connection.run_sync(preview):
                        yield change
                    last = arrivals[-1]
    finally:
        await engine.dispose()


def _preview(
    connection: Connection, *, arrivals: Sequence[int], label: Labeller
) -> list[Relabelling]:
    channels = load_channels(connection)
    return preview_labels(connection, arrivals, label=label, channels=channels)
