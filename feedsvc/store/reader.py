"""Answers questions about what is stored, each from one stable snapshot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from feedsvc.domain.batch.rows import Standing
from feedsvc.domain.model import Channel, Draft
from feedsvc.domain.query import Query
from feedsvc.store.clock import read_clock
from feedsvc.store.database import Database
from feedsvc.store.deadline import SECONDS, run_within
from feedsvc.store.engine import READERS, Observer, explained, ignore, open_reading_engine, timed
from feedsvc.store.lookups import compare_drafts
from feedsvc.store.open_file import OpenFile
from feedsvc.store.queries import (
    archive_row,
    channel_row,
    is_channel,
    labels_of,
    newest,
    number_of_flawed,
    places,
    seed_numbers,
    seed_rows,
    seeds_after,
    troubled_seeds,
    untroubled_seeds,
    within,
)
from feedsvc.store.records import (
    ArchivePage,
    ChannelState,
    Comparison,
    EntryDetail,
    Matches,
    NumberedSeed,
    Recent,
    SeedOverview,
    SeedPage,
    SeedState,
    SeedStatus,
    Sighting,
    SkippedFile,
    StoreStatus,
)
from feedsvc.store.rows import (
    group_by_arrival,
    to_channel_state,
    to_entry,
    to_seed_state,
    to_time,
    to_time_or_none,
)
from feedsvc.store.schema import channels, clock, entries, seeds, skipped_files
from feedsvc.store.search import Scope, best_matches, find_scope, newest_matches


@asynccontextmanager
async def open_reader(
    database: Database,
    *,
    connections: int = READERS,
    seconds: float = SECONDS,
    observer: Observer = ignore,
    file: OpenFile | None = None,
) -> AsyncIterator[Reader]:
    """Open a reader of an existing, migrated database; it is closed at the end of the block.

    `seconds` is how long one query may take, `file` the database's file if a writer has it open.
    """
    file = file or OpenFile(database)
    engine = open_reading_engine(database, file=file, connections=connections)
    try:
        yield Reader(engine, database=database, file=file, seconds=seconds, observer=observer)
    finally:
        await engine.dispose()


class Reader:
    """Reads and never writes. Every method raises DatabaseError if the database cannot be read."""

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        database: Database,
        file: OpenFile,
        seconds: float,
        observer: Observer,
    ) -> None:
        self.file = file
        self._engine = engine
        self._database = database
        self._seconds = seconds
        self._observer = observer

    async def disconnect(self) -> None:
        """Close idle connections; others are opened when needed.

        Where they were opened on a read-only disk, the whole process could not write (SQLite keeps
        one map of the journal per process).
        """
        await self._engine.dispose()

    async def changes(self, after: int) -> tuple[ChannelState, ...]:
        """The channels with a revision greater than `after`, by revision."""
        newer = select(channels).where(channels.c.revision > after).order_by(channels.c.revision)
        async with self._snapshot() as connection:
            return tuple(map(to_channel_state, await connection.execute(newer)))

    async def recent(self, channel: Channel, *, limit: int, before: int | None = None) -> Recent:
        """A channel's newest arrivals, or its newest before an arrival number."""
        async with self._snapshot() as connection:
            found = (await connection.execute(channel_row(channel))).one_or_none()
            if found is None:
                return Recent(state=None, entries=())
            rows = (await connection.execute(newest(found.id, limit, before))).all()
            marks = await _labels_of(connection, [row.arrival for row in rows])
        return Recent(
            state=to_channel_state(found),
            entries=tuple(to_entry(row, marks.get(row.arrival, [])) for row in rows),
        )

    async def archive(self, channel: Channel, page: int) -> ArchivePage | None:
        """An archive page of a channel; None if there is no such page."""
        async with self._snapshot() as connection:
            row = (await connection.execute(archive_row(channel, page))).one_or_none()
            if row is None:
                return None
            rows = (await connection.execute(within(row.channel, row.first, row.last))).all()
            marks = await _labels_of(connection, [one.arrival for one in rows])
        return ArchivePage(
            page=page,
            pages=row.archives,
            revision=row.revision,
            changed=to_time(row.changed),
            entries=tuple(to_entry(one, marks.get(one.arrival, [])) for one in rows),
        )

    async def find(self, query: Query, *, limit: int, before: int | None = None) -> Matches:
        """The newest arrivals that match a query, or the newest before an arrival number.

        Raises:
            QueryTooBroadError: The query takes longer than one request may.
        """
        return await self._find(
            query, lambda scope: newest_matches(query, scope=scope, limit=limit, before=before)
        )

    async def rank(self, query: Query, *, limit: int, offset: int = 0) -> Matches:
        """The best matches of a query with words, best first, after `offset` better ones.

        Raises:
            QueryTooBroadError: The query takes longer than one request may.
        """
        return await self._find(
            query, lambda scope: best_matches(query, scope=scope, limit=limit, offset=offset)
        )

    async def _find(self, query: Query, found: Callable[[Scope], Select[Any]]) -> Matches:
        async with self._snapshot() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None  # noqa: S101 - it was connected just now
            work = _matches(connection, query, found)
            return await run_within(self._seconds, work, interrupt=driver.interrupt)

    async def entry(self, entry_id: UUID) -> EntryDetail | None:
        """An entry, published or not, with its labels and sightings; None if unknown."""
        async with self._snapshot() as connection:
            query = select(entries).where(entries.c.id == entry_id)
            row = (await connection.execute(query)).one_or_none()
            if row is None:
                return None
            marks = await _labels_of(connection, [row.arrival])
            found = (await connection.execute(places(row.arrival))).all()
        return EntryDetail(
            entry=to_entry(row, marks.get(row.arrival, [])),
            withdrawn=bool(row.taken_down) or row.standing == Standing.WITHDRAWN,
            sightings=tuple(
                Sighting(seed=place.path, ordinal=place.ordinal, line=place.line) for place in found
            ),
        )

    async def namespace(self) -> UUID:
        """The namespace in which the store's ids are made."""
        async with self._snapshot() as connection:
            found: UUID = await connection.run_sync(lambda sync: read_clock(sync, "namespace"))
            return found

    async def seeds(self) -> tuple[SeedState, ...]:
        """Every seed, by path."""
        async with self._snapshot() as connection:
            return tuple([to_seed_state(row) async for row in seed_rows(connection)])

    async def seed_page(self, *, limit: int, after: int | None = None) -> SeedPage | None:
        """Some seeds by path, from the first or from where a page before ended.

        None if the seed where it ended has been removed.
        """
        async with self._snapshot() as connection:
            if after is not None and not await connection.scalar(
                select(seeds.c.id).where(seeds.c.id == after)
            ):
                return None
            rows = (await connection.execute(seeds_after(after, limit + 1))).all()
        return SeedPage(
            seeds=tuple(map(to_seed_state, rows[:limit])),
            next=rows[limit - 1].id if len(rows) > limit else None,
        )

    async def seed_overview(self, *, limit: int) -> SeedOverview:
        """The seeds that need attention, then others, as many as the limit together."""
        async with self._snapshot() as connection:
            flawed = await connection.scalar(number_of_flawed())
            troubled = (await connection.execute(troubled_seeds(limit))).all()
            rest = untroubled_seeds(limit - len(troubled))
            others = (await connection.execute(rest)).all()
            numbers = await _numbers_of(connection, troubled, others)
        return SeedOverview(
            troubled=tuple(NumberedSeed(numbers[row.id], to_seed_state(row)) for row in troubled),
            others=tuple(NumberedSeed(numbers[row.id], to_seed_state(row)) for row in others),
            flawed=flawed or 0,
        )

    async def compare(self, path: str, drafts: Sequence[Draft]) -> Comparison:
        """What accepting drafts for the seed with a path would do; nothing is written."""
        async with self._snapshot() as connection:
            return await connection.run_sync(lambda sync: compare_drafts(sync, path, drafts))

    async def skipped_files(self) -> tuple[SkippedFile, ...]:
        """The files of the folder that are not read, by path."""
        async with self._snapshot() as connection:
            query = select(skipped_files).order_by(skipped_files.c.path)
            rows = await connection.execute(query)
            return tuple(SkippedFile(path=row.path, reason=row.reason) for row in rows)

    async def status(self) -> StoreStatus:
        """Counts and times of the whole store."""
        async with self._snapshot() as connection:
            now = (await connection.execute(select(clock).where(clock.c.id == 1))).one()
            published = await connection.scalar(
                select(channels.c.entries).where(is_channel(Channel())),
            )
            counts = {
                status: await connection.scalar(
                    select(func.count()).where(seeds.c.status == status),
                )
                or 0
                for status in SeedStatus
            }
        return StoreStatus(
            created=to_time(now.created),
            clock=to_time(now.time),
            last_ingest=to_time_or_none(now.ingested),
            last_scan=to_time_or_none(now.scanned),
            entries=published or 0,
            seeds=sum(counts.values()),
            rejected=counts[SeedStatus.REJECTED],
            missing=counts[SeedStatus.MISSING],
            braked=bool(now.braked),
        )

    @asynccontextmanager
    async def _snapshot(self) -> AsyncIterator[AsyncConnection]:
        self.file.check_readable()
        with explained(self._database), timed(self._observer):
            async with self._engine.begin() as connection:
                yield connection


async def _matches(
    connection: AsyncConnection,
    query: Query,
    found: Callable[[Scope], Select[Any]],
) -> Matches:
    revision = await connection.scalar(select(channels.c.revision).where(is_channel(Channel())))
    scope = await find_scope(connection, query)
    if scope is None:
        return Matches(revision=revision or 0, entries=())
    rows = (await connection.execute(found(scope))).all()
    marks = await _labels_of(connection, [row.arrival for row in rows])
    return Matches(
        revision=revision or 0,
        entries=tuple(to_entry(row, marks.get(row.arrival, [])) for row in rows),
    )


async def _numbers_of(
    connection: AsyncConnection, troubled: Sequence[Row[Any]], others: Sequence[Row[Any]]
) -> dict[int, int]:
    """The number of each of these seeds among all; they are counted only if that is needed."""
    if not troubled:
        return {row.id: number for number, row in enumerate(others, start=1)}
    counted = seed_numbers([row.id for row in (*troubled, *others)])
    return {row.id: row.number for row in await connection.execute(counted)}


async def _labels_of(
    connection: AsyncConnection,
    arrivals: list[int],
) -> dict[int, list[Row[Any]]]:
    return dict(group_by_arrival(await connection.execute(labels_of(arrivals))))
