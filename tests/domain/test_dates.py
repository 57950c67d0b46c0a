from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.dates import FreeSeconds, stagger_dates
from tests.builders import T0

SECOND = timedelta(seconds=1)


def dated(
    stated: list[datetime | None], *, now: datetime, free: FreeSeconds | None = None
) -> tuple[datetime, ...]:
    return stagger_dates(stated, now=now, free=free or FreeSeconds())


def test_undated_entries_are_dated_at_first_sight_a_second_apart() -> None:
    assert dated([None, None, None], now=T0) == (T0, T0 - SECOND, T0 - 2 * SECOND)


def test_a_stated_date_is_kept() -> None:
    stated = T0 - timedelta(days=400)
    assert dated([None, stated, None], now=T0) == (T0, stated, T0 - SECOND)


def test_entries_with_the_same_date_keep_the_order_of_the_file() -> None:
    day = T0 - timedelta(days=3)
    assert dated([day, day], now=T0) == (day, day - SECOND)


def test_a_date_in_the_future_becomes_first_sight() -> None:
    assert dated([T0 + timedelta(days=1)], now=T0) == (T0,)


def test_dates_have_whole_seconds() -> None:
    half = T0 - timedelta(days=1, microseconds=500_000)
    assert dated([half], now=T0)[0].microsecond == 0


def test_the_same_moment_in_two_zones_is_the_same_date() -> None:
    east = (T0 - timedelta(days=1)).astimezone(timezone(timedelta(hours=5)))
    first, second = dated([T0 - timedelta(days=1), east], now=T0)
    assert first - second == SECOND


@given(
    st.lists(
        st.none()
        | st.datetimes(min_value=datetime(1990, 1, 1)).map(  # noqa: DTZ001
            lambda date: date.replace(tzinfo=T0.tzinfo)
        )
    )
)
def test_no_date_is_in_the_future(stated: list[datetime | None]) -> None:
    assert all(date <= T0 for date in dated(stated, now=T0))


@given(st.integers(0, 500))
def test_undated_entries_sorted_by_date_keep_the_order_of_the_file(length: int) -> None:
    dates = dated([None] * length, now=T0)
    assert list(dates) == sorted(dates, reverse=True)
    assert len(set(dates)) == length


def test_the_files_of_a_scan_are_not_mixed_by_date() -> None:
    free = FreeSeconds()
    first = dated([None, None], now=T0, free=free)
    assert dated([None, None], now=T0, free=free) == (T0 - 2 * SECOND, T0 - 3 * SECOND)
    assert first == (T0, T0 - SECOND)


def test_a_stated_second_that_is_taken_moves_to_the_next_free_one_before_it() -> None:
    stated = [T0 - SECOND, T0, None, T0 - SECOND]
    assert dated(stated, now=T0) == (T0 - SECOND, T0, T0 - 2 * SECOND, T0 - 3 * SECOND)


def test_a_second_is_taken_only_if_it_is_late_enough() -> None:
    free = FreeSeconds()
    assert [free.take_after(7, latest=9) for _ in range(3)] == [9, 8, None]
    assert free.take(9) == 7


@given(st.lists(st.integers(0, 40)), st.lists(st.integers(0, 40)))
def test_no_two_entries_of_a_scan_share_a_second(one: list[int], other: list[int]) -> None:
    free = FreeSeconds()
    files = [[T0 - number * SECOND for number in numbers] for numbers in (one, other)]
    dates = [date for file in files for date in dated([*file, None], now=T0, free=free)]
    assert len(set(dates)) == len(dates)
    assert all(date <= T0 for date in dates)


def test_seconds_that_were_not_used_are_free_again() -> None:
    free = FreeSeconds()
    assert [free.take(10), free.take(10)] == [10, 9]
    free.keep()
    taken = [free.take(10), free.take(10), free.take(7), free.take_after(3, latest=9)]
    free.give_back()
    assert [free.take(10), free.take(10), free.take(7), free.take_after(3, latest=9)] == taken
