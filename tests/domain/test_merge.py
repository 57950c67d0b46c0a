from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.domain.merge import Wording, merge_wordings
from feedsvc.domain.model import Stated
from tests.builders import stated


def wording(one: Stated, *, edited: int = 0, dropped: bool = False) -> Wording:
    return Wording(stated=one, edited=edited, dropped=dropped)


def test_a_single_wording_is_taken_as_it_is() -> None:
    one = stated("Title", "Text", caption="Caption", link="https://a.example/", topics=("labour",))
    said = merge_wordings([wording(one)])
    assert (said.title, said.text, said.caption) == ("Title", "Text", "Caption")
    assert (said.link, said.topics, said.regions) == ("https://a.example/", ("labour",), None)


def test_the_latest_edit_leads() -> None:
    older = wording(stated("Older", "A much longer teaser"), edited=3)
    newer = wording(stated("Newer", "Short"), edited=4)
    assert merge_wordings([older, newer]).title == "Newer"


def test_without_edits_the_longer_teaser_leads() -> None:
    said = merge_wordings([wording(stated("T", "Cut off")), wording(stated("t", "Cut off here"))])
    assert said.text == "Cut off here"


def test_of_teasers_of_equal_length_the_first_in_byte_order_leads() -> None:
    said = merge_wordings([wording(stated("T", "bb")), wording(stated("T", "ba"))])
    assert said.text == "ba"


def test_of_equal_teasers_the_first_title_in_byte_order_leads() -> None:
    said = merge_wordings([wording(stated("title", "text")), wording(stated("TITLE", "text"))])
    assert said.title == "TITLE"


def test_a_wording_dropped_from_a_rolling_listing_comes_last() -> None:
    let_go = wording(stated("T", "A much longer teaser"), edited=9, dropped=True)
    assert merge_wordings([let_go, wording(stated("T", "Short"))]).text == "Short"


def test_what_the_leading_wording_leaves_out_comes_from_the_next() -> None:
    leading = wording(stated("T", "A longer teaser", author="Ann"))
    next_one = wording(stated("T", "A teaser", author="Ben", link="https://b.example/"))
    said = merge_wordings([next_one, leading])
    assert (said.author, said.link) == ("Ann", "https://b.example/")


def test_an_empty_list_of_labels_counts_as_stated() -> None:
    none = wording(stated("T", "A longer teaser", topics=()))
    some = wording(stated("T", "A teaser", topics=("labour",)))
    silent = wording(stated("T", "A still longer teaser"))
    assert merge_wordings([none, some]).topics == ()
    assert merge_wordings([silent, none]).topics == ()
    assert merge_wordings([silent]).topics is None


def test_at_least_one_wording_is_needed() -> None:
    with pytest.raises(ValueError, match="at least one"):
        merge_wordings([])


WORDINGS = st.builds(
    Wording,
    stated=st.builds(
        Stated,
        title=st.sampled_from(["Title", "TITLE", ""]),
        text=st.sampled_from(["text", "text and more", "other text"]),
        caption=st.sampled_from(["", "caption", "another"]),
        link=st.sampled_from(["", "https://a.example/", "https://b.example/"]),
        topics=st.sampled_from([None, (), ("labour",)]),
    ),
    edited=st.integers(0, 2),
    dropped=st.booleans(),
)


@settings(deadline=None)
@given(st.lists(WORDINGS, min_size=1, max_size=4))
def test_the_order_of_the_wordings_does_not_matter(wordings: list[Wording]) -> None:
    assert len({merge_wordings(order) for order in permutations(wordings)}) == 1
