"""Which archive pages a channel closes, step by step."""

from __future__ import annotations

from array import array
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.batch.archives import Step, close_pages
from feedsvc.domain.batch.stamps import Stamp


def stamp(number: int) -> Stamp:
    return Stamp(time=100 + number, ingest=number, revision=number, namespace=UUID(int=0))


def step(
    number: int, *, entered: list[int], left: tuple[int, ...] = (), changed: tuple[int, ...] = ()
) -> Step:
    return Step(
        stamp(number),
        entered=array("q", entered),
        left=array("q", left),
        changed=array("q", changed),
    )


def ranges(*steps: Step, end: list[int], size: int = 3) -> list[tuple[int, int, int, int]]:
    """Number, first and last arrival, and revision of each page that is closed after page 1."""
    by_revision = {one.stamp.revision: one for one in steps}
    pages, _ = close_pages(by_revision, end, size=size, number=1, archived=10)
    return [(one.number, one.first, one.last, one.stamp.revision) for one in pages]


def test_too_few_entries_close_no_page() -> None:
    assert ranges(step(5, entered=[11, 12]), end=[11, 12]) == []


def test_a_page_is_closed_by_the_step_that_fills_it() -> None:
    first, second = step(5, entered=[12, 13]), step(6, entered=[14])
    assert ranges(first, second, end=[11, 12, 13, 14]) == [(2, 11, 13, 5)]


def test_one_step_may_close_several_pages() -> None:
    assert ranges(step(5, entered=list(range(11, 18))), end=list(range(11, 18))) == [
        (2, 11, 13, 5),
        (3, 14, 16, 5),
    ]


def test_a_page_keeps_its_range_if_an_entry_leaves_it_later() -> None:
    first, second = step(5, entered=[11, 12, 13]), step(6, entered=[14], left=(12,))
    assert ranges(first, second, end=[11, 13, 14]) == [(2, 11, 13, 6)]


def test_an_older_entry_joins_the_page_of_its_arrival() -> None:
    first, second = step(5, entered=[11, 13, 14]), step(6, entered=[12, 15])
    assert ranges(first, second, end=[11, 12, 13, 14, 15]) == [(2, 11, 14, 6)]


def test_a_page_is_raised_when_the_next_one_is_closed() -> None:
    first, second = step(5, entered=[11, 12, 13]), step(6, entered=[14, 15, 16])
    assert ranges(first, second, end=[*range(11, 17)]) == [(2, 11, 13, 6), (3, 14, 16, 6)]


def test_a_change_raises_the_page_of_its_entry() -> None:
    first, second = step(5, entered=[*range(11, 17)]), step(6, entered=[], changed=(12,))
    assert ranges(first, second, end=[*range(11, 17)]) == [(2, 11, 13, 6), (3, 14, 16, 5)]


def test_losing_an_entry_closes_no_page() -> None:
    assert ranges(step(5, entered=[], left=(11,)), end=[12, 13, 14]) == []


@given(st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=9), max_size=9), st.integers(1, 6))
def test_pages_and_the_rest_contain_everything_once(counts: list[list[int]], size: int) -> None:
    steps, arrival = {}, 0
    for number, few in enumerate(counts, 1):
        entered = list(range(arrival + 1, arrival + 1 + len(few)))
        arrival += len(few)
        steps[number] = step(number, entered=entered)
    pages, rest = close_pages(steps, list(range(1, arrival + 1)), size=size, number=0, archived=0)
    covered = [one for page in pages for one in range(page.first, page.last + 1)]
    assert covered + rest == list(range(1, arrival + 1))
    assert [page.last - page.first + 1 for page in pages] == [size] * len(pages)
    assert len(rest) < size
