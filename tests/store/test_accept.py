"""What accepting seeds does to entries, sightings and labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from feedsvc.domain.identity import key_of
from feedsvc.domain.model import Draft, Kind, Stated
from feedsvc.store.database import Database
from feedsvc.store.reader import open_reader
from feedsvc.store.records import SeedStatus
from feedsvc.store.writer import open_writer
from tests.builders import T0, draft, drafts, reading
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
    assert [one.id for one in entries] == [key_of(draft(*words)) for words in (STRIKE, RAIN, CHESS)]
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
    found = await store.reader.entry(key_of(draft(*STRIKE)))
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


async def test_an_edited_title_changes_only_updated(
    store: StoreHarness,
) -> None:
    await store.publish("a.txt", STRIKE, RAIN)
    before = await store.entry(STRIKE[0])
    store.clock.forward(60)
    await store.publish("a.txt", ("Drivers stop work", STRIKE[1]), RAIN)
    after = await store.entry("Drivers stop work")
    assert (after.id, after.arrival, after.published) == (
        before.id,
        before.arrival,
        before.published,
    )
    assert after.updated == store.clock.now


async def test_an_edit_shows_although_another_seed_still_has_the_old_words(
    store: StoreHarness,
) -> None:
    await store.publish("b.txt", STRIKE)
    await store.publish("a.txt", STRIKE)
    await store.publish("a.txt", ("Drivers stop work", STRIKE[1]))
    (shown,) = await store.entries()
    assert (shown.id, shown.stated.title) == (key_of(draft(*STRIKE)), "Drivers stop work")
    await store.publish("b.txt", STRIKE, RAIN)
    assert (await store.entry("Drivers stop work")).id == shown.id
    await store.publish("b.txt", ("Drivers stop work", STRIKE[1]), RAIN)
    assert len(await store.entries()) == 2


async def test_an_edited_entry_owns_its_new_words_for_good(store: StoreHarness) -> None:
    """Another seed that brings the new words brings no other entry."""
    await store.publish("a.txt", STRIKE)
    await store.publish("a.txt", ("Drivers stop work", STRIKE[1]))
    outcome = await store.publish("b.txt", ("Drivers stop work", STRIKE[1]))
    assert outcome.seen == 1
    assert [one.id for one in await store.entries()] == [key_of(draft(*STRIKE))]


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
    assert left.id == key_of(draft(*edited))
    joined = await store.reader.entry(key_of(draft(*STRIKE)))
    assert joined is not None
    assert joined.withdrawn


async def test_an_entry_in_no_seed_is_withdrawn_and_returns_as_it_was(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN)
    before = await store.entry(RAIN[0])
    store.clock.forward(60)
    await store.publish("a.txt", STRIKE)
    gone = await store.reader.entry(before.id)
    assert gone is not None
    assert (gone.withdrawn, gone.sightings) == (True, ())
    assert [one.stated.title for one in await store.entries()] == [STRIKE[0]]
    store.clock.forward(60)
    await store.publish("b.txt", RAIN)
    assert await store.entry(RAIN[0]) == before


async def test_a_removed_and_returned_seed_restores_the_same_entries(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN, UNTITLED)
    before = await store.entries()
    assert await store.remove("a.txt") == 3
    assert await store.entries() == ()
    await store.publish("a.txt", STRIKE, RAIN, UNTITLED)
    assert await store.entries() == before


async def test_an_entry_that_moves_to_another_seed_stays_published(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN)
    before = await store.revisions()
    async with store.writer.transaction() as transaction:
        for seed, words in (("a.txt", [STRIKE]), ("b.txt", [RAIN])):
            await transaction.accept(reading(seed, of=words), drafts(*words), rolling=False, now=T0)
        assert await transaction.withdraw_unseen(now=T0) == 0
    assert await store.raised(before) == set()


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
    found = await store.reader.entry(key_of(draft(*RAIN)))
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


async def test_a_rejected_seed_keeps_its_last_good_entries(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    before = await store.entries()
    async with store.writer.transaction() as transaction:
        await transaction.reject(reading("a.txt", of="junk", reason="no entry", line=3))
        await transaction.reject(reading("b.txt", of="junk", reason="binary", encoding=""))
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


async def test_problems_of_a_seed_are_counted(store: StoreHarness) -> None:
    one = reading("a.txt", problems=((3, "no such region"), (9, "no date")))
    async with store.writer.transaction() as transaction:
        await transaction.accept(one, drafts(STRIKE), rolling=False, now=T0)
    assert (await store.reader.seeds())[0].problems == 2


async def test_labels_are_kept_with_their_evidence(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    (shown,) = await store.entries()
    assert shown.values(Kind.COUNTRY) == ("kz",)
    assert shown.values(Kind.TOPIC) == ("labour",)
    assert {mark.evidence[0].phrase for mark in shown.labels} == {"almaty", "strike"}


async def test_stated_labels_replace_inferred_ones(store: StoreHarness) -> None:
    await store.publish("a.txt", listing=(draft(*STRIKE, topics=("weather",), countries=()),))
    (shown,) = await store.entries()
    assert (shown.values(Kind.TOPIC), shown.values(Kind.COUNTRY)) == (("weather",), ())


async def test_everything_that_a_draft_states_is_stored(store: StoreHarness) -> None:
    facts = {
        "caption": "On the square",
        "link": "https://a.example/",
        "author": "Ann",
        "image": "https://a.example/a.png",
        "language": "kk",
        "source": "The Paper",
    }
    await store.publish("a.txt", listing=(draft(*STRIKE, **facts),))
    (shown,) = await store.entries()
    assert {name: getattr(shown.stated, name) for name in facts} == facts


ANY = (
    ("a.txt", drafts(STRIKE, RAIN)),
    (
        "b.txt",
        (draft(STRIKE[0], STRIKE[1] + " in winter", caption="Depot"), draft(*CHESS, ordinal=2)),
    ),
    ("sub/c.md", (draft(RAIN[0].upper(), RAIN[1], link="https://a.example/", topics=()),)),
)


@pytest.mark.parametrize(
    "order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]
)
async def test_any_order_of_seeds_gives_the_same_entries(
    store: StoreHarness, order: Sequence[int]
) -> None:
    for index in order:
        path, listing = ANY[index]
        await store.publish(path, listing=listing)
    strike = await store.reader.entry(key_of(draft(*STRIKE)))
    rain = await store.reader.entry(key_of(draft(*RAIN)))
    assert strike is not None
    assert rain is not None
    assert (strike.entry.stated.text, strike.entry.stated.caption) == (
        STRIKE[1] + " in winter",
        "Depot",
    )
    assert (rain.entry.stated.title, rain.entry.stated.link) == (
        RAIN[0].upper(),
        "https://a.example/",
    )
    assert rain.entry.labels == ()
    assert [one.seed for one in strike.sightings] == ["a.txt", "b.txt"]
    assert len(await store.entries()) == 3


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
        assert await reader.entry(key_of(draft(*CHESS))) is None
        assert await reader.entry(key_of(draft(*STRIKE))) is not None


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


async def test_an_entry_that_no_seed_ever_had_is_unknown(store: StoreHarness) -> None:
    assert await store.reader.entry(UUID(int=7)) is None


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


async def test_every_edit_moves_updated_even_within_one_second(store: StoreHarness) -> None:
    await store.publish("a.txt", RAIN)
    stamps = []
    for title in ("One", "Two", "Three"):
        await store.publish("a.txt", (title, RAIN[1]))
        stamps.append((await store.entry(title)).updated)
    assert stamps == sorted(set(stamps))


async def test_a_change_that_readers_do_not_see_does_not_move_updated(store: StoreHarness) -> None:
    await store.publish("a.txt", RAIN)
    before = await store.revisions()
    store.clock.forward(60)
    stated: tuple[Draft, ...] = (draft(*RAIN, caption="A well"),)
    await store.publish("a.txt", listing=stated)
    shown = await store.entry(RAIN[0])
    assert (shown.stated.caption, shown.updated) == ("A well", T0)
    assert await store.raised(before) == set()
