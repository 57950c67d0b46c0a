"""The name of the publication above its news is no entry."""

from __future__ import annotations

import pytest

from feedsvc.domain.reading import Listing
from tests.domain.reading.builders import parse

NEWS = """Harbour fees stay the same
A motion to raise them failed.

Bench for the market square
The bench is a gift of the bakers' guild.
"""


def _read_titles(text: str) -> list[str]:
    outcome = parse(text)
    assert isinstance(outcome, Listing)
    return [draft.stated.title for draft in outcome.drafts]


@pytest.mark.parametrize(
    "masthead",
    [
        "Parish Bulletin No. 48",
        "Presseschau vom 30. November 2026",
        "BOLETÍN Nº 7",
        "Club Newsletter\nIssue 3, May",
    ],
)
def test_a_name_with_a_date_or_an_issue_is_no_entry(masthead: str) -> None:
    titles = ["Harbour fees stay the same", "Bench for the market square"]
    assert _read_titles(f"{masthead}\n\n{NEWS}") == titles


def test_its_date_is_that_of_the_entries_below() -> None:
    outcome = parse(f"Presseschau vom 30. November 2026\n\n{NEWS}")
    assert isinstance(outcome, Listing)
    assert {str(draft.date)[:10] for draft in outcome.drafts} == {"2026-11-30"}


@pytest.mark.parametrize(
    "headline",
    ["Government orders review", "Newsletter goes online", "New Harbour Magazine"],
)
def test_a_headline_with_its_date_below_stays(headline: str) -> None:
    text = f"{headline}\n28 November 2026\n\nFerries must be inspected every year.\n\n{NEWS}"
    assert _read_titles(text)[0] == headline
