"""Queries find what they ask for, newest or best first, at a bounded cost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from feedsvc.domain.query import Query
from feedsvc.store.deadline import QueryTooBroadError
from feedsvc.store.records import Matches
from feedsvc.store.search import RANKED
from tests.builders import draft, label_as_stated
from tests.store.harness import StoreHarness, open_store

ENTRIES = (
    draft(
        "Rail strike ends", "Trains run again", ordinal=1, regions=("europe",), topics=("labour",)
    ),
    draft(
        "Harvest feared lost",
        "A dry rail of hills",
        ordinal=2,
        regions=("asia",),
        topics=("weather",),
    ),
    draft("Miners vote", "On a strike in spring", ordinal=3, regions=("asia",), topics=("labour",)),
    draft(
        "Café culture", "Of the old port", ordinal=4, regions=("europe", "asia"), topics=("arts",)
    ),
)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[StoreHarness]:
    async with open_store(tmp_path, label=label_as_stated) as store:
        await store.publish("a.txt", listing=ENTRIES)
        yield store


def titles(found: Matches) -> list[str]:
    return [entry.stated.title for entry in found.entries]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(), ["Rail strike ends", "Harvest feared lost", "Miners vote", "Café culture"]),
        (Query(regions=("asia",), topics=("labour",)), ["Miners vote"]),
        (
            Query(topics=("arts", "labour")),
            ["Rail strike ends", "Miners vote", "Café culture"],
        ),
        (Query(regions=("asia",), not_topics=("labour",)), ["Harvest feared lost", "Café culture"]),
        (Query(not_regions=("asia",)), ["Rail strike ends"]),
        (Query(countries=("kz",)), []),
        (Query(words="strike"), ["Rail strike ends", "Miners vote"]),
        (Query(words="strike -rail"), ["Miners vote"]),
        (Query(words='"strike in spring"'), ["Miners vote"]),
        (Query(words="cafe"), ["Café culture"]),
        (Query(words="harv*"), ["Harvest feared lost"]),
        (Query(words="NOT OR AND"), []),
        (Query(words="title:rail"), []),
        (Query(words="rail", regions=("asia",)), ["Harvest feared lost"]),
    ],
)
async def test_a_query_finds_what_it_asks_for(
    store: StoreHarness,
    query: Query,
    expected: list[str],
) -> None:
    assert titles(await store.reader.find(query, limit=10)) == expected


async def test_a_match_in_the_title_ranks_first(store: StoreHarness) -> None:
    assert titles(await store.reader.rank(Query(words="rail"), limit=10)) == [
        "Rail strike ends",
        "Harvest feared lost",
    ]


async def test_pages_of_results_do_not_overlap(store: StoreHarness) -> None:
    first = await store.reader.find(Query(), limit=3)
    rest = await store.reader.find(Query(), limit=3, before=first.entries[-1].arrival)
    assert titles(rest) == ["Café culture"]


async def test_what_is_withdrawn_is_not_found(store: StoreHarness) -> None:
    await store.publish("a.txt", listing=ENTRIES[:2])
    assert titles(await store.reader.find(Query(words="strike"), limit=9)) == ["Rail strike ends"]


async def test_an_edited_text_is_found_only_by_its_new_words(store: StoreHarness) -> None:
    await store.publish(
        "a.txt", listing=[draft("Tram strike ends", "Trains run again", ordinal=1), *ENTRIES[1:]]
    )
    assert titles(await store.reader.find(Query(words="tram"), limit=9)) == ["Tram strike ends"]
    assert titles(await store.reader.find(Query(words="rail strike"), limit=9)) == []


async def test_groups_of_alternatives_narrow_a_search_for_words(store: StoreHarness) -> None:
    for query, expected in (
        (Query(words="of", regions=("asia", "europe")), ["Harvest feared lost", "Café culture"]),
        (Query(words="of", topics=("arts",), not_regions=("europe",)), []),
        (Query(words="of", not_topics=("arts",)), ["Harvest feared lost"]),
        (Query(words="of", topics=("sport",)), []),
    ):
        assert titles(await store.reader.find(query, limit=9)) == expected
        assert sorted(titles(await store.reader.rank(query, limit=9))) == sorted(expected)


async def test_pages_of_words_are_cut_at_arrivals(store: StoreHarness) -> None:
    first = await store.reader.find(Query(words="strike"), limit=1)
    before = first.entries[-1].arrival
    rest = await store.reader.find(Query(words="strike"), limit=9, before=before)
    assert titles(first) + titles(rest) == ["Rail strike ends", "Miners vote"]
    second = await store.reader.rank(Query(words="strike"), limit=9, offset=1)
    assert titles(second) == ["Miners vote"]


async def test_only_the_newest_of_many_matches_are_ranked(store: StoreHarness) -> None:
    best = draft("Ferry ferry ferry", ordinal=1)
    others = [draft(f"Pier {n}", f"A ferry at pier {n}", ordinal=n) for n in range(2, RANKED + 2)]
    await store.publish("b.txt", listing=[*others, best])
    found = await store.reader.rank(Query(words="ferry"), limit=RANKED + 1)
    assert len(found.entries) == RANKED
    assert "Ferry ferry ferry" not in titles(found)


async def test_a_query_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    async with open_store(tmp_path, label=label_as_stated, seconds=0) as store:
        await store.publish("a.txt", listing=ENTRIES)
        for query in (Query(), Query(words="strike")):
            with pytest.raises(QueryTooBroadError):
                await store.reader.find(query, limit=9)
        assert len(await store.entries()) == len(ENTRIES)
