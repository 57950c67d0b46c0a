"""What is too long to be published is cut between words, and reported."""

from __future__ import annotations

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.identity import keys_of
from feedsvc.domain.reading import Listing, ReadingRules, read_file
from feedsvc.domain.reading.lengths import cut_text
from tests.builders import TAXONOMY

RULES = ReadingRules(taxonomy=TAXONOMY, zone=UTC, max_teaser_chars=1_000)
LONG = "The mayor cut a ribbon and the first trams rolled over the river. " * 40


def read(text: str, name: str = "a.txt") -> Listing:
    listing = read_file(name, text.encode(), rules=RULES)
    assert isinstance(listing, Listing)
    return listing


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Ships are back.", "Ships are back."),
        ("Ships are back and so is the crew.", "Ships are back…"),
        ("Ships are, back and so is the crew.", "Ships are, back…"),
        ("Shipmates, and, the crew of it", "Shipmates, and…"),
        ("Ships, at, last they are home.", "Ships, at, last…"),
        ("Shipswithoutanyspacesinthem", "Shipswithoutany…"),
        ("船" * 20, "船" * 15 + "…"),
        ("abcdefghijklmno\u0301\u0302pq", "abcdefghijklmn…"),
    ],
)
def test_a_text_is_cut_between_words(text: str, cut: str) -> None:
    assert cut_text(text, most=16) == cut


@given(st.text(max_size=400), st.integers(min_value=120, max_value=400))
def test_a_cut_text_is_a_beginning_of_at_most_so_many_characters(text: str, most: int) -> None:
    cut = cut_text(text, most=most)
    assert len(cut) <= most
    assert text.startswith(cut.removesuffix("…"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", f"Bridge Opens\n\n{LONG}\n"),
        ("a.md", f"# Bridge Opens\n\n{LONG}\n"),
        ("a.csv", f"title,teaser\nBridge Opens,{LONG}\n"),
    ],
)
def test_a_long_teaser_of_any_format_is_cut_and_reported(name: str, text: str) -> None:
    listing = read(text, name)
    (draft,) = listing.drafts
    assert draft.stated.title == "Bridge Opens"
    assert 900 < len(draft.stated.text) <= 1_000
    assert draft.stated.text.endswith("over the river. The mayor…")
    (problem,) = listing.problems
    assert problem.message == (
        f"the teaser has {len(LONG.rstrip()):,} characters; it was cut after 1,000. "
        "Shorten it, or raise max_teaser_chars."
    )


def test_teasers_up_to_the_limit_are_published_whole() -> None:
    listing = read(f"Bridge Opens\n\n{LONG[:980].rstrip()}\n")
    assert listing.drafts[0].stated.text == LONG[:980].rstrip()
    assert not listing.problems


def test_problems_stay_in_the_order_of_lines() -> None:
    listing = read(
        f"Bridge Opens\ncountries: nowhere\n\n{LONG}\n\nBread Gets Dearer\n"
        f"countries: nowhere\n\n{LONG}\n"
    )
    lines = [problem.line for problem in listing.problems]
    assert len(lines) == 4
    assert lines == sorted(lines)


def test_a_cut_teaser_has_the_key_of_the_whole() -> None:
    text = f"Bridge Opens\n\n{LONG}\n".encode()
    whole = read_file(
        "a.txt", text, rules=ReadingRules(taxonomy=TAXONOMY, zone=UTC, max_teaser_chars=10_000)
    )
    cut = read_file("a.txt", text, rules=RULES)
    assert isinstance(whole, Listing)
    assert isinstance(cut, Listing)
    assert whole.drafts[0].stated.text != cut.drafts[0].stated.text
    assert keys_of(whole.drafts[0]).base == keys_of(cut.drafts[0]).base
