from __future__ import annotations

import pytest

from feedsvc.domain.model import Entry, Kind
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.web.pages.cards import continue_headline, find_source, make_card
from feedsvc.web.pages.frame import PageContext
from tests.web.pages.entries import a_label, a_page_context, an_entry

LONG = " ".join(f"word{number}" for number in range(30)) + "."


@pytest.fixture
def context(taxonomy: Taxonomy) -> PageContext:
    return a_page_context(taxonomy)


def untitled(text: str) -> Entry:
    return an_entry(title="", text=text)


def test_an_untitled_entry_repeats_no_word(context: PageContext) -> None:
    card = make_card(untitled(LONG), context)
    assert card.derived
    said = f"{card.headline} {card.teaser}".replace("… … ", " ")
    assert said.split() == LONG.split()


def test_a_short_untitled_entry_has_no_teaser(context: PageContext) -> None:
    assert make_card(untitled("Rain at last."), context).teaser == ""


def test_an_overlong_first_word_does_not_hide_the_rest() -> None:
    assert "after" in continue_headline(untitled("x" * 200 + " after"))


def test_a_region_implied_by_its_country_is_left_out(context: PageContext) -> None:
    labels = (
        a_label(Kind.TOPIC, "labour"),
        a_label(Kind.REGION, "asia"),
        a_label(Kind.REGION, "central-asia"),
        a_label(Kind.REGION, "europe"),
        a_label(Kind.COUNTRY, "kz"),
    )
    card = make_card(an_entry(labels=labels), context)
    assert [label.name for label in card.labels] == ["Kazakhstan", "Europe", "Labour"]
    assert card.labels[0].path == "/p/countries/kz"


def test_a_label_that_the_vocabulary_dropped_is_left_out(context: PageContext) -> None:
    card = make_card(an_entry(labels=(a_label(Kind.REGION, "atlantis"),)), context)
    assert card.labels == ()


def test_a_source_is_named_by_its_host() -> None:
    source = find_source(an_entry(link="https://www.example.org/a?b=ü"))
    assert source is not None
    assert source.host == "example.org"
    assert source.address == "https://www.example.org/a?b=%C3%BC"


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "https://", "ftp://example.org/"])
def test_an_unsafe_link_is_not_shown(link: str) -> None:
    assert find_source(an_entry(link=link)) is None


def test_a_card_has_the_language_and_direction_of_its_entry(context: PageContext) -> None:
    card = make_card(an_entry(language="ar"), context)
    assert (card.language, card.direction) == ("ar", "rtl")
