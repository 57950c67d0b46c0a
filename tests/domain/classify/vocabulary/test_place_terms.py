"""How a line in a vocabulary file is read."""

from __future__ import annotations

import pytest

from feedsvc.domain.classify.vocabulary.file import VocabularyError
from feedsvc.domain.classify.vocabulary.place_terms import more_lenient, read_term


def test_a_line_is_a_phrase() -> None:
    term = read_term("Côte d'Ivoire", name="a.toml", entry="CI")
    assert (term.key, term.capitals) == ("cote d ivoire", "AaA")
    assert not term.flags
    assert not term.needs


def test_notes_follow_a_bar() -> None:
    term = read_term(
        "Perth | weak; with Scotland, River Tay; unless Ontario", name="a.toml", entry="GB"
    )
    assert term.flags == {"weak"}
    assert term.needs == ("scotland", "river tay")
    assert term.excludes == ("ontario",)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Perth | wek", "unknown note 'wek'"),
        ("Perth |", "unknown note ''"),
        ("Perth | weak yes", "'weak' takes no words: 'yes'"),
        ("Perth | with", "'with' needs words after it"),
    ],
)
def test_a_wrong_note_is_refused_with_file_and_entry(line: str, reason: str) -> None:
    with pytest.raises(VocabularyError, match=rf"a\.toml: GB: .*{reason}"):
        read_term(line, name="a.toml", entry="GB")


def test_a_line_without_a_word_is_refused() -> None:
    with pytest.raises(VocabularyError, match="no words"):
        read_term("— | weak", name="a.toml", entry="GB")


@pytest.mark.parametrize(
    ("phrase", "capitals"),
    [
        ("Turkey", "A"),
        ("US", "C"),
        ("NATO", "A"),
        ("Bank of England", "AaA"),
        ("sheriff's deputies", "aa"),
        ("UK-based", "Ca"),
    ],
)
def test_a_phrase_shows_how_it_has_to_be_written(phrase: str, capitals: str) -> None:
    assert read_term(phrase, name="a.toml", entry="US").capitals == capitals


def test_two_spellings_allow_the_more_lenient_case_of_each_word() -> None:
    assert more_lenient("AaC", "AAA") == "AaA"
