from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.classify.vocabulary.topic_forms import spell_out


@pytest.mark.parametrize(
    ("term", "phrases"),
    [
        ("pay talks", ("pay talks",)),
        ("picket line", ("picket line", "picket lines")),
        ("picket line=", ("picket line",)),
        ("subsidy", ("subsidy", "subsidies")),
        ("strike day", ("strike day", "strike days")),
        ("crash", ("crash", "crashes")),
        ("NATO", ("NATO",)),
        ("Grand Slam", ("Grand Slam",)),
        ("5G", ("5G",)),
        ("T20 match", ("T20 match", "T20 matches")),
        ("ox", ("ox",)),
    ],
)
def test_a_word_in_small_letters_stands_for_its_plural_too(
    term: str, phrases: tuple[str, ...]
) -> None:
    assert spell_out(term) == phrases


def test_alternatives_are_spelt_out_in_their_order() -> None:
    assert spell_out("(pay|wage) (talks|terms)") == (
        "pay talks",
        "pay terms",
        "wage talks",
        "wage terms",
    )


def test_alternatives_may_stand_in_alternatives() -> None:
    assert set(spell_out("((rail|bus) |)strike=")) == {"rail strike", "bus strike", "strike"}


def test_an_empty_alternative_makes_a_word_optional() -> None:
    assert spell_out("the (strong|) pound=") == ("the strong pound", "the pound")


@pytest.mark.parametrize(
    ("term", "phrases"),
    [
        ("resign~", ("resign", "resigns", "resigned", "resigning")),
        ("unite~", ("unite", "unites", "united", "uniting")),
        ("deny~", ("deny", "denies", "denied", "denying")),
        ("rob~", ("rob", "robs", "robbed", "robbing")),
        ("clash~", ("clash", "clashes", "clashed", "clashing")),
        ("delay~", ("delay", "delays", "delayed", "delaying")),
        ("is fire~ at", ("is fire at", "is fires at", "is fired at", "is firing at")),
    ],
)
def test_a_tilde_stands_for_the_forms_of_a_verb(term: str, phrases: tuple[str, ...]) -> None:
    assert spell_out(term) == phrases


def test_verbs_and_alternatives_go_together() -> None:
    assert spell_out("(walk|storm)~ out")[:5] == (
        "walk out",
        "walks out",
        "walked out",
        "walking out",
        "storm out",
    )


@pytest.mark.parametrize("term", ["", "(pay|wage talks", "pay) talks", "(|)", "=a"])
def test_what_cannot_be_spelt_out_is_an_error(term: str) -> None:
    with pytest.raises(ValueError, match=r"bars|parentheses|nothing is left"):
        spell_out(term)


@given(st.text(alphabet="ab |()~=sy", max_size=20))
def test_any_term_is_spelt_out_without_repeats_or_refused(term: str) -> None:
    try:
        phrases = spell_out(term)
    except ValueError:
        return
    assert phrases
    assert len(set(phrases)) == len(phrases)


def test_a_term_that_multiplies_is_refused() -> None:
    ten = "(" + "|".join("abcdefghij") + ")"
    with pytest.raises(ValueError, match=r"more than \d+ phrases"):
        spell_out(" ".join([ten] * 9))


def test_a_list_that_is_too_long_is_refused() -> None:
    words = "|".join(f"w{number}" for number in range(2000))
    with pytest.raises(ValueError, match=r"more than \d+ phrases"):
        spell_out(f"({words})")


def test_spaces_in_a_list_are_no_part_of_a_phrase() -> None:
    assert spell_out("pay  (talks| rise )=") == ("pay talks", "pay rise")
