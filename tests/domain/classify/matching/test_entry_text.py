"""How the texts of an entry become one row of tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.classify.matching.entry_text import MOST_CHARACTERS, Part, read_entry_text
from feedsvc.domain.classify.tokens import tokenise
from feedsvc.domain.model import Evidence, Where


def title_of(text: str) -> Part:
    return read_entry_text([(Where.TITLE, text)]).parts[0]


def test_the_texts_of_an_entry_follow_one_another() -> None:
    entry = read_entry_text(
        [(Where.TITLE, "Chad votes"), (Where.TEXT, ""), (Where.CAPTION, "A queue")]
    )
    assert entry.tokens.keys == ["chad", "votes", "a", "queue"]
    assert [(part.where, part.first, part.past) for part in entry.parts] == [
        (Where.TITLE, 0, 2),
        (Where.CAPTION, 2, 4),
    ]
    assert not entry.tokens.joins(2)


def test_each_token_belongs_to_one_text() -> None:
    entry = read_entry_text(
        [(Where.TITLE, "Chad votes"), (Where.TEXT, "—"), (Where.CAPTION, "Mali")]
    )
    assert [entry.part_with(index).where for index in range(3)] == [
        Where.TITLE,
        Where.TITLE,
        Where.CAPTION,
    ]


def test_only_the_beginning_of_a_book_is_read() -> None:
    texts = [(Where.TITLE, "A title"), (Where.TEXT, "Kenya " * 50_000)]
    title, text = read_entry_text(texts).parts
    assert title.text == "A title"
    assert len(text.text) == MOST_CHARACTERS


def test_an_entry_without_a_text_has_an_empty_title() -> None:
    (part,) = read_entry_text([(Where.TITLE, ""), (Where.TEXT, "")]).parts
    assert (part.text, part.first, part.past) == ("", 0, 0)


def test_evidence_points_into_its_own_text_as_written() -> None:
    texts = [(Where.TITLE, "“Boats” gone"), (Where.TEXT, "In São Tomé, “Príncipe” waits")]
    text = read_entry_text(texts).parts[1]
    assert text.evidence(3, 5, 1.0) == Evidence("São Tomé", Where.TEXT, 3, 11, 1.0)
    assert text.evidence(5, 6, 0.5) == Evidence("Príncipe", Where.TEXT, 14, 22, 0.5)


@pytest.mark.parametrize(
    ("text", "shouted"),
    [
        ("OIL PRICES FALL AGAIN", True),
        ("BORDER CLOSED", True),
        ("UN", False),
        ("US, UK", False),
        ("Oil prices", False),
    ],
)
def test_a_title_in_capitals_is_shouted(text: str, *, shouted: bool) -> None:
    assert title_of(text).shouted is shouted


def test_title_case_is_recognised() -> None:
    assert title_of("Ten Ways to Grow Better Beans").title_case
    assert not title_of("Ten ways to grow better beans").title_case


def test_case_means_nothing_in_a_text_of_one_case() -> None:
    assert title_of("ten ways to grow beans").caseless
    assert title_of("TEN WAYS TO GROW BEANS").caseless
    assert not title_of("Ten ways to grow beans").caseless


@given(st.text(), st.text(), st.text())
def test_each_part_has_the_tokens_of_its_own_text(title: str, text: str, caption: str) -> None:
    texts = list(zip((Where.TITLE, Where.TEXT, Where.CAPTION), (title, text, caption), strict=True))
    entry = read_entry_text(texts)
    for part in entry.parts:
        alone = tokenise(part.text)
        assert entry.tokens.keys[part.first : part.past] == alone.keys
        for index in range(part.past - part.first):
            start, end = alone.ends[2 * index : 2 * index + 2]
            found = part.evidence(part.first + index, part.first + index + 1, 1.0)
            assert (found.start, found.end, found.phrase) == (start, end, part.text[start:end])
