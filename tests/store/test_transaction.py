"""What a transaction changes, and that each of its steps is all or nothing."""

from __future__ import annotations

import sqlite3

import pytest

from feedsvc.domain.model import Stated
from feedsvc.domain.reading import Problem
from feedsvc.store.database import Database
from feedsvc.store.reader import open_reader
from feedsvc.store.records import FoundSeed, SeedStatus
from feedsvc.store.writer import open_writer
from tests.builders import T0, base_key, draft, drafts, label_plainly, reading
from tests.store.harness import StoreHarness

STRIKE = ("Strike", "Drivers in Almaty left their cabins at noon and asked for shorter shifts")


RAIN = ("Rain", "The wells of the valley are full again after three dry years in a row")


STRIKES = {"all", "countries/kz", "topics/labour"}


RAINS = {"all", "topics/weather"}


async def relabel(store: StoreHarness, label: object) -> None:
    database = store.database
    async with open_writer(database, label=label, now=T0) as writer:  # type: ignore[arg-type]
        after: int | None = 0
        while after is not None:
            async with writer.transaction() as transaction:
                after = await transaction.relabel(after=after, now=T0)


def label_plainly_of(words: tuple[str, str]) -> tuple[object, ...]:
    title, text = words
    return label_plainly(Stated(title=title, text=text))


CHESS = ("Chess for all", "Every school in town gets two boards and a teacher from this autumn on")


async def test_a_taken_down_entry_leaves_for_good(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN)
    before = await store.revisions()
    strike = await store.entry("Strike")
    async with store.writer.transaction() as transaction:
        assert await transaction.take_down(strike.id, now=T0)
    assert await store.raised(before) == STRIKES
    down = await store.reader.entry(strike.id)
    assert down is not None
    assert down.withdrawn
    await store.publish("a.txt", STRIKE, RAIN)
    await store.publish("a.txt", ("Strike in town", STRIKE[1]), RAIN)
    await store.remove("a.txt")
    await store.publish("b.txt", ("Strike in town", STRIKE[1]), RAIN)
    assert [one.stated.title for one in await store.entries()] == ["Rain"]


async def test_a_restored_entry_has_its_current_words(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN)
    strike = await store.entry("Strike")
    async with store.writer.transaction() as transaction:
        await transaction.take_down(strike.id, now=T0)
    await store.publish("a.txt", ("Drivers stop", STRIKE[1]), RAIN)
    before = await store.revisions()
    async with store.writer.transaction() as transaction:
        assert await transaction.put_back(strike.id, now=T0)
    back = await store.entry("Drivers stop")
    assert (back.id, back.arrival) == (strike.id, strike.arrival)
    assert await store.raised(before) == {"all", "countries/kz"}


