"""How a text is split into tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.classify.tokens import fold_accents, phrase_key, tokenise


def test_hyphens_and_dashes_separate_words() -> None:
    assert tokenise("US-led talks on Iran–Iraq trade—again").keys == [
        "us",
        "led",
        "talks",
        "on",
        "iran",
        "iraq",
        "trade",
        "again",
    ]


@pytest.mark.parametrize("text", ["Kenya's budget", "Kenya\u2019s budget", "KENYA'S BUDGET"])
def test_a_possessive_ending_is_not_a_word(text: str) -> None:
    assert tokenise(text).keys == ["kenya", "budget"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Côte d\u2019Ivoire", "cote d ivoire"),
        ("São Tomé", "sao tome"),
        ("Łódź", "lodz"),
        ("İzmir", "izmir"),
        ("U.S.", "u s"),
        ("Trinidad &amp; Tobago", "trinidad tobago"),
        ("Sri\u00a0Lanka", "sri lanka"),
        ("中国", "中 国"),
        ("चुनाव", "चुनाव"),
        ("भारत।", "भारत"),
        ("जॉर्ज़िया", "जॉर्जिया"),
        ("Co\u0302te d'Ivoire", "cote d ivoire"),
        ("Sa\u0303o Tome\u0301", "sao tome"),
        ("\u03a3\u0391\u03a3.\u0391", "\u03c3\u03b1\u03c3 \u03b1"),
    ],
)
def test_a_phrase_has_one_key_however_it_is_written(text: str, key: str) -> None:
    assert phrase_key(text) == key


def test_an_empty_text_has_no_tokens() -> None:
    assert tokenise("").keys == []
    assert tokenise(" … ").keys == []


def test_the_case_of_each_word_is_known() -> None:
    tokens = tokenise("UN aid for Chad 2030")
    assert [tokens.all_caps(index) for index in range(3)] == [True, False, False]
    assert [tokens.capitalised(index) for index in range(5)] == [True, False, False, True, True]


@pytest.mark.parametrize(
    ("text", "first", "past", "joined"),
    [
        ("talks in New York today", 2, 4, True),
        ("St. Louis floods", 0, 2, True),
        ("It is new. York waits", 2, 4, False),
        ("the south, Africa said", 1, 3, False),
        ("the south! Africa", 1, 3, False),
        ("New-York", 0, 2, True),
        ("St... Louis", 0, 2, True),
    ],
)
def test_a_phrase_does_not_cross_the_end_of_a_sentence(
    text: str, first: int, past: int, *, joined: bool
) -> None:
    tokens = tokenise(text)
    assert all(tokens.joins(index) for index in range(first + 1, past)) is joined


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold_accents(text)) == len(text)


@given(st.text())
def test_every_token_is_at_its_offset(text: str) -> None:
    tokens = tokenise(text)
    assert len("".join(tokens.parts)) == len(text)
    for index, key in enumerate(tokens.keys):
        start, end = tokens.ends[2 * index : 2 * index + 2]
        assert fold_accents(text[start:end]) == tokens.word(index)
        assert phrase_key(tokens.word(index)) == key
