"""What counts as a slip of the pen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.slips import is_slip, part_words

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
def test_one_letter_or_two_swapped_are_a_slip(written: str, name: str) -> None:
    assert is_slip(written, name)


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
        ("styria", "syria"),
        ("", "asia"),
        ("asia", ""),
    ],
)
def test_another_word_is_none(written: str, name: str) -> None:
    assert not is_slip(written, name)


@given(NAMES, NAMES)
def test_a_slip_works_both_ways(one: str, other: str) -> None:
    assert is_slip(one, other) == is_slip(other, one)


@pytest.mark.parametrize(
    ("name", "parted"),
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
def test_a_name_is_compared_without_its_dress(name: str, parted: str) -> None:
    assert part_words(name) == parted
