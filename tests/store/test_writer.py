"""What the one writer promises, apart from its transactions."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from feedsvc.domain.identity import namespace_of
from feedsvc.domain.model import Channel
from feedsvc.store.database import Database
from feedsvc.store.reader import open_reader
from feedsvc.store.records import SeedStatus
from feedsvc.store.writer import open_writer, refuse_to_label
from tests.builders import T0, drafts, label_plainly, reading
from tests.store.harness import StoreHarness

RAIN = ("Rain", "The wells of the valley are full again after three dry years in a row")


async def test_transactions_of_one_writer_take_turns(store: StoreHarness) -> None:
    await asyncio.gather(
        *(store.publish(f"{n}.txt", (f"Story {n}", f"Teaser {n}")) for n in range(20))
    )
    assert [one.arrival for one in await store.entries()] == list(range(20, 0, -1))


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


async def test_a_command_that_labels_nothing_may_not_label(store: StoreHarness) -> None:
    database = store.database
    async with (
        open_writer(database, label=refuse_to_label, now=T0) as writer,
        writer.transaction() as transaction,
    ):
        with pytest.raises(RuntimeError, match="must not label entries"):
            await transaction.accept(reading("a.txt"), drafts(RAIN), rolling=False, now=T0)


async def test_opening_the_store_again_keeps_its_age(store: StoreHarness) -> None:
    async with open_writer(store.database, label=refuse_to_label, now=T0 + timedelta(days=9)):
        assert (await store.reader.status()).created == T0


async def publish_rain(folder: Path, *, base_url: str) -> tuple[UUID, UUID]:
    """The namespace of a database, and the ID of its one entry."""
    database = Database(folder / "feedsvc.db")
    space = namespace_of(base_url)
    async with open_writer(database, label=label_plainly, now=T0, namespace=space) as writer:
        async with writer.transaction() as transaction:
            await transaction.accept(reading("a.txt"), drafts(RAIN), rolling=False, now=T0)
        async with open_reader(database) as reader:
            (entry,) = (await reader.recent(Channel(), limit=9)).entries
            return await reader.namespace(), entry.id


async def test_two_installations_share_no_id_for_the_same_words(tmp_path: Path) -> None:
    one = await publish_rain(tmp_path / "one", base_url="https://one.example")
    other = await publish_rain(tmp_path / "other", base_url="https://other.example")
    assert one[0] == namespace_of("https://one.example")
    assert set(one).isdisjoint(other)


async def test_a_database_built_again_at_the_same_address_has_the_same_ids(tmp_path: Path) -> None:
    first = await publish_rain(tmp_path / "first", base_url="https://one.example")
    assert await publish_rain(tmp_path / "again", base_url="https://one.example") == first


async def test_a_database_keeps_its_namespace_when_the_address_changes(tmp_path: Path) -> None:
    first = await publish_rain(tmp_path, base_url="https://one.example")
    assert await publish_rain(tmp_path, base_url="https://moved.example") == first


async def test_the_last_arrival_is_that_of_the_newest_entry(store: StoreHarness) -> None:
    assert await store.writer.last_arrival() == 0
    await store.publish("a.txt", RAIN, ("Sun", "It shone on the whole coast from noon on"))
    assert await store.writer.last_arrival() == 2
    await store.remove("a.txt")
    assert await store.writer.last_arrival() == 2


async def test_known_seeds_come_by_path_with_the_hash_of_their_bytes(store: StoreHarness) -> None:
    await store.publish("b.txt", RAIN)
    await store.publish("a.txt", RAIN)
    first, second = await store.writer.known_seeds()
    assert (first.path, second.path) == ("a.txt", "b.txt")
    assert first.hash == second.hash == reading("a.txt", of=drafts(RAIN)).hash
    assert (first.status, first.entries, first.removal_accepted) == (SeedStatus.ACCEPTED, 1, False)


async def test_known_seeds_are_read_again_only_after_something_was_written(
    store: StoreHarness,
) -> None:
    await store.publish("a.txt", RAIN)
    first = await store.writer.known_seeds()
    assert await store.writer.known_seeds() is first
    await store.publish("b.txt", RAIN)
    second = await store.writer.known_seeds()
    assert len(second) == 2
    with closing(sqlite3.connect(store.database.path)) as other, other:
        other.execute("UPDATE seeds SET removal_accepted = 1")
    third = await store.writer.known_seeds()
    assert [seed.removal_accepted for seed in third] == [True, True]
    assert await store.writer.known_seeds() is third


async def test_only_missing_seeds_may_be_removed_on_confirmation(store: StoreHarness) -> None:
    await store.publish("a.txt", RAIN)
    await store.publish("b.txt", RAIN)
    known = {seed.path: seed.id for seed in await store.writer.known_seeds()}
    async with store.writer.transaction() as transaction:
        await transaction.mark_missing([known["a.txt"]])
    assert await store.writer.accept_removals() == 1
    accepted = {seed.path: seed.removal_accepted for seed in await store.writer.known_seeds()}
    assert accepted == {"a.txt": True, "b.txt": False}
