from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feedsvc.domain.model import Draft
from feedsvc.web.page_finder import NewestFinder, fold_words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.web.conftest import Stand

DRAFTS = (
    Draft(ordinal=1, line=1, title="Ferries to Åland", text="A new timetable begins."),
    Draft(ordinal=2, line=4, title="A quiet harbour", text="No ferry for a week.", caption="Pier"),
)


@pytest.fixture
async def finder(open_stand: Callable[..., Awaitable[Stand]]) -> NewestFinder:
    return NewestFinder((await open_stand(*DRAFTS)).reader)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("ferr", ["Ferries to Åland", "A quiet harbour"]),
        ("aland", ["Ferries to Åland"]),
        ("FERRY week", ["A quiet harbour"]),
        ("pier", ["A quiet harbour"]),
        ("erry", []),
        ("ferry timetable", []),
        ('"*(', []),
    ],
)
async def test_every_word_has_to_begin_some_word(
    finder: NewestFinder,
    query: str,
    titles: list[str],
) -> None:
    found = await finder.find(query, limit=10)
    assert [entry.title for entry in found.entries] == titles
    assert found.total == len(titles)


async def test_no_more_than_asked_for_are_given_and_all_are_counted(finder: NewestFinder) -> None:
    found = await finder.find("ferr", limit=1)
    assert (len(found.entries), found.total) == (1, 2)


def test_words_are_folded() -> None:
    assert fold_words("Straße, ÅLAND-bound") == {"strasse", "aland", "bound"}
