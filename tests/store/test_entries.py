"""How entries follow their sightings: words, labels, dates, withdrawal."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from feedsvc.domain.model import Draft, Kind
from feedsvc.store.entries import Labeller
from feedsvc.store.writer import open_writer
from tests.builders import T0, base_key, draft, drafts, label_as_stated, label_plainly, reading
from tests.store.harness import StoreHarness

STRIKE = ("Strike in Almaty", "Tram drivers left their cabins at noon and asked for shorter shifts")


RAIN = ("Rain at last", "The wells of the valley are full again after three dry years in a row")


CHESS = ("Chess for all", "Every school in town gets two boards and a teacher from this autumn on")


UNTITLED = (
    "",
    "A late frost has spared most of the orchards, growers in the valley said on Friday",
)


ANY = (
    ("a.txt", drafts(STRIKE, RAIN)),
    (
        "b.txt",
        (draft(STRIKE[0], STRIKE[1] + " in winter", caption="Depot"), draft(*CHESS, ordinal=2)),
    ),
    ("sub/c.md", (draft(RAIN[0].upper(), RAIN[1], link="https://a.example/", topics=()),)),
)


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
    assert (shown.id, shown.stated.title) == (base_key(draft(*STRIKE)), "Drivers stop work")
    await store.publish("b.txt", STRIKE, RAIN)
    assert (await store.entry("Drivers stop work")).id == shown.id
    await store.publish("b.txt", ("Drivers stop work", STRIKE[1]), RAIN)
    assert len(await store.entries()) == 2


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


@pytest.mark.parametrize(
    "order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]
)
async def test_any_order_of_seeds_gives_the_same_entries(
    store: StoreHarness, order: Sequence[int]
) -> None:
    for index in order:
        path, listing = ANY[index]
        await store.publish(path, listing=listing)
    strike = await store.reader.entry(base_key(draft(*STRIKE)))
    rain = await store.reader.entry(base_key(draft(*RAIN)))
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


async def relabel(store: StoreHarness, label: Labeller) -> None:
    async with (
        open_writer(store.database, label=label, now=T0) as writer,
        writer.transaction() as transaction,
    ):
        assert await transaction.relabel(after=0, now=T0) == 2


async def test_relabelling_moves_only_entries_whose_labels_differ(store: StoreHarness) -> None:
    await store.publish("a.txt", ("Strike in Asia", "Drivers stop work"), RAIN)
    before = await store.revisions()
    await relabel(store, label_plainly)
    assert await store.raised(before) == set()
    await relabel(store, label_as_stated)
    left = {"regions/asia", "topics/labour", "regions/asia/topics/labour", "topics/weather"}
    assert await store.raised(before) == {"all"} | left
    counts = {one.channel.path: one.entries for one in await store.reader.changes(0)}
    assert counts == {"all": 2} | dict.fromkeys(left, 0)