async def test_a_restored_entry_in_no_seed_stays_withdrawn(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    strike = await store.entry("Strike")
    async with store.writer.transaction() as transaction:
        await transaction.take_down(strike.id, now=T0)
    await store.remove("a.txt")
    async with store.writer.transaction() as transaction:
        assert await transaction.put_back(strike.id, now=T0)
    assert await store.entries() == ()
    await store.publish("a.txt", STRIKE)
    assert await store.entries() == (strike,)


async def test_restoring_what_was_never_taken_down_changes_nothing(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    before = await store.revisions()
    async with store.writer.transaction() as transaction:
        assert await transaction.put_back((await store.entry("Strike")).id, now=T0)
    assert await store.raised(before) == set()


async def test_an_unknown_entry_is_neither_taken_down_nor_restored(store: StoreHarness) -> None:
    async with store.writer.transaction() as transaction:
        assert not await transaction.take_down(base_key(draft(*RAIN)), now=T0)
        assert not await transaction.put_back(base_key(draft(*RAIN)), now=T0)


async def test_relabelling_with_the_same_vocabulary_raises_nothing(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN)
    before = (await store.entries(), await store.revisions())
    await relabel(store, label_plainly)
    assert (await store.entries(), await store.revisions()) == before


async def test_relabelling_moves_entries_and_keeps_arrivals_and_dates(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN)
    old = await store.entries()
    before = await store.revisions()
    await relabel(store, lambda statement: label_plainly(statement)[:1])
    assert await store.raised(before) == STRIKES
    new = await store.entries()
    assert [(one.id, one.arrival, one.published, one.updated) for one in new] == [
        (one.id, one.arrival, one.published, one.updated) for one in old
    ]


async def test_a_withdrawn_entry_is_relabelled_when_it_returns(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    await store.remove("a.txt")
    await relabel(store, lambda _: ())
    assert await store.entries() == ()
    await store.publish("a.txt", STRIKE)
    assert set((await store.entry("Strike")).labels) == set(label_plainly_of(STRIKE))


async def test_relabelling_does_not_publish_what_is_taken_down(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    async with store.writer.transaction() as transaction:
        await transaction.take_down(base_key(draft(*STRIKE)), now=T0)
    before = await store.revisions()
    await relabel(store, lambda _: ())
    assert (await store.entries(), await store.raised(before)) == ((), set())


async def test_another_presentation_raises_every_channel_once(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN)
    async with store.writer.transaction() as transaction:
        assert await transaction.set_presentation("one", now=T0)
    before = await store.revisions()
    store.clock.forward(60)
    async with store.writer.transaction() as transaction:
        assert not await transaction.set_presentation("one", now=store.clock.now)
    assert await store.raised(before) == set()
    async with store.writer.transaction() as transaction:
        assert await transaction.set_presentation("another", now=store.clock.now)
    assert await store.raised(before) == STRIKES | RAINS
    assert set((await store.changed()).values()) == {store.clock.now}


async def test_seeds_are_marked_missing_accepted_and_removed(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    await store.publish("b.txt", RAIN)
    ids = {seed.path: seed.id for seed in await store.writer.known_seeds()}
    assert await store.writer.accept_removals() == 0
    async with store.writer.transaction() as transaction:
        await transaction.mark_missing([ids["a.txt"], ids["b.txt"]])
        await transaction.end_scan(braked=True, now=T0)
    status = await store.reader.status()
    assert (status.missing, status.braked, status.entries, status.last_scan) == (2, True, 2, T0)
    assert await store.writer.accept_removals() == 2
    assert all(seed.removal_accepted for seed in await store.writer.known_seeds())
    async with store.writer.transaction() as transaction:
        found = FoundSeed(id=ids["a.txt"], path="c.txt", size=5, mtime=6, was_missing=True)
        await transaction.write((), found=[found], now=T0)
    returned = next(seed for seed in await store.writer.known_seeds() if seed.path == "c.txt")
    assert (returned.size, returned.mtime, returned.removal_accepted) == (5, 6, False)
    assert [seed.status for seed in await store.reader.seeds()] == ["missing", "accepted"]


async def test_what_entries_were_labelled_with_is_stored(store: StoreHarness) -> None:
    assert await store.writer.vocabulary() == ""
    async with store.writer.transaction() as transaction:
        await transaction.set_vocabulary("abc")
    assert await store.writer.vocabulary() == "abc"


async def test_the_database_stays_consistent(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN)
    await store.publish("a.txt", RAIN, rolling=True)
    await store.remove("a.txt")
    connection = sqlite3.connect(store.path)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


async def test_a_rejected_seed_keeps_its_last_good_entries(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    before = await store.entries()
    async with store.writer.transaction() as transaction:
        first = reading("a.txt", of="junk", reason="no entry", line=3)
        second = reading("b.txt", of="junk", reason="binary", encoding="")
        await transaction.write([first, second], now=T0)
        await transaction.withdraw_unseen(now=T0)
    assert await store.entries() == before
    first, second = await store.reader.seeds()
    assert (first.status, first.reason, first.line) == (SeedStatus.REJECTED, "no entry", 3)
    assert (first.entries, first.ingested) == (1, T0)
    assert (second.entries, second.ingested) == (0, None)
    status = await store.reader.status()
    assert (status.seeds, status.rejected, status.missing, status.entries) == (2, 2, 0, 1)
    await store.publish("a.txt", STRIKE)
    assert (await store.reader.seeds())[0].status is SeedStatus.ACCEPTED


async def test_problems_of_a_seed_are_kept_whole(store: StoreHarness) -> None:
    problems = (
        Problem(3, "no such region", "Use a region.", "region: Atlantis"),
        Problem(9, "no date"),
    )
    one = reading("a.txt", problems=problems)
    async with store.writer.transaction() as transaction:
        await transaction.accept(one, drafts(STRIKE), rolling=False, now=T0)
    assert (await store.reader.seeds())[0].problems == problems


async def test_a_step_that_fails_is_undone(store: StoreHarness) -> None:
    """The others of the same commit are kept: each seed is all or nothing."""

    def refuse(stated: Stated) -> tuple[()]:
        if stated.title == RAIN[0]:
            raise ArithmeticError(stated.title)
        return ()

    database = Database(store.path.with_name("other.db"))
    async with (
        open_writer(database, label=refuse, now=T0) as writer,
        open_reader(database) as reader,
    ):
        async with writer.transaction() as transaction:
            await transaction.accept(reading("a.txt"), drafts(STRIKE), rolling=False, now=T0)
            with pytest.raises(ArithmeticError):
                await transaction.accept(
                    reading("b.txt"), drafts(CHESS, RAIN), rolling=False, now=T0
                )
        assert [seed.path for seed in await reader.seeds()] == ["a.txt"]
        assert await reader.entry(base_key(draft(*CHESS))) is None
        assert await reader.entry(base_key(draft(*STRIKE))) is not None


async def test_a_transaction_that_fails_is_undone(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    before = (await store.entries(), await store.revisions(), await store.reader.status())

    async def fail() -> None:
        async with store.writer.transaction() as transaction:
            await transaction.accept(reading("b.txt"), drafts(RAIN), rolling=False, now=T0)
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        await fail()
    assert (await store.entries(), await store.revisions(), await store.reader.status()) == before
    await store.publish("b.txt", RAIN)
    assert [one.arrival for one in await store.entries()] == [2, 1]


async def test_more_entries_than_a_chunk_are_accepted_and_removed(store: StoreHarness) -> None:
    many = drafts(*((f"Story {n}", f"Teaser of story {n} with rain") for n in range(1200)))
    await store.publish("a.txt", listing=many)
    assert (await store.reader.status()).entries == 1200
    assert await store.remove("a.txt") == 1200
    assert (await store.reader.status()).entries == 0
