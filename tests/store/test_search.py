"""Queries find what they ask for, newest or best first, and never cost too much."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from feedsvc.domain.query import Query
from feedsvc.store.budget import QueryTooBroadError
from feedsvc.store.records import Matches
from tests.store.shelf import Shelf, draft, open_shelf

ENTRIES = (
    draft(1, "Rail strike ends", "Trains run again", regions=("europe",), topics=("labour",)),
    draft(2, "Harvest feared lost", "A dry rail of hills", regions=("asia",), topics=("weather",)),
    draft(3, "Miners vote", "On a strike in spring", regions=("asia",), topics=("labour",)),
    draft(4, "Café culture", "Of the old port", regions=("europe", "asia"), topics=("arts",)),
)


@pytest.fixture
async def shelf(tmp_path: Path) -> AsyncIterator[Shelf]:
    async with open_shelf(tmp_path) as shelf:
        await shelf.put("a.txt", ENTRIES)
        yield shelf


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
    shelf: Shelf,
    query: Query,
    expected: list[str],
) -> None:
    assert titles(await shelf.reader.find(query, limit=10)) == expected


async def test_a_title_that_has_the_word_ranks_first(shelf: Shelf) -> None:
    assert titles(await shelf.reader.rank(Query(words="rail"), limit=10)) == [
        "Rail strike ends",
        "Harvest feared lost",
    ]


async def test_pages_of_an_answer_do_not_overlap(shelf: Shelf) -> None:
    first = await shelf.reader.find(Query(), limit=3)
    rest = await shelf.reader.find(Query(), limit=3, before=first.entries[-1].arrival)
    assert titles(rest) == ["Café culture"]


async def test_what_is_withdrawn_is_not_found(shelf: Shelf) -> None:
    await shelf.put("a.txt", ENTRIES[:2])
    assert titles(await shelf.reader.find(Query(words="strike"), limit=9)) == ["Rail strike ends"]


async def test_an_edited_text_is_found_by_its_new_words_alone(shelf: Shelf) -> None:
    await shelf.put("a.txt", [draft(1, "Tram strike ends", "Trains run again"), *ENTRIES[1:]])
    assert titles(await shelf.reader.find(Query(words="tram"), limit=9)) == ["Tram strike ends"]
    assert titles(await shelf.reader.find(Query(words="rail strike"), limit=9)) == []


async def test_a_question_that_costs_too_much_is_stopped(tmp_path: Path) -> None:
    async with open_shelf(tmp_path, steps=20) as shelf:
        many = [draft(place, f"Report {place}", regions=("asia",)) for place in range(1, 2001)]
        await shelf.put("many.txt", many)
        with pytest.raises(QueryTooBroadError):
            await shelf.reader.find(Query(regions=("asia",), not_regions=("asia",)), limit=9)
        assert len((await shelf.reader.find(Query(), limit=9)).entries) == 9
