"""How a seed's drafts become entries, keys and sightings."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from feedsvc.domain.model import Draft
from tests.builders import T0, base_key, draft
from tests.store.harness import StoreHarness

SECOND = timedelta(seconds=1)


COLUMN = "The takings of the night market by the river came to {} crowns on {}, the stewards say"
MAY = ("Night market", COLUMN.format(900, "3 May"))
JUNE = ("Night market", COLUMN.format(850, "7 June"))


STRIKE = ("Strike in Almaty", "Tram drivers left their cabins at noon and asked for shorter shifts")


RAIN = ("Rain at last", "The wells of the valley are full again after three dry years in a row")


CHESS = ("Chess for all", "Every school in town gets two boards and a teacher from this autumn on")


UNTITLED = (
    "",
    "A late frost has spared most of the orchards, growers in the valley said on Friday",
)


async def test_new_entries_get_ids_dates_and_arrival_numbers_from_the_bottom_up(
    store: StoreHarness,
) -> None:
    outcome = await store.publish("a.txt", STRIKE, RAIN, CHESS)
    assert (outcome.new, outcome.changed) == (3, True)
    entries = await store.entries()
    assert [one.stated.title for one in entries] == [STRIKE[0], RAIN[0], CHESS[0]]
    assert [one.arrival for one in entries] == [3, 2, 1]
    assert [one.id for one in entries] == [
        base_key(draft(*words)) for words in (STRIKE, RAIN, CHESS)
    ]
    assert [T0 - one.published for one in entries] == [timedelta(seconds=n) for n in range(3)]
    assert all(one.published == one.updated for one in entries)


async def test_reading_again_changes_nothing(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, UNTITLED)
    before = (await store.entries(), await store.revisions())
    store.clock.forward(60)
    outcome = await store.publish("a.txt", STRIKE, UNTITLED)
    assert not outcome.changed
    assert (await store.entries(), await store.revisions()) == before


async def test_adding_to_the_top_of_a_listing_keeps_its_other_entries(store: StoreHarness) -> None:
    await store.publish("a.txt", RAIN, CHESS)
    before = await store.entries()
    store.clock.forward(60)
    await store.publish("a.txt", STRIKE, RAIN, CHESS)
    first, *rest = await store.entries()
    assert (first.stated.title, first.arrival) == (STRIKE[0], 3)
    assert tuple(rest) == before
    found = await store.reader.entry(rest[0].id)
    assert found is not None
    assert [(one.seed, one.ordinal, one.line) for one in found.sightings] == [("a.txt", 2, 5)]


async def test_the_same_story_in_two_seeds_is_one_entry(store: StoreHarness) -> None:
    await store.publish("b.txt", STRIKE)
    outcome = await store.publish("a.txt", RAIN, STRIKE)
    assert (outcome.new, outcome.seen) == (1, 1)
    found = await store.reader.entry(base_key(draft(*STRIKE)))
    assert found is not None
    assert [(one.seed, one.ordinal) for one in found.sightings] == [("a.txt", 2), ("b.txt", 1)]
    assert len(await store.entries()) == 2


async def test_a_story_twice_in_a_listing_is_one_entry_at_its_first_place(
    store: StoreHarness,
) -> None:
    dated = draft(*STRIKE, ordinal=1, date=T0 - timedelta(days=1))
    again = draft(*STRIKE, ordinal=3, date=T0 - timedelta(days=9))
    await store.publish("a.txt", listing=(dated, draft(*RAIN, ordinal=2), again))
    first, second = await store.entries()
    assert [first.stated.title, second.stated.title] == [STRIKE[0], RAIN[0]]
    assert first.published == T0 - timedelta(days=1)
    found = await store.reader.entry(first.id)
    assert found is not None
    assert [one.ordinal for one in found.sightings] == [1, 3]


async def test_two_stories_with_one_title_are_two_entries(store: StoreHarness) -> None:
    await store.publish("a.txt", ("Weather", "Rain all day in the northern hills and valleys"))
    await store.publish("b.txt", ("Weather", "Sun on the whole of the southern coast until May"))
    assert len(await store.entries()) == 2


async def test_an_edited_entry_owns_its_new_words_for_good(store: StoreHarness) -> None:
    """Another seed that brings the new words brings no other entry."""
    await store.publish("a.txt", STRIKE)
    await store.publish("a.txt", ("Drivers stop work", STRIKE[1]))
    outcome = await store.publish("b.txt", ("Drivers stop work", STRIKE[1]))
    assert outcome.seen == 1
    assert [one.id for one in await store.entries()] == [base_key(draft(*STRIKE))]


async def test_each_week_of_a_column_is_an_entry_of_its_own(store: StoreHarness) -> None:
    await store.publish("week1.txt", MAY)
    first = await store.entry(MAY[0])
    outcome = await store.publish("week2.txt", JUNE)
    assert outcome.new == 1
    assert [one.stated.text for one in await store.entries()] == [JUNE[1], MAY[1]]
    assert (await store.entries())[1].id == first.id

    outcome = await store.publish("copies.txt", (MAY[0], MAY[1][:70]), (JUNE[0], JUNE[1][:70]))
    assert (outcome.seen, outcome.new) == (2, 0)


async def test_words_from_before_an_edit_are_still_the_same_entry(store: StoreHarness) -> None:
    corrected = (MAY[0], MAY[1].replace("900", "910"))
    await store.publish("a.txt", MAY)
    before = await store.entry(MAY[0])
    await store.publish("a.txt", corrected)
    outcome = await store.publish("backup.txt", MAY)
    assert (outcome.seen, outcome.new) == (1, 0)
    assert [one.id for one in await store.entries()] == [before.id]


async def test_the_id_that_a_source_gives_keeps_an_entry_through_every_edit(
    store: StoreHarness,
) -> None:
    def fed(words: tuple[str, str]) -> Draft:
        return replace(draft(*words), source_id="https://a.example/?p=7")

    await store.publish("a.xml", listing=[fed(STRIKE)])
    before = await store.entry(STRIKE[0])
    outcome = await store.publish("a.xml", listing=[fed(CHESS)])
    assert outcome.edited == 1
    assert (await store.entry(CHESS[0])).id == before.id


async def test_edited_into_anothers_words_it_joins_the_other(store: StoreHarness) -> None:
    edited = ("Drivers stop work", STRIKE[1])
    await store.publish("b.txt", edited)
    await store.publish("a.txt", STRIKE)
    outcome = await store.publish("a.txt", edited)
    assert outcome.joined == 1
    (left,) = await store.entries()
    assert left.id == base_key(draft(*edited))
    joined = await store.reader.entry(base_key(draft(*STRIKE)))
    assert joined is not None
    assert joined.withdrawn


async def test_a_rolling_seed_keeps_what_dropped_off_its_listing(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN, rolling=True)
    before = await store.entries()
    await store.publish("a.txt", CHESS, STRIKE, rolling=True)
    assert [one.stated.title for one in await store.entries()] == [CHESS[0], STRIKE[0], RAIN[0]]
    kept = await store.reader.entry(before[1].id)
    assert kept is not None
    assert (kept.withdrawn, kept.sightings) == (False, ())


async def test_an_entry_that_returns_to_a_rolling_listing_has_one_sighting(
    store: StoreHarness,
) -> None:
    await store.publish("a.txt", STRIKE, RAIN, rolling=True)
    await store.publish("a.txt", STRIKE, rolling=True)
    await store.publish("a.txt", STRIKE, RAIN, rolling=True)
    found = await store.reader.entry(base_key(draft(*RAIN)))
    assert found is not None
    assert len(found.sightings) == 1
    assert await store.remove("a.txt") == 2


async def test_a_seed_that_stops_rolling_drops_what_it_kept(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN, rolling=True)
    await store.publish("a.txt", STRIKE, rolling=True)
    await store.publish("a.txt", STRIKE, rolling=False)
    assert [one.stated.title for one in await store.entries()] == [STRIKE[0]]


async def test_removing_a_rolling_seed_removes_all_it_kept(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN, rolling=True)
    await store.publish("a.txt", STRIKE, rolling=True)
    assert await store.remove("a.txt") == 2


async def test_dates_do_not_go_back_with_the_clock(store: StoreHarness) -> None:
    await store.publish("a.txt", RAIN)
    store.clock.forward(-365 * 86_400)
    await store.publish("b.txt", CHESS)
    await store.publish("a.txt", ("Rain again", RAIN[1]))
    newest, older = await store.entries()
    assert (newest.stated.title, newest.published) == (CHESS[0], T0 + SECOND)
    assert older.updated > older.published
    assert (await store.reader.status()).last_ingest == T0 + 2 * SECOND
    assert max((await store.changed()).values()) == T0 + 2 * SECOND


async def test_dates_after_a_clock_that_jumped_ahead_do_not_go_back(store: StoreHarness) -> None:
    store.clock.forward(86_400)
    await store.publish("a.txt", RAIN)
    ahead = store.clock.now
    store.clock.forward(-86_400)
    await store.publish("b.txt", CHESS)
    assert [one.published for one in await store.entries()] == [ahead + SECOND, ahead]
