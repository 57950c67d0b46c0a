from __future__ import annotations

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import exc, text

from feedsvc.domain.model import Channel
from feedsvc.store.database import Database, DatabaseError
from feedsvc.store.engine import explained, open_reading_engine
from feedsvc.store.reader import open_reader
from feedsvc.store.writer import open_writer, refuse_to_label
from tests.builders import T0, drafts, label_plainly, reading
from tests.store.harness import StoreHarness


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


def names(folder: Path) -> set[str]:
    return {item.name for item in folder.iterdir()}


async def test_a_path_may_contain_the_marks_of_a_url(tmp_path: Path) -> None:
    database = Database(tmp_path / "100% state?#1" / "a.db")
    async with open_writer(database, label=label_plainly, now=T0):
        assert database.exists()
    async with open_reader(database) as reader:
        assert (await reader.status()).created == T0


async def test_an_answer_is_one_snapshot(store: StoreHarness) -> None:
    await store.publish("a.txt", ("One", "Some words of the first story"))
    engine = open_reading_engine(store.database)
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


async def test_transactions_of_one_writer_take_turns(store: StoreHarness) -> None:
    await asyncio.gather(
        *(store.publish(f"{n}.txt", (f"Story {n}", f"Teaser {n}")) for n in range(20))
    )
    assert [one.arrival for one in await store.entries()] == list(range(20, 0, -1))


async def test_a_lock_held_by_another_process_is_reported(store: StoreHarness) -> None:
    async with store.writer._engine.connect() as connection:
        await connection.execute(text("PRAGMA busy_timeout = 10"))
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseError, match=r"feedsvc\.db: database is locked"):
        await store.writer.known_seeds()
    assert (await store.reader.status()).seeds == 0
    other.execute("ROLLBACK")
    other.close()
    assert await store.writer.known_seeds() == ()


async def test_a_full_disk_is_reported_and_nothing_is_lost(store: StoreHarness) -> None:
    await store.publish("a.txt", ("One", "Some words of the first story"))
    many = drafts(*((f"Rain {n}", f"Drops of number {n} " * 40) for n in range(300)))
    await limit_pages(store, 1)
    with pytest.raises(DatabaseError, match=r"feedsvc\.db: database or disk is full"):
        await store.publish("b.txt", listing=many)
    assert [one.stated.title for one in await store.entries()] == ["One"]
    await limit_pages(store, 1_000_000)
    await store.publish("b.txt", listing=many)
    assert (await store.reader.status()).entries == 301


async def limit_pages(store: StoreHarness, pages: int) -> None:
    """As many pages as the database has already, at least: it cannot grow."""
    async with store.writer._engine.connect() as connection:
        await connection.execute(text(f"PRAGMA max_page_count = {pages}"))


async def test_a_damaged_database_is_reported(store: StoreHarness, tmp_path: Path) -> None:
    await store.publish("a.txt", ("One", "Some words of the first story"))
    copy = tmp_path / "copy.db"
    source, target = sqlite3.connect(store.path), sqlite3.connect(copy)
    source.backup(target)
    source.close()
    target.close()
    data = copy.read_bytes()
    copy.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    async with open_reader(Database(copy)) as reader:
        with pytest.raises(DatabaseError, match=r"copy\.db: .*(malformed|not a database)"):
            await reader.entry((await store.entry("One")).id)


async def test_a_bug_is_not_mistaken_for_a_bad_database(store: StoreHarness) -> None:
    with pytest.raises(exc.IntegrityError):
        async with store.writer._begin() as connection:
            await connection.execute(text("INSERT INTO sightings (id) VALUES (1)"))


def test_connections_that_stay_busy_are_reported() -> None:
    with (
        pytest.raises(DatabaseError, match="all connections are busy"),
        explained(Database(Path("a.db"))),
    ):
        raise exc.TimeoutError


async def test_a_cancelled_transaction_is_undone_and_releases_the_writer(
    store: StoreHarness,
) -> None:
    inside = asyncio.Event()

    async def take_in() -> None:
        async with store.writer.transaction() as transaction:
            await transaction.accept(
                reading("a.txt"), drafts(("One", "Words")), rolling=False, now=T0
            )
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(take_in())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await store.entries() == ()
    await store.publish("a.txt", ("One", "Words"))
    assert len(await store.entries()) == 1


async def test_every_transaction_is_timed_however_it_ends(tmp_path: Path) -> None:
    database = Database(tmp_path / "feedsvc.db")
    writes: list[float] = []
    reads: list[float] = []
    async with (
        open_writer(database, label=refuse_to_label, now=T0, observer=writes.append) as writer,
        open_reader(database, observer=reads.append) as reader,
    ):
        await writer.known_seeds()
        with pytest.raises(asyncio.CancelledError):
            async with writer.transaction():
                raise asyncio.CancelledError
        await reader.status()
        await reader.seeds()
    assert (len(writes), len(reads)) == (2, 2)
    assert min(*writes, *reads) > 0
