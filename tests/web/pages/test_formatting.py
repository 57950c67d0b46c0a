from __future__ import annotations

import locale
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.web.pages.formatting import (
    count_things,
    cut_address,
    join_words,
    write_date,
    write_exact,
    write_moment,
)

MOMENT = datetime(2026, 11, 21, 6, 4, 9, tzinfo=UTC)


def test_a_date_is_written_as_people_read_it() -> None:
    assert write_date(MOMENT) == "21 November 2026"


def test_a_moment_names_its_zone() -> None:
    assert write_moment(MOMENT) == "21 November 2026, 06:04 UTC"


def test_an_exact_time_is_utc_whatever_zone_it_was_told_in() -> None:
    kiritimati = timezone(timedelta(hours=14))
    assert write_exact(MOMENT.astimezone(kiritimati)) == "2026-11-21T06:04:09Z"
    assert write_date(MOMENT.astimezone(kiritimati)) == "21 November 2026"


def test_months_do_not_follow_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "nl_langinfo", lambda _item: "novembre")
    assert "November" in write_date(MOMENT)


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 entries"), (1, "1 entry"), (2, "2 entries"), (1204, "1,204 entries")],
)
def test_things_are_counted_in_words(number: int, words: str) -> None:
    assert count_things(number, "entry", "entries") == words


@pytest.mark.parametrize(
    ("items", "words"),
    [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_joined_as_people_do(items: list[str], words: str) -> None:
    assert join_words(items) == words


def test_an_address_ends_its_lines_after_slashes_and_parameters() -> None:
    address = "https://news.example/p/feeds/query.atom?region=south-eastern-asia&q=late%20frost"
    assert cut_address(address) == (
        "https://news.example/",
        "p/",
        "feeds/",
        "query.atom?",
        "region=south-eastern-asia&",
        "q=late%20frost",
    )


@given(st.text("ab:/?&=.-\n"))
def test_the_parts_of_an_address_are_the_address(address: str) -> None:
    assert "".join(cut_address(address)) == address
