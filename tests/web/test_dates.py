from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.web.dates import (
    format_http_date,
    format_optional_timestamp,
    format_timestamp,
    parse_http_date,
)

MOMENT = datetime(2026, 11, 21, 6, 4, 9, tzinfo=UTC)


def test_a_timestamp_is_in_utc_whatever_its_zone() -> None:
    kiritimati = timezone(timedelta(hours=14))
    assert format_timestamp(MOMENT.astimezone(kiritimati)) == "2026-11-21T06:04:09Z"


def test_no_time_has_no_timestamp() -> None:
    assert format_optional_timestamp(None) is None
    assert format_optional_timestamp(MOMENT) == "2026-11-21T06:04:09Z"


def test_an_http_date_is_an_imf_fixdate() -> None:
    assert format_http_date(MOMENT) == "Sat, 21 Nov 2026 06:04:09 GMT"


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("Sun, 06 Nov 1994 08:49:37 GMT", True),
        ("Sunday, 06-Nov-94 08:49:37 GMT", True),
        ("Sun Nov  6 08:49:37 1994", True),
        ("Sun, 06 Nov 1994 09:49:37 +0100", True),
        ("1994-11-06T08:49:37Z", False),
        ("", False),
        ("0", False),
        ("Sun, 06 Nov 99999999999 08:49:37 GMT", False),
        ("Sun, 06 Nov 1994 25:00:00 GMT", False),
    ],
)
def test_all_three_http_date_forms_are_parsed(field: str, expected: bool) -> None:  # noqa: FBT001
    moment = datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)
    assert parse_http_date(field) == (moment if expected else None)


@given(st.text(max_size=40))
def test_any_text_parses_to_utc_or_none(field: str) -> None:
    moment = parse_http_date(field)
    assert moment is None or moment.utcoffset() is not None
