"""What counts as a typo, and how names are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.near_names import closest, comparable, is_typo

NAMES = st.text("abc", max_size=8)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("kenia", "kenya"),
        ("labor", "labour"),
        ("labouur", "labour"),
        ("weathre", "weather"),
        ("asai", "asia"),
        ("sports", "sport"),
        ("viet nam", "vietnam"),
    ],
)
def test_one_wrong_letter_or_two_swapped_are_a_typo(written: str, name: str) -> None:
    assert is_typo(written, name)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("holland", "poland"),
        ("england", "greenland"),
        ("enya", "kenya"),
        ("nice", "niue"),
        ("perm", "peru"),
        ("tchad", "chad"),
        ("tasmania", "tanzania"),
        ("", "asia"),
        ("asia", ""),
    ],
)
def test_another_word_is_not_a_typo(written: str, name: str) -> None:
    assert not is_typo(written, name)


@given(NAMES, NAMES)
def test_a_typo_works_both_ways(one: str, other: str) -> None:
    assert is_typo(one, other) == is_typo(other, one)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("  SOUTH_Eastern-asia ", "south east asia"),
        ("Saint Barthélemy", "saint barthelemy"),
        ("St. Lucia", "saint lucia"),
        ("the U.S.", "us"),
        ("Arts & Culture", "arts and culture"),
        ("Western", "west"),
        ("modern", "modern"),
        ("-", ""),
    ],
)
def test_names_are_compared_without_case_accents_and_points(name: str, expected: str) -> None:
    assert comparable(name) == expected


def test_errors_suggest_the_most_similar_name() -> None:
    assert closest("seeds_folder", {"seeds_dir", "title"}) == "seeds_dir"
    assert closest("colour", {"seeds_dir", "title"}) is None
