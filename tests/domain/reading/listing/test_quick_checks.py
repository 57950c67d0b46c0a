"""The checks that save a search never lose what the search would have found."""

from __future__ import annotations

import re
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.reading.listing import citations, looks, recognise, runs
from feedsvc.domain.reading.listing.asides import Kind
from feedsvc.domain.reading.listing.recognise import Recogniser
from feedsvc.domain.reading.moments import read_clock, read_moment
from feedsvc.domain.reading.words.calendar import FILLERS, MONTHS, WEEKDAYS, ZONES

WORDS = (
    *("by", "von", "am", "on", "le", "Ana", "Quay", "p", "pp.", "page", "S.", "17", "3", "2026"),
    *(",", ";", "|", "·", "–", "-", "/", "(", ")", " ", "  ", "\u00a0", "12", "1:2", "4 - 5"),
    *("+3", "Mr", "U.S", "approx", "etc", "No", "autumn", "reads", "."),
)
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join) | st.lists(
    st.sampled_from(WORDS), min_size=1, max_size=9
).map("".join)
DATED = st.lists(
    st.sampled_from(
        [*sorted({*MONTHS, *WEEKDAYS, *FILLERS, *ZONES}), "3", "17", "2026", "14:05", "pears"]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)


@pytest.mark.parametrize(
    ("quick", "slow"),
    [
        (recognise._MAY_PART, recognise._PARTS),
        (recognise._MAY_BE_BY, recognise._BY),
        (runs._FIGURES, runs._SCORE),
    ],
    ids=["parts", "by", "results"],
)
@given(text=TEXTS)
def test_what_a_pattern_finds_passes_the_check(
    quick: re.Pattern[str], slow: re.Pattern[str], text: str
) -> None:
    assert not slow.search(text) or quick.search(text)


@given(TEXTS)
def test_a_page_is_found_without_a_mark_before_it_only_at_the_beginning(text: str) -> None:
    found = citations._PAGE.search(text)
    if not citations._BEFORE_PAGE.search(text):
        assert (found and found[0]) == ((match := citations._PAGE.match(text)) and match[0])


@given(TEXTS)
def test_no_abbreviation_is_taken_for_a_long_word(text: str) -> None:
    assert looks.is_abbreviation(text) == bool(looks._ABBREVIATION.search(text[-12:]))


@given(DATED)
def test_dates_and_times_begin_with_a_figure_or_a_word_of_dates(words: str) -> None:
    first = words.split(" ", 1)[0]
    if first.isalpha() and first not in recognise._OF_DATES:
        assert not read_moment(words, zone=UTC, day_first=True)
        assert not read_clock(words)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The article was first published in the Delta Post", Kind.FURNITURE),
        ("the story originally appeared on Monday", Kind.FURNITURE),
        ("The artist was first published in the Delta Post", None),
        ("The Quay: all rights reserved", Kind.FURNITURE),
        ("The quay at dawn. Ana Example/Reuters", Kind.FURNITURE),
    ],
)
def test_of_the_lines_that_begin_with_the_only_some_are_furniture(
    text: str, kind: Kind | None
) -> None:
    found = Recogniser(UTC, day_first=True).recognise(text)
    assert (found and found[0]) == kind
