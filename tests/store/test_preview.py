from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from feedsvc.domain.model import Label, Stated
from feedsvc.store.database import Database, DatabaseError
from feedsvc.store.preview import preview_relabelling
from feedsvc.store.records import Relabelling
from tests.builders import T0, label_plainly
from tests.store.harness import StoreHarness

STRIKE = ("Strike", "Drivers in Almaty left their cabins at noon and asked for shorter shifts")
RAIN = ("Rain", "The wells of the valley are full again after three dry years in a row")
UNTITLED = ("", "It rained on chess and rain fell on all who played it in the park today")


def only_first(stated: Stated) -> tuple[Label, ...]:
    return label_plainly(stated)[:1]


async def preview(
    store: StoreHarness, label: Callable[[Stated], tuple[Label, ...]]
) -> dict[str, Relabelling]:
    database = store.database
    return {one.headline: one async for one in preview_relabelling(database, label=label)}


def names(labels: tuple[Label, ...]) -> list[str]:
    return [label.value for label in labels]


async def test_the_same_vocabulary_changes_nothing(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN)
    assert await preview(store, label_plainly) == {}


async def test_labels_that_entries_would_lose_are_reported(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN)
    (change,) = (await preview(store, only_first)).values()
    assert (change.headline, change.id) == ("Strike", (await store.entry("Strike")).id)
    assert (names(change.gained), names(change.lost)) == ([], ["kz"])
    assert {one.path for one in change.raised} == {"all", "countries/kz", "topics/labour"}


async def test_labels_that_entries_would_gain_are_reported(store: StoreHarness) -> None:
    await store.publish("a.txt", UNTITLED, RAIN)

    def more(stated: Stated) -> tuple[Label, ...]:
        return label_plainly(replace(stated, title="Strike"))

    changes = await preview(store, more)
    assert {names(change.gained)[0] for change in changes.values()} == {"labour"}
    assert any(headline.startswith("It rained on chess") for headline in changes)
    assert {one.path for change in changes.values() for one in change.raised} == {
        "all",
        "topics/labour",
        "topics/weather",
    }


async def test_another_order_of_labels_is_a_change(store: StoreHarness) -> None:
    await store.publish("a.txt", ("Strike and rain", "Both came on one day"))
    changes = await preview(store, lambda said: label_plainly(said)[::-1])
    (change,) = changes.values()
    assert (change.gained, change.lost) == ((), ())


async def test_an_unpublished_entry_raises_no_channel(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE)
    await store.publish("b.txt", RAIN)
    async with store.writer.transaction() as transaction:
        await transaction.take_down((await store.entry("Strike")).id, now=T0)
    await store.remove("b.txt")
    (change,) = (await preview(store, lambda _: ())).values()
    assert (change.headline, change.raised) == ("Strike", frozenset())


async def test_nothing_is_written(store: StoreHarness) -> None:
    await store.publish("a.txt", STRIKE, RAIN)
    before = (await store.entries(), await store.revisions())
    assert len(await preview(store, lambda _: ())) == 2
    assert (await store.entries(), await store.revisions()) == before


async def test_more_entries_than_a_chunk_are_previewed(store: StoreHarness) -> None:
    await store.publish("a.txt", *((f"Rain {n}", f"Drops of number {n}") for n in range(600)))
    assert len(await preview(store, lambda _: ())) == 600


async def test_a_file_that_is_not_a_database_is_reported(store: StoreHarness) -> None:
    database = Database(store.path.with_suffix(".txt"))
    store.path.with_suffix(".txt").write_bytes(b"Dear diary, " * 500)
    with pytest.raises(DatabaseError, match="not a database"):
        _ = [one async for one in preview_relabelling(database, label=label_plainly)]
