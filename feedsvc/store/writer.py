"""Opens the store for the one process that writes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine, func, select, update

from feedsvc.domain.dates import FreeSeconds
from feedsvc.domain.identity import NAMESPACE
from feedsvc.domain.model import Label, Stated
from feedsvc.store.clock import read_clock, start_clock
from feedsvc.store.database import Database
from feedsvc.store.dialect import read_version
from feedsvc.store.engine import Observer, explained, ignore, open_writing_engine, timed
from feedsvc.store.entries import Labeller
from feedsvc.store.migrate import migrate
from feedsvc.store.open_file import OpenFile
from feedsvc.store.records import KnownSeed, SeedStatus
from feedsvc.store.schema import entries, seeds
from feedsvc.store.steps import Rules
from feedsvc.store.transaction import Run, Transaction

T = TypeVar("T")

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
    thread = _WritingThread()
    writer = Writer(
        open_writing_engine(database, file=file),
        thread,
        database=database,
        file=file,
        rules=Rules(label=thread.interruptible(label), page_size=page_size),
        observer=observer,
    )
    try:
        await writer.start_clock(now=now, namespace=namespace)
        yield writer
    finally:
        await writer.close()


def refuse_to_label(stated: Stated) -> tuple[Label, ...]:
    """The labeller of commands that label nothing.

    Raises:
        RuntimeError: Always.
    """
    raise RuntimeError(f"this command must not label entries, but did: {stated.title!r}")


class Writer:
    """Changes the store by the rules.

    Every method raises DatabaseError if the database cannot be used.
    """

    def __init__(
        self,
        engine: Engine,
        thread: _WritingThread,
        *,
        database: Database,
        file: OpenFile,
        rules: Rules,
        observer: Observer,
    ) -> None:
        self.file = file
        self._engine = engine
        self._thread = thread
        self._database = database
        self._rules = rules
        self._observer = observer
        # Tasks that shared the connection would share its transaction.
        self._one_at_a_time = asyncio.Lock()
        self._known: tuple[tuple[object, ...] | None, tuple[KnownSeed, ...]] = (None, ())

    async def start_clock(self, *, now: datetime, namespace: UUID) -> None:
        """Start the store's clock if it has none yet, and give it a namespace."""

        def start() -> None:
            with self._engine.begin() as connection:
                start_clock(connection, now=now, namespace=namespace)

        with explained(self._database):
            await self._thread.run(start)

    async def close(self) -> None:
        """Close the connection and end the thread."""
        await self._thread.run(self._engine.dispose)
        self._thread.end()

    @asynccontextmanager
    async def transaction(self, free: FreeSeconds | None = None) -> AsyncIterator[Transaction]:
        """Begin changes that are committed together at the end of the block, or not at all.

        The transactions of one scan share `free`, so that its entries have different dates.
        """
        async with self._begin() as run:
            yield Transaction(run, rules=self._rules, free=free or FreeSeconds())

    async def known_seeds(self) -> tuple[KnownSeed, ...]:
        """Every stored seed, by path; the very same value until something is written."""
        async with self._begin() as run:
            version = await run(read_version)
            if version is None or version != self._known[0]:
                self._known = (version, await run(_known_seeds))
            return self._known[1]

    async def vocabulary(self) -> str:
        """The fingerprint of what entries were last labelled with."""
        async with self._begin() as run:
            return str(await run(lambda connection: read_clock(connection, "vocabulary")))

    async def last_arrival(self) -> int:
        """The arrival number of the newest entry, 0 before the first."""
        async with self._begin() as run:
            newest = select(func.max(entries.c.arrival))
            return await run(lambda connection: connection.scalar(newest)) or 0

    async def accept_removals(self) -> int:
        """Let the next scan withdraw the seeds that are missing now; return their number."""
        missing = update(seeds).where(seeds.c.status == SeedStatus.MISSING)
        async with self._begin() as run:
            accepted = missing.values(removal_accepted=1)
            return await run(lambda connection: connection.execute(accepted).rowcount)

    @asynccontextmanager
    async def _begin(self) -> AsyncIterator[Run]:
        async with self._one_at_a_time:
            self.file.check()
            with explained(self._database), timed(self._observer):
                work = _Work(self._engine)
                try:
                    await self._thread.run(work.begin)
                    yield lambda step: self._thread.run(lambda: step(work.connection))
                    await self._thread.run(work.commit)
                finally:
                    await self._thread.run(work.close)


class _Work:
    """One transaction and its connection, used in the writing thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    @property
    def connection(self) -> Connection:
        """The connection, after `begin`.

        Raises:
            RuntimeError: It has not begun.
        """
        if self._connection is None:
            raise RuntimeError("the transaction has not begun")
        return self._connection

    def begin(self) -> None:
        """Take the write lock."""
        self._connection = self._engine.connect()
        self._connection.begin()

    def commit(self) -> None:
        """Commit all changes."""
        self.connection.commit()

    def close(self) -> None:
        """Give the connection back; undo what is not committed."""
        if self._connection is not None:
            self._connection.close()


class _WritingThread:
    """The thread of the connection that writes.

    What runs in it when a task is cancelled goes on to its end, except labelling, which may take
    long.
    """

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._cancelled = threading.Event()

    async def run(self, work: Callable[[], T]) -> T:
        """Run something in the thread, after what runs there."""
        running = asyncio.get_running_loop().run_in_executor(self._executor, work)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            self._cancelled.set()
            await asyncio.wait([running])
            self._cancelled.clear()
            if not running.cancelled():
                running.exception()  # else it would be reported as never retrieved
            raise

    def interruptible(self, label: Labeller) -> Labeller:
        """A labeller that stops when the task is cancelled."""

        def labelled(stated: Stated) -> tuple[Label, ...]:
            if self._cancelled.is_set():
                raise InterruptedError("labelling was cancelled")
            return label(stated)

        return labelled

    def end(self) -> None:
        """End the thread."""
        self._executor.shutdown(wait=False)


def _known_seeds(connection: Connection) -> tuple[KnownSeed, ...]:
    query = select(
        seeds.c.id,
        seeds.c.path,
        seeds.c.status,
        seeds.c.hash,
        seeds.c.size,
        seeds.c.mtime,
        seeds.c.entries,
        seeds.c.removal_accepted,
    )
    return tuple(
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
        for row in connection.execute(query.order_by(seeds.c.path))
    )
