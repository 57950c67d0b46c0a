from __future__ import annotations

import locale
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.web.pages.formatting import (
    format_count,
    format_date,
    format_moment,
    format_sentence,
    join_with_and,
    split_address,
)

MOMENT = datetime(2026, 11, 21, 6, 4, 9, tzinfo=UTC)


def test_a_date_is_formatted_for_people() -> None:
    assert format_date(MOMENT) == "21 November 2026"


def test_a_time_names_its_zone() -> None:
    assert format_moment(MOMENT) == "21 November 2026, 06:04 UTC"


def test_a_date_is_the_day_in_utc_whatever_its_zone() -> None:
    kiritimati = timezone(timedelta(hours=14))
    assert format_date(MOMENT.astimezone(kiritimati)) == "21 November 2026"


def test_months_do_not_follow_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "nl_langinfo", lambda _item: "novembre")
    assert "November" in format_date(MOMENT)


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 entries"), (1, "1 entry"), (2, "2 entries"), (1204, "1,204 entries")],
)
def test_counts_are_formatted_with_their_noun(number: int, words: str) -> None:
    assert format_count(number, "entry", "entries") == words


@pytest.mark.parametrize(
    ("items", "words"),
    [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_joined_with_commas_and_and(items: list[str], words: str) -> None:
    assert join_with_and(items) == words


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("the folder is missing", "The folder is missing."),
        ("too many matches; add a word", "Too many matches. Add a word."),
        ("Already one.", "Already one."),
    ],
)
def test_a_message_becomes_a_sentence(text: str, sentence: str) -> None:
    assert format_sentence(text) == sentence


def test_a_question_stays_one() -> None:
    assert format_sentence("did you mean labour?") == "Did you mean labour?"


def test_an_address_can_break_after_slashes_and_parameters() -> None:
    address = "https://news.example/p/feeds/query.atom?region=south-eastern-asia&q=late%20frost"
    assert split_address(address) == (
        "https://news.example/",
        "p/",
        "feeds/",
        "query.atom?",
        "region=south-eastern-asia&",
        "q=late%20frost",
    )


@given(st.text("ab:/?&=.-\n"))
def test_the_parts_of_an_address_are_the_address(address: str) -> None:
    assert "".join(split_address(address)) == address
