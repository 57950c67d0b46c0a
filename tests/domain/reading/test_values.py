"""Dates and addresses are read as editors state them; mistakes are none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedsvc.domain.reading.values import is_plausible, read_address, read_date, spell_address


@pytest.mark.parametrize("day", ["1001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_an_implausible_year_is_no_date(day: str) -> None:
    assert read_date(day, zone=UTC) is None
    assert not is_plausible(datetime.fromisoformat(day).replace(tzinfo=UTC))


@pytest.mark.parametrize("day", ["1900-01-01", "2026-11-30", "2100-12-31"])
def test_a_year_that_people_remember_or_plan_is_a_date(day: str) -> None:
    assert read_date(day, zone=UTC) is not None


@pytest.mark.parametrize(
    "words",
    ["http://user:secret@news.example/", "http://１２７.0.0.1/", "<http://[::1]/>"],
)
def test_an_address_that_is_not_public_is_spelt_but_not_read(words: str) -> None:
    assert spell_address(words) is not None
    assert read_address(words) is None
