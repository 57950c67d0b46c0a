"""Times are read as programs and people write them."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone

import pytest

from feedsvc.domain.reading.stamp import read_stamp


@pytest.mark.parametrize(
    ("words", "stamp"),
    [
        ("2026-03-01", "2026-03-01T12:00:00+00:00"),
        ("2026-03-01 08:30:00 +0100", "2026-03-01T07:30:00+00:00"),
        ("2026-03-01T08:30:00.123Z", "2026-03-01T08:30:00+00:00"),
        ("20260301T083000Z", "2026-03-01T08:30:00+00:00"),
        ("Mon, 02 Mar 2026 08:00:00 +0100", "2026-03-02T07:00:00+00:00"),
        ("12.03.2026", "2026-03-12T12:00:00+00:00"),
        ("March 3, 2026", "2026-03-03T12:00:00+00:00"),
        ("3 mars 2026", "2026-03-03T12:00:00+00:00"),
    ],
)
def test_a_time_is_read(words: str, stamp: str) -> None:
    read = read_stamp(words, zone=UTC)
    assert read is not None
    assert read.isoformat() == stamp


@pytest.mark.parametrize("words", ["", "soon", "2026", "2026-13-01", "31.02.2026", "9" * 200])
def test_what_is_no_time_is_none(words: str) -> None:
    assert read_stamp(words, zone=UTC) is None


def test_a_time_without_a_zone_is_meant_in_the_given_one() -> None:
    read = read_stamp("2026-03-01 08:30", zone=timezone(timedelta(hours=3)))
    assert read is not None
    assert read.isoformat() == "2026-03-01T05:30:00+00:00"


def test_the_order_of_day_and_month_is_a_setting() -> None:
    read = read_stamp("03/04/2026", zone=UTC, day_first=False)
    assert read is not None
    assert read.isoformat() == "2026-03-04T12:00:00+00:00"
