from __future__ import annotations

from dataclasses import replace
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.identity import NAMESPACE, digest_of, entry_id, feed_id, fold, namespace_of
from tests.builders import T0, base_key, draft, restate

TEASER = "The mayor said on Monday that the old bridge will open again in May"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("don’t", "dont"),
        ("“Quoted”", '"quoted"'),
        ("long — dash", "long - dash"),
        ("ﬁne", "fine"),
        ("half\u00a0space", "half space"),
        ("two  spaces\nand a line", "two spaces and a line"),
        ("soft\u00adhyphen", "softhyphen"),
        ("zero\u200bwidth", "zerowidth"),
        ("\uff26ull width", "full width"),
        ("cafe\u0301", "café"),
        ("end!", "end"),
    ],
)
def test_keys_ignore_case_punctuation_and_spacing(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("café", "cafe"), ("1+1", "1 1"), ("a", "b")])
def test_different_words_have_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_text_of_only_punctuation_is_not_empty() -> None:
    assert fold("?!") == "?!"
    assert fold(" ? ! ") == "? !"
    assert fold("  ") == ""


@given(st.text())
def test_case_and_surrounding_space_never_count(text: str) -> None:
    assert fold(f"  {text}\n") == fold(text)


@given(st.text(alphabet=st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_any_words_have_a_key(title: str, text: str) -> None:
    assert base_key(draft(title, text)) == base_key(draft(f" {title} ", f" {text} "))


def test_a_key_is_the_title_and_the_first_eight_words() -> None:
    words = TEASER.split()
    same = draft("Bridge", " ".join([*words[:8], "something", "else"]))
    other = draft("Bridge", " ".join([*words[:7], "something", *words[8:]]))
    assert base_key(same) == base_key(draft("Bridge", TEASER))
    assert base_key(other) != base_key(draft("Bridge", TEASER))


def test_a_key_without_a_title_is_the_first_twelve_words() -> None:
    words = TEASER.split()
    same = draft("", " ".join([*words[:12], "else"]))
    other = draft("", " ".join([*words[:11], "else"]))
    assert base_key(same) == base_key(draft("", TEASER))
    assert base_key(other) != base_key(draft("", TEASER))


def test_a_title_is_never_mistaken_for_a_teaser() -> None:
    assert base_key(draft("Bridge", "")) != base_key(draft("", "Bridge"))
    assert base_key(draft("Bridge opens", "again")) != base_key(draft("Bridge", "opens again"))


def test_a_key_does_not_depend_on_position_or_fields() -> None:
    elsewhere = draft("Bridge", TEASER, ordinal=9, link="https://a.example/", topics=("labour",))
    assert base_key(elsewhere) == base_key(draft("Bridge", TEASER))


def test_keys_never_change() -> None:
    """Ids are stored in readers: what is folded may not change."""
    assert str(base_key(draft("Bridge", TEASER))) == "77bc7ef1-ec39-5c15-8d67-8ea08d939b5e"
    assert str(base_key(draft("", TEASER))) == "2b5d5718-caf6-5499-a42d-5f5014ff8e39"


def test_a_namespace_is_made_from_the_base_url() -> None:
    assert namespace_of("https://news.example") == uuid5(NAMESPACE_URL, "https://news.example")


def test_two_namespaces_share_no_id_of_an_entry_or_a_feed() -> None:
    key = base_key(draft("Corrections", TEASER))
    spaces = (NAMESPACE, namespace_of("https://news.example"), namespace_of("https://a.example"))
    assert len({entry_id(key, namespace=one) for one in spaces}) == 3
    assert len({feed_id("all", namespace=one) for one in spaces}) == 3


def test_ids_in_the_common_namespace_are_those_of_earlier_versions() -> None:
    key = base_key(draft("Corrections", TEASER))
    assert entry_id(key, namespace=NAMESPACE) == key
    all_entries = UUID("a25e0415-6d94-5de4-8819-d6240d5c5897")
    assert feed_id("all", namespace=NAMESPACE) == all_entries


def test_a_digest_covers_all_that_a_draft_states_and_not_its_place() -> None:
    one = draft("Rain", "Drops", link="https://a.example/", topics=("weather",))
    assert digest_of(replace(one, ordinal=9, line=80, date=T0)) == digest_of(one)
    others = [
        restate(one, title="Rain "),
        restate(one, title="", text="Rain Drops"),
        restate(one, link=""),
        restate(one, topics=None),
        restate(one, topics=()),
        replace(one, source_id="guid"),
    ]
    assert len({digest_of(other) for other in (one, *others)}) == 7
