"""Opens the store for the one process that writes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from feedsvc.domain.dates import FreeSeconds
from feedsvc.domain.identity import NAMESPACE
from feedsvc.domain.model import Label, Stated
from feedsvc.store.clock import read_clock, start_clock
from feedsvc.store.database import Database
from feedsvc.store.engine import Observer, explained, ignore, open_writing_engine, timed
from feedsvc.store.entries import Labeller
from feedsvc.store.migrate import migrate
from feedsvc.store.open_file import OpenFile
from feedsvc.store.queries import seed_rows
from feedsvc.store.records import KnownSeed, SeedStatus
from feedsvc.store.schema import entries, seeds
from feedsvc.store.transaction import Transaction

PAGE_SIZE = 50


@asynccontextmanager
async def open_writer(
    database: Database,
    *,
    label: Labeller,
    now: datetime,
    namespace: UUID = NAMESPACE,
    page_size: int = PAGE_SIZE,
    observer: Observer = ignore,
) -> AsyncIterator[Writer]:
    """Create or upgrade the database and open a writer, closed at the end of the block.

    `namespace` is where ids are made if the database is created now; one that exists keeps its own.
    `page_size` is the number of entries on an archive page, the same as in a feed.

    Raises:
        DatabaseError: The database is from a later version or cannot be used.
    """
    await asyncio.to_thread(migrate, database)
    file = OpenFile(database)
    engine = open_writing_engine(database, file=file)
    try:
        with explained(database):
            async with engine.begin() as connection:
                await start_clock(connection, now=now, namespace=namespace)
        yield Writer(
            engine,
            database=database,
            file=file,
            label=label,
            page_size=page_size,
            observer=observer,
        )
    finally:
        await engine.dispose()


def refuse_to_label(stated: Stated) -> tuple[Label, ...]:
    """The labeller of commands that label nothing.

    Raises:
        RuntimeError: Always.
    """
    raise RuntimeError(f"this command must not label entries, but did: {stated.title!r}")


class Writer:
    """Changes the store; `label` gives the labels for what an entry states.

    Every method raises DatabaseError if the database cannot be used.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        database: Database,
        file: OpenFile,
        label: Labeller,
        page_size: int,
        observer: Observer,
    ) -> None:
        self.file = file
        self._engine = engine
        self._database = database
        self._label = label
        self._page_size = page_size
        self._observer = observer
        # Tasks that shared the connection would share its transaction.
        self._one_at_a_time = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self, free: FreeSeconds | None = None) -> AsyncIterator[Transaction]:
        """Begin changes that are committed together at the end of the block, or not at all.

        The transactions of one scan share `free`, so that its entries have different dates.
        """
        async with self._begin() as connection:
            yield Transaction(
                connection,
                label=self._label,
                page_size=self._page_size,
                free=free or FreeSeconds(),
            )

    async def known_seeds(self) -> tuple[KnownSeed, ...]:
        """Every stored seed, by path."""
        async with self._begin() as connection:
            return tuple(
                [
                    KnownSeed(
                        id=row.id,
                        path=row.path,
                        status=SeedStatus(row.status),
                        hash=row.hash,
                        size=row.size,
                        mtime=row.mtime,
                        entries=row.entries,
                        removal_accepted=bool(row.removal_accepted),
                    )
                    async for row in seed_rows(connection)
                ],
            )

    async def vocabulary(self) -> str:
        """The fingerprint of what entries were last labelled with."""
        async with self._begin() as connection:
            return str(await read_clock(connection, "vocabulary"))

    async def last_arrival(self) -> int:
        """The arrival number of the newest entry, 0 before the first."""
        async with self._begin() as connection:
            return await connection.scalar(select(func.max(entries.c.arrival))) or 0

    async def accept_removals(self) -> int:
        """Let the next scan withdraw the seeds that are missing now; return their number."""
        async with self._begin() as connection:
            missing = update(seeds).where(seeds.c.status == SeedStatus.MISSING)
            accepted = await connection.execute(missing.values(removal_accepted=1))
            return accepted.rowcount

    @asynccontextmanager
    async def _begin(self) -> AsyncIterator[AsyncConnection]:
        async with self._one_at_a_time:
            self.file.check()
            with explained(self._database), timed(self._observer):
                async with self._engine.begin() as connection:
                    yield connection
