"""How the database is opened, and which errors are explained."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import exc, text

from feedsvc.store.database import Database, DatabaseError
from feedsvc.store.engine import explained
from feedsvc.store.reader import open_reader
from feedsvc.store.writer import open_writer, refuse_to_label
from tests.builders import T0, drafts, label_plainly
from tests.store.harness import StoreHarness


async def limit_pages(store: StoreHarness, pages: int) -> None:
    """As many pages as the database has already, at least: it cannot grow."""
    with store.writer._engine.connect() as connection:
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))


async def test_a_path_may_contain_the_marks_of_a_url(tmp_path: Path) -> None:
    database = Database(tmp_path / "100% state?#1" / "a.db")
    async with open_writer(database, label=label_plainly, now=T0):
        assert database.exists()
    async with open_reader(database) as reader:
        assert (await reader.status()).created == T0


async def test_a_lock_held_by_another_process_is_reported(store: StoreHarness) -> None:
    with store.writer._engine.connect() as connection:
        connection.execute(text("PRAGMA busy_timeout = 10"))
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
    wrong = text("INSERT INTO sightings (id) VALUES (1)")
    async with store.writer._begin() as run:
        with pytest.raises(exc.IntegrityError):
            await run(lambda connection: connection.execute(wrong))


def test_connections_that_stay_busy_are_reported() -> None:
    with (
        pytest.raises(DatabaseError, match="all connections are busy"),
        explained(Database(Path("a.db"))),
    ):
        raise exc.TimeoutError


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
