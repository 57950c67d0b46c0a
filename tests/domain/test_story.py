from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.story import is_respelled, is_same_story

MARKET = "Prices at the fish market of the old harbour on Tuesday: cod 14, haddock 11, plaice 9."


@pytest.mark.parametrize(
    "other",
    [
        MARKET[:60],
        MARKET[:60] + "…",
        MARKET.upper(),
        MARKET.removesuffix(".") + ", and no herring at all.",
        MARKET.replace("old harbour", "harbour"),
    ],
)
def test_a_cut_or_lightly_edited_text_is_the_same_story(other: str) -> None:
    assert is_same_story(MARKET, other)
    assert is_same_story(other, MARKET)


@pytest.mark.parametrize(
    "other",
    [
        MARKET.replace("Tuesday", "Friday"),
        MARKET.replace("14", "17"),
        "Prices at the fish market of the old harbour fell when two boats came home full.",
        "Prix au marché aux poissons : la morue à 14 euros mardi, le bar à 11.",
    ],
)
def test_the_next_issue_of_a_column_is_another_story(other: str) -> None:
    assert not is_same_story(MARKET, other)
    assert not is_same_story(other, MARKET)


@given(st.text(), st.text())
def test_which_of_two_texts_comes_first_does_not_matter(one: str, other: str) -> None:
    assert is_same_story(one, one)
    if len(one.split()) != len(other.split()):
        assert is_same_story(one, other) == is_same_story(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Labor leaders organize a harbor rally", "Labour leaders organise a harbour rally"),
        ("Straßenbahn fährt wieder über die Brücke", "Strassenbahn faehrt wieder über die Brücke"),
        ("Teh mayor opens a new brigde", "The mayor opens a new bridge"),
    ],
)
def test_a_spelling_run_is_recognised(one: str, other: str) -> None:
    assert is_respelled(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Weather for Monday", "Weather for Tuesday"),
        ("Council minutes 12", "Council minutes 13"),
        ("Ferry stops", "Bridge opens"),
    ],
)
def test_other_words_are_not_a_spelling_run(one: str, other: str) -> None:
    assert not is_respelled(one, other)
