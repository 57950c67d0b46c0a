from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.domain.model import Draft
from feedsvc.domain.statement import Sighted, settle_statement
from tests.builders import draft


def sighted(one: Draft, *, edited: int = 0, dropped: bool = False) -> Sighted:
    return Sighted(draft=one, edited=edited, dropped=dropped)


def test_an_only_sighting_is_what_an_entry_says() -> None:
    one = draft("Title", "Text", caption="Caption", link="https://a.example/", topics=("labour",))
    said = settle_statement([sighted(one)])
    assert (said.title, said.text, said.caption) == ("Title", "Text", "Caption")
    assert (said.link, said.topics, said.regions) == ("https://a.example/", ("labour",), None)


def test_the_latest_edit_leads() -> None:
    older = sighted(draft("Older", "A much longer teaser"), edited=3)
    newer = sighted(draft("Newer", "Short"), edited=4)
    assert settle_statement([older, newer]).title == "Newer"


def test_the_longer_teaser_leads_what_was_never_edited() -> None:
    said = settle_statement([sighted(draft("T", "Cut off")), sighted(draft("t", "Cut off here"))])
    assert said.text == "Cut off here"


def test_the_bytewise_smaller_leads_teasers_of_one_length() -> None:
    said = settle_statement([sighted(draft("T", "bb")), sighted(draft("T", "ba"))])
    assert said.text == "ba"


def test_equal_teasers_are_led_by_the_bytewise_smaller_title() -> None:
    said = settle_statement([sighted(draft("title", "text")), sighted(draft("TITLE", "text"))])
    assert said.title == "TITLE"


def test_what_a_rolling_listing_has_let_go_follows() -> None:
    let_go = sighted(draft("T", "A much longer teaser"), edited=9, dropped=True)
    assert settle_statement([let_go, sighted(draft("T", "Short"))]).text == "Short"


def test_facts_that_the_leading_sighting_leaves_out_are_taken_from_the_next() -> None:
    leading = sighted(draft("T", "A longer teaser", author="Ann"))
    next_one = sighted(draft("T", "A teaser", author="Ben", link="https://b.example/"))
    said = settle_statement([next_one, leading])
    assert (said.author, said.link) == ("Ann", "https://b.example/")


def test_an_empty_list_of_labels_is_stated_too() -> None:
    none = sighted(draft("T", "A longer teaser", topics=()))
    some = sighted(draft("T", "A teaser", topics=("labour",)))
    silent = sighted(draft("T", "A still longer teaser"))
    assert settle_statement([none, some]).topics == ()
    assert settle_statement([silent, none]).topics == ()
    assert settle_statement([silent]).topics is None


def test_an_entry_without_sightings_says_nothing() -> None:
    with pytest.raises(ValueError, match="at least one"):
        settle_statement([])


SIGHTED = st.builds(
    Sighted,
    draft=st.builds(
        draft,
        title=st.sampled_from(["Title", "TITLE", ""]),
        text=st.sampled_from(["text", "text and more", "other text"]),
        caption=st.sampled_from(["", "caption", "another"]),
        link=st.sampled_from(["", "https://a.example/", "https://b.example/"]),
        topics=st.sampled_from([None, (), ("labour",)]),
        ordinal=st.integers(1, 9),
    ),
    edited=st.integers(0, 2),
    dropped=st.booleans(),
)


@settings(deadline=None)
@given(st.lists(SIGHTED, min_size=1, max_size=4))
def test_the_order_of_sightings_does_not_count(sightings: list[Sighted]) -> None:
    statements = {settle_statement(order) for order in permutations(sightings)}
    assert len(statements) == 1
