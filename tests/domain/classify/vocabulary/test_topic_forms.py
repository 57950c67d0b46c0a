from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.classify.vocabulary.topic_forms import expand


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
def test_a_lower_case_word_also_means_its_plural(term: str, phrases: tuple[str, ...]) -> None:
    assert expand(term) == phrases


def test_alternatives_are_expanded_in_their_order() -> None:
    assert expand("(pay|wage) (talks|terms)") == (
        "pay talks",
        "pay terms",
        "wage talks",
        "wage terms",
    )


def test_alternatives_can_be_nested() -> None:
    assert set(expand("((rail|bus) |)strike=")) == {"rail strike", "bus strike", "strike"}


def test_an_empty_alternative_makes_a_word_optional() -> None:
    assert expand("the (strong|) pound=") == ("the strong pound", "the pound")


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
def test_a_tilde_means_all_forms_of_a_verb(term: str, phrases: tuple[str, ...]) -> None:
    assert expand(term) == phrases


def test_verbs_can_have_alternatives() -> None:
    assert expand("(walk|storm)~ out")[:5] == (
        "walk out",
        "walks out",
        "walked out",
        "walking out",
        "storm out",
    )


@pytest.mark.parametrize("term", ["", "(pay|wage talks", "pay) talks", "(|)", "=a"])
def test_a_malformed_term_is_an_error(term: str) -> None:
    with pytest.raises(ValueError, match=r"bars|parentheses|is empty"):
        expand(term)


@given(st.text(alphabet="ab |()~=sy", max_size=20))
def test_any_term_is_expanded_without_repeats_or_refused(term: str) -> None:
    try:
        phrases = expand(term)
    except ValueError:
        return
    assert phrases
    assert len(set(phrases)) == len(phrases)


def test_a_term_with_too_many_combinations_is_refused() -> None:
    ten = "(" + "|".join("abcdefghij") + ")"
    with pytest.raises(ValueError, match=r"more than \d+ phrases"):
        expand(" ".join([ten] * 9))


def test_a_list_that_is_too_long_is_refused() -> None:
    words = "|".join(f"w{number}" for number in range(2000))
    with pytest.raises(ValueError, match=r"more than \d+ phrases"):
        expand(f"({words})")


def test_spaces_in_a_list_are_not_part_of_a_phrase() -> None:
    assert expand("pay  (talks| rise )=") == ("pay talks", "pay rise")
