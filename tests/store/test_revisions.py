"""Which changes raise the revisions of which channels."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from feedsvc.domain.identity import key_of
from feedsvc.domain.model import Channel, Stated
from feedsvc.store.writer import open_writer, refuse_to_label
from tests.builders import T0, draft, drafts, label_plainly, reading
from tests.store.harness import StoreHarness

STRIKE = ("Strike", "Drivers in Almaty left their cabins at noon and asked for shorter shifts")
RAIN = ("Rain", "The wells of the valley are full again after three dry years in a row")
PLAIN = ("Chess for all", "Every school in town gets two boards and a teacher from this autumn")

STRIKES = {"all", "countries/kz", "topics/labour"}
RAINS = {"all", "topics/weather"}


async def test_a_new_entry_raises_the_channels_that_it_enters(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    assert set(await store.revisions()) == STRIKES
    before = await store.revisions()
    await store.publish("b.txt", RAIN)
    assert await store.raised(before) == RAINS


async def test_a_withdrawn_entry_raises_the_channels_that_it_leaves(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    await store.publish("b.txt", RAIN)
    before = await store.revisions()
    await store.remove("b.txt")
    assert await store.raised(before) == RAINS
    counts = {one.channel.path: one.entries for one in await store.reader.changes(0)}
    assert counts == {"all": 1, "countries/kz": 1, "topics/labour": 1, "topics/weather": 0}


async def test_an_edit_raises_the_channels_of_the_entry(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    await store.publish("b.txt", RAIN)
    before = await store.revisions()
    await store.publish("b.txt", (RAIN[0], RAIN[1] + " and rain is near"))
    assert await store.raised(before) == RAINS


async def test_an_edit_that_moves_an_entry_raises_old_and_new_channels(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    await store.publish("b.txt", RAIN)
    before = await store.revisions()
    await store.publish("b.txt", ("Strike", RAIN[1]))
    assert await store.raised(before) == {"all", "topics/weather", "topics/labour"}


async def test_one_seed_raises_its_channels_by_one_number(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN, PLAIN)
    assert len(set((await store.revisions()).values())) == 1


async def test_a_second_sighting_raises_nothing(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    before = await store.revisions()
    await store.publish("b.txt", STRIKE)
    await store.remove("a.txt")
    assert await store.raised(before) == set()


async def test_changes_are_those_after_a_revision_in_its_order(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    known = max((await store.revisions()).values())
    assert await store.reader.changes(known) == ()
    await store.publish("b.txt", RAIN)
    later = await store.reader.changes(known)
    assert {state.channel.path for state in later} == RAINS
    everything = await store.reader.changes(0)
    assert [one.revision for one in everything] == sorted(one.revision for one in everything)


async def test_changed_moves_forward_while_the_clock_is_behind(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    store.clock.forward(-3600)
    await store.publish("a.txt", STRIKE, RAIN)
    later = T0 + timedelta(seconds=1)
    assert max((await store.changed()).values()) == later
    assert (await store.changed())["all"] == later
    store.clock.forward(7200)
    await store.publish("a.txt", STRIKE)
    changed = await store.changed()
    assert changed["topics/weather"] == T0 + timedelta(hours=1)
    assert changed["topics/labour"] == T0


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
        assert not await transaction.take_down(key_of(draft(*RAIN)), now=T0)
        assert not await transaction.put_back(key_of(draft(*RAIN)), now=T0)


async def relabel(store: StoreHarness, label: object) -> None:
    database = store.database
    async with open_writer(database, label=label, now=T0) as writer:  # type: ignore[arg-type]
        after: int | None = 0
        while after is not None:
            async with writer.transaction() as transaction:
                after = await transaction.relabel(after=after, now=T0)


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
        await transaction.take_down(key_of(draft(*STRIKE)), now=T0)
    before = await store.revisions()
    await relabel(store, lambda _: ())
    assert (await store.entries(), await store.raised(before)) == ((), set())


def label_plainly_of(words: tuple[str, str]) -> tuple[object, ...]:
    title, text = words
    return label_plainly(Stated(title=title, text=text))


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


async def test_channels_count_their_entries(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN)
    await store.publish("b.txt", STRIKE, PLAIN)
    await store.publish("a.txt", (RAIN[0], STRIKE[1]))
    await store.remove("b.txt")
    for state in await store.reader.changes(0):
        recent = await store.reader.recent(state.channel, limit=100)
        assert (recent.state, len(recent.entries)) == (state, state.entries)


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


async def test_a_command_that_labels_nothing_may_not_label(store: StoreHarness) -> None:
    database = store.database
    async with (
        open_writer(database, label=refuse_to_label, now=T0) as writer,
        writer.transaction() as transaction,
    ):
        with pytest.raises(RuntimeError, match="must not label entries"):
            await transaction.accept(reading("a.txt"), drafts(RAIN), rolling=False, now=T0)


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
        await transaction.mark_found(ids["a.txt"])
        await transaction.mark_unchanged(ids["a.txt"], path="c.txt", size=5, mtime=6)
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
