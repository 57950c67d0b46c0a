"""What a reader answers, and from one snapshot."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import exc, text

from feedsvc.domain.model import Channel
from feedsvc.store.database import Database, DatabaseError
from feedsvc.store.engine import open_reading_engine
from feedsvc.store.reader import open_reader
from feedsvc.store.records import SeedStatus
from tests.builders import T0, draft, drafts, reading
from tests.store.harness import StoreHarness

STRIKE = ("Strike", "Drivers in Almaty left their cabins at noon and asked for shorter shifts")


RAIN = ("Rain", "The wells of the valley are full again after three dry years in a row")


RAINS = {"all", "topics/weather"}


def names(folder: Path) -> set[str]:
    return {item.name for item in folder.iterdir()}


async def test_changes_are_those_after_a_revision_in_its_order(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    known = max((await store.revisions()).values())
    assert await store.reader.changes(known) == ()
    await store.publish("b.txt", RAIN)
    later = await store.reader.changes(known)
    assert {state.channel.path for state in later} == RAINS
    everything = await store.reader.changes(0)
    assert [one.revision for one in everything] == sorted(one.revision for one in everything)


async def test_a_feed_holds_the_newest_arrivals_and_pages_by_them(store: StoreHarness) -> None:
    for number in range(7):
        words = (f"Rain {number}", f"Drops of number {number} fall")
        dated = draft(*words, date=T0 - timedelta(days=number))
        await store.publish(f"{number}.txt", listing=(dated,))
    weather = Channel(topic="weather")
    newest = await store.reader.recent(weather, limit=3)
    assert [one.arrival for one in newest.entries] == [7, 6, 5]
    older = await store.reader.recent(weather, limit=3, before=5)
    assert [one.arrival for one in older.entries] == [4, 3, 2]
    assert newest.state is not None
    assert newest.state.entries == 7


async def test_a_channel_that_never_had_an_entry_has_no_state(store: StoreHarness) -> None:
    recent = await store.reader.recent(Channel(topic="weather"), limit=3)
    assert (recent.state, recent.entries) == (None, ())


async def test_a_reader_cannot_write(store: StoreHarness) -> None:
    async with store.reader._engine.connect() as connection:
        with pytest.raises(exc.OperationalError, match="readonly"):
            await connection.execute(text("DELETE FROM seeds"))


async def test_a_reader_does_not_create_a_database(store: StoreHarness, tmp_path: Path) -> None:
    await store.entries()
    threads = threading.active_count()
    async with open_reader(Database(tmp_path / "none.db")) as reader:
        with pytest.raises(DatabaseError, match=r"none\.db: unable to open database file"):
            await reader.status()
    assert "none.db" not in names(tmp_path)
    # The driver's thread tells the loop that it ends: the loop has to be there to hear it.
    while threading.active_count() > threads:  # noqa: ASYNC110 - a thread sets no event
        await asyncio.sleep(0.01)
    assert (await store.reader.status()).seeds == 0


async def test_an_answer_is_one_snapshot(store: StoreHarness) -> None:
    await store.publish("a.txt", ("One", "Some words of the first story"))
    engine = open_reading_engine(store.database, file=store.reader.file)
    try:
        async with engine.begin() as connection:
            count = text("SELECT count(*) FROM entries")
            assert await connection.scalar(count) == 1
            await store.publish("b.txt", ("Two", "Some words of the second story"))
            assert await connection.scalar(count) == 1
        async with engine.begin() as connection:
            assert await connection.scalar(count) == 2
    finally:
        await engine.dispose()


async def test_readers_answer_while_a_seed_is_written(store: StoreHarness) -> None:
    await store.publish("a.txt", ("One", "Some words of the first story"))
    async with store.writer.transaction() as transaction:
        await transaction.accept(
            reading("b.txt"), drafts(("Two", "Other words")), rolling=False, now=T0
        )
        recent = await store.reader.recent(Channel(), limit=9)
        assert [one.stated.title for one in recent.entries] == ["One"]


async def test_an_entry_that_no_seed_ever_had_is_unknown(store: StoreHarness) -> None:
    assert await store.reader.entry(UUID(int=7)) is None


async def test_an_archive_page_ends_where_the_next_one_begins(store: StoreHarness) -> None:
    await store.publish("a.txt", *((f"Rain {n}", f"Drops of number {n} fall") for n in range(12)))
    first, second = [await store.reader.archive(Channel(), page) for page in (1, 2)]
    assert first is not None
    assert second is not None
    assert (first.page, first.pages, second.page) == (1, 2, 2)
    assert [one.arrival for one in first.entries] == [5, 4, 3, 2, 1]
    assert [one.arrival for one in second.entries] == [10, 9, 8, 7, 6]
    assert await store.reader.archive(Channel(), 3) is None


async def test_an_entry_comes_with_its_sightings_even_when_it_is_withdrawn(
    store: StoreHarness,
) -> None:
    await store.publish("b.txt", RAIN)
    await store.publish("a.txt", STRIKE, RAIN)
    rain = await store.entry("Rain")
    detail = await store.reader.entry(rain.id)
    assert detail is not None
    assert not detail.withdrawn
    assert [(one.seed, one.ordinal, one.line) for one in detail.sightings] == [
        ("a.txt", 2, 5),
        ("b.txt", 1, 1),
    ]
    await store.remove("a.txt", "b.txt")
    gone = await store.reader.entry(rain.id)
    assert gone is not None
    assert (gone.withdrawn, gone.sightings, gone.entry.id) == (True, (), rain.id)


async def test_the_status_counts_seeds_and_published_entries(store: StoreHarness) -> None:
    empty = await store.reader.status()
    assert (empty.entries, empty.seeds, empty.last_ingest, empty.last_scan) == (0, 0, None, None)
    await store.publish("a.txt", STRIKE, RAIN)
    await store.publish("b.txt", RAIN)
    known = {seed.path: seed.id for seed in await store.writer.known_seeds()}
    later = T0 + timedelta(minutes=1)
    async with store.writer.transaction() as transaction:
        await transaction.write([reading("c.txt", reason="not text")], now=T0)
        await transaction.mark_missing([known["b.txt"]])
        await transaction.end_scan(braked=True, now=later)
    status = await store.reader.status()
    assert (status.entries, status.seeds, status.rejected, status.missing) == (2, 3, 1, 1)
    assert (status.braked, status.last_ingest, status.last_scan) == (True, T0, later)


async def test_seeds_come_by_path_with_what_became_of_them(store: StoreHarness) -> None:
    await store.publish("b.txt", STRIKE, RAIN)
    async with store.writer.transaction() as transaction:
        await transaction.write([reading("a.txt", reason="not text", line=3)], now=T0)
    rejected, good = await store.reader.seeds()
    assert (rejected.path, rejected.status, rejected.reason, rejected.line) == (
        "a.txt",
        SeedStatus.REJECTED,
        "not text",
        3,
    )
    assert (good.path, good.status, good.entries, good.ingested) == (
        "b.txt",
        SeedStatus.ACCEPTED,
        2,
        T0,
    )
