from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.dates import stagger_dates
from tests.builders import T0

SECOND = timedelta(seconds=1)


def test_undated_entries_are_dated_at_first_sight_a_second_apart() -> None:
    assert stagger_dates([None, None, None], now=T0) == (T0, T0 - SECOND, T0 - 2 * SECOND)


def test_a_stated_date_is_kept() -> None:
    stated = T0 - timedelta(days=400)
    assert stagger_dates([None, stated, None], now=T0) == (T0, stated, T0 - SECOND)


def test_entries_with_the_same_date_keep_the_order_of_the_file() -> None:
    day = T0 - timedelta(days=3)
    assert stagger_dates([day, day], now=T0) == (day, day - SECOND)


def test_a_date_in_the_future_becomes_first_sight() -> None:
    assert stagger_dates([T0 + timedelta(days=1)], now=T0) == (T0,)


def test_dates_have_whole_seconds() -> None:
    half = T0 - timedelta(days=1, microseconds=500_000)
    assert stagger_dates([half], now=T0)[0].microsecond == 0


def test_the_same_moment_in_two_zones_is_the_same_date() -> None:
    east = (T0 - timedelta(days=1)).astimezone(timezone(timedelta(hours=5)))
    first, second = stagger_dates([T0 - timedelta(days=1), east], now=T0)
    assert first - second == SECOND


@given(
    st.lists(
        st.none()
        | st.datetimes(min_value=datetime(1990, 1, 1)).map(  # noqa: DTZ001
            lambda date: date.replace(tzinfo=T0.tzinfo)
        )
    )
)
def test_no_date_lies_in_the_future(stated: list[datetime | None]) -> None:
    assert all(date <= T0 for date in stagger_dates(stated, now=T0))


@given(st.integers(0, 500))
def test_undated_entries_sorted_by_date_keep_the_order_of_the_file(length: int) -> None:
    dates = stagger_dates([None] * length, now=T0)
    assert list(dates) == sorted(dates, reverse=True)
    assert len(set(dates)) == length
