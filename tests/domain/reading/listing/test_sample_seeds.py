"""The listings that come with the project."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC
from functools import cache
from pathlib import Path

import pytest

from feedsvc.domain.reading import Listing, ReadingRules, read_file
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.services.vocabulary import load_vocabulary

SEEDS = Path(__file__).resolve().parents[4] / "seeds"
ENTRIES = {
    "africa.txt": 10,
    "americas.txt": 11,
    "asia-desk.txt": 10,
    "briefs.txt": 11,
    "culture-and-sport.txt": 10,
    "europe.md": 9,
    "labour-wire.txt": 10,
    "pacific.txt": 10,
    "people-and-markets.txt": 10,
    "science-and-health.md": 9,
    "weather-and-disasters.txt": 10,
}
# By name: the folder may hold seeds of one's own too.
PATHS = [SEEDS / name for name in ENTRIES]


@cache
def _parse(path: Path) -> Listing:
    rules = ReadingRules(taxonomy=_taxonomy(), zone=UTC)
    outcome = read_file(path.name, path.read_bytes(), rules=rules)
    assert isinstance(outcome, Listing)
    return outcome


@cache
def _taxonomy() -> Taxonomy:
    return load_vocabulary().taxonomy


def test_every_sample_gives_the_entries_that_were_meant() -> None:
    assert {path.name: len(_parse(path).drafts) for path in PATHS} == ENTRIES


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_a_sample_has_no_problems(path: Path) -> None:
    assert _parse(path).problems == ()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_titles_end_without_a_full_stop_and_texts_with_one(path: Path) -> None:
    for draft in _parse(path).drafts:
        assert not draft.stated.title.endswith(".")
        assert not draft.stated.caption.endswith(".")
        assert re.search(r"([.?]|\[…\]|\b(and|for))$", draft.stated.text) or not draft.stated.text
        assert draft.stated.title or path.name == "briefs.txt"


def test_the_samples_show_every_layout() -> None:
    drafts = {path.name: _parse(path).drafts for path in PATHS}
    assert all(draft.stated.caption for draft in drafts["asia-desk.txt"])
    assert all(not draft.stated.title for draft in drafts["briefs.txt"])
    assert sum(draft.stated.text.endswith("[…]") for file in drafts.values() for draft in file) >= 4
    assert [draft.stated.title for draft in drafts["labour-wire.txt"] if not draft.stated.text] == [
        "Bus Drivers in Brisbane Return to Work"
    ]
    assert _parse(SEEDS / "science-and-health.md").rolling is True


def test_one_story_stands_in_two_files() -> None:
    stories = Counter(
        (draft.stated.title, draft.stated.text)
        for path in PATHS
        for draft in _parse(path).drafts
        if draft.stated.title
    )
    assert [title for (title, _), count in stories.items() if count > 1] == [
        "Bangladesh Garment Workers End Strike Over Night Shifts"
    ]
