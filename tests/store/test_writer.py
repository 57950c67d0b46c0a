"""What the one writer promises, apart from its transactions."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from feedsvc.store.records import SeedStatus
from feedsvc.store.writer import open_writer, refuse_to_label
from tests.builders import T0, drafts, reading
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


async def test_only_missing_seeds_may_be_removed_on_confirmation(store: StoreHarness) -> None:
    await store.publish("a.txt", RAIN)
    await store.publish("b.txt", RAIN)
    known = {seed.path: seed.id for seed in await store.writer.known_seeds()}
    async with store.writer.transaction() as transaction:
        await transaction.mark_missing([known["a.txt"]])
    assert await store.writer.accept_removals() == 1
    accepted = {seed.path: seed.removal_accepted for seed in await store.writer.known_seeds()}
    assert accepted == {"a.txt": True, "b.txt": False}
