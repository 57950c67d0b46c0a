from __future__ import annotations

import pytest

from feedsvc.web.pages.language import text_direction, text_language


@pytest.mark.parametrize("language", ["ar", "fa-IR", "he", "ur", "AR", "az-Arab", "ckb"])
def test_some_languages_run_from_right_to_left(language: str) -> None:
    assert text_direction(language) == "rtl"


@pytest.mark.parametrize("language", ["en", "de-AT", "ku", "ur-Latn", "zh-Hant-HK"])
def test_others_run_from_left_to_right(language: str) -> None:
    assert text_direction(language) == "ltr"


@pytest.mark.parametrize("language", ["", "plain English", "a_b"])
def test_the_direction_of_an_unknown_language_is_auto(language: str) -> None:
    assert text_direction(language) == "auto"


@pytest.mark.parametrize(
    ("stated", "usual", "language"),
    [
        ("he", "de", "he"),
        ("", "de", "de"),
        ("not a tag", "de", "de"),
        ("en", "de", ""),
        ("", "EN", ""),
        ("en-GB", "en", "en-GB"),
        ("", "", ""),
    ],
)
def test_a_text_has_its_own_language_or_that_of_the_site(
    stated: str,
    usual: str,
    language: str,
) -> None:
    assert text_language(stated, usual) == language
