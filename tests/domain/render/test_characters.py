from __future__ import annotations

import pytest

from feedsvc.domain.render.characters import clean, language_tag, web_uri
from tests.feed_rules.syntax import is_uri


def test_tabs_line_ends_and_non_ascii_characters_are_kept() -> None:
    text = "a\tb\nc\rd é 中 😀 \x7f\x85\ufffd"
    assert clean(text) == text


@pytest.mark.parametrize(
    ("link", "uri"),
    [
        ("https://example.org/a?b=c&d#e", "https://example.org/a?b=c&d#e"),
        ("HTTP://example.org", "http://example.org"),
        (" https://example.org/a b ", "https://example.org/a%20b"),
        ("https://example.org/ü", "https://example.org/%C3%BC"),
        ("https://münchen.example/", "https://m%C3%BCnchen.example/"),
        ("https://example.org/100%/%41", "https://example.org/100%25/%41"),
        ("https://example.org/[1]?[2]", "https://example.org/%5B1%5D?%5B2%5D"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
        ('https://example.org/"><b>', "https://example.org/%22%3E%3Cb%3E"),
    ],
)
def test_a_web_link_becomes_a_uri(link: str, uri: str) -> None:
    assert web_uri(link) == uri
    assert is_uri(uri)


@pytest.mark.parametrize(
    "link",
    [
        "",
        "example.org",
        "//example.org/",
        "javascript:alert(1)",
        "ftp://example.org/",
        "http://",
        "http:///path",
        "http://[",
        "http://example.org:port/",
        "http://example.org:99999/",
    ],
)
def test_anything_but_a_web_link_is_dropped(link: str) -> None:
    assert web_uri(link) == ""


def test_only_text_in_the_form_of_a_language_tag_is_accepted() -> None:
    assert language_tag("zh-Hant-TW") == "zh-Hant-TW"
    assert [language_tag(it) for it in ("", "en_GB", "english please", "en\n")] == [""] * 4
