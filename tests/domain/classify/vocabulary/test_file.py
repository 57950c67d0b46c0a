"""Errors about vocabulary files that cannot be used."""

from __future__ import annotations

import pytest

from feedsvc.domain.classify.vocabulary.file import (
    VocabularyError,
    VocabularyFile,
    lines_of,
    text_of,
)


def test_a_file_that_is_not_toml_is_named() -> None:
    with pytest.raises(VocabularyError, match=r"^regions\.toml: not TOML: "):
        list(VocabularyFile(name="regions.toml", text="[asia").tables())


def test_an_entry_that_is_not_a_table_is_named() -> None:
    with pytest.raises(VocabularyError, match=r"^regions\.toml: asia: not a table"):
        list(VocabularyFile(name="regions.toml", text="asia = 1").tables())


def test_a_field_that_is_not_text_is_named() -> None:
    file = VocabularyFile(name="countries/x.toml", text="")
    with pytest.raises(VocabularyError, match=r"^countries/x\.toml: KE: names is not text$"):
        text_of(file, "KE", {"names": ["Kenya"]}, "names")
    assert text_of(file, "KE", {}, "names") == ""


def test_comments_and_empty_lines_are_ignored() -> None:
    assert lines_of("\n# towns\n  Lamu \n\nGarissa\n") == ["Lamu", "Garissa"]


def test_the_folder_of_a_file_is_the_first_part_of_its_path() -> None:
    assert VocabularyFile(name="countries/x.toml", text="").folder == "countries"
    assert VocabularyFile(name="regions.toml", text="").folder == ""
