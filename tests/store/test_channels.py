"""Which changes raise the revisions of which channels."""

from __future__ import annotations

from datetime import timedelta

from tests.builders import T0
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


async def test_channels_count_their_entries(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN)
    await store.publish("b.txt", STRIKE, PLAIN)
    await store.publish("a.txt", (RAIN[0], STRIKE[1]))
    await store.remove("b.txt")
    for state in await store.reader.changes(0):
        recent = await store.reader.recent(state.channel, limit=100)
        assert (recent.state, len(recent.entries)) == (state, state.entries)
