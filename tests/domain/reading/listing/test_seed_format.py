"""The examples for editors work as docs/seed-format.md and seeds/README.md say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from feedsvc.domain.reading import Listing, read_file
from feedsvc.domain.reading.facts import MAX_NAMES
from feedsvc.domain.reading.fields import FieldName
from feedsvc.domain.reading.front_matter import MAX_CHARACTERS, MAX_LINES
from feedsvc.domain.reading.listing.gather import MAX_BLOCKS
from feedsvc.domain.reading.suffixes import SUFFIXES
from tests.domain.reading.described import describe, real_rules

ROOT = Path(__file__).resolve().parents[4]
PAGE = (ROOT / "docs" / "seed-format.md").read_text("utf-8")
README = (ROOT / "seeds" / "README.md").read_text("utf-8")
EXAMPLE = re.compile(r"```text\n(.*?)```(?:\n\n```json\n(.*?)```)?", re.DOTALL)
README_EXAMPLES = re.compile(r"```text\n(.*?)```", re.DOTALL).findall(README)


def read(text: str) -> Listing:
    outcome = read_file("a.txt", text.encode(), rules=real_rules())
    assert isinstance(outcome, Listing)
    assert outcome.problems == ()
    return outcome


@pytest.mark.parametrize(("listing", "expected"), EXAMPLE.findall(PAGE))
def test_an_example_is_read_as_the_page_says(listing: str, expected: str) -> None:
    assert [describe(draft) for draft in read(listing).drafts] == json.loads(expected)


def test_every_example_of_the_half_page_is_read_without_a_problem() -> None:
    pasted, stated, headed = [read(example).drafts for example in README_EXAMPLES]
    assert [(one.stated.title, one.stated.author, one.stated.link) for one in pasted] == [
        ("Dock Workers in Kenya Agree on New Shifts", "Ana Example", ""),
        ("Lakes Turn Green in Warm Weeks", "", "https://example.org/news/8"),
        ("Chess Boards for Every School", "", ""),
    ]
    assert [one.stated.section for one in pasted] == ["AFRICA", "AFRICA", "SPORT"]
    assert describe(stated[0]) == {
        "line": 1,
        "title": "Dock Workers Agree on New Shifts",
        "text": "Employers and the union call the plan a trial of six months.",
        "link": "https://example.org/news/7",
        "image": "https://example.org/7.jpg",
        "date": "2026-01-06T08:30:00+00:00",
        "author": "The Harbour Desk",
        "source": "Harbour Gazette",
        "countries": ["ke"],
        "topics": ["labour", "economy"],
    }
    assert describe(headed[0])["language"] == "en"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_suffix_is_named(suffix: str) -> None:
    assert f"`{suffix}`" in PAGE


@pytest.mark.parametrize("name", FieldName)
def test_every_field_is_specified(name: str) -> None:
    assert f"| `{name}` |" in PAGE


def test_every_limit_on_the_page_is_right() -> None:
    words = " ".join(PAGE.split())
    assert f"up to {MAX_NAMES} names with commas" in words
    assert f"within {MAX_LINES} lines and {MAX_CHARACTERS // 1024} Ki characters" in words
    assert f"more than {MAX_BLOCKS:,} blocks" in words
