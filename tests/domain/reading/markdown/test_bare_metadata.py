"""Metadata at the top of a Markdown file without marks around it: MultiMarkdown, Pelican."""

from __future__ import annotations

import pytest

from feedsvc.domain.reading import Listing
from tests.domain.reading.builders import parse

LINKS = """
## Around the bay

- [Pilots vote for a lower speed limit](https://bay.example/pilots).
- [Old cannery becomes a school](https://bay.example/school).
"""


@pytest.mark.parametrize(
    "head",
    [
        "Title: The week on the bay\nDate: 2026-11-24\nCategory: News\n",
        "title:   The week on the bay\nauthor:  Ines Roth\ndate:    24 November 2026\n",
        "Date: 2026-11-24 10:20\nTitle: The week on the bay\nSlug: week-48\n",
    ],
)
def test_its_date_is_that_of_the_entries(head: str) -> None:
    outcome = parse(head + LINKS, name="a.md")
    assert isinstance(outcome, Listing)
    assert [(draft.stated.title, str(draft.date)[:10]) for draft in outcome.drafts] == [
        ("Pilots vote for a lower speed limit", "2026-11-24"),
        ("Old cannery becomes a school", "2026-11-24"),
    ]


def test_entries_of_field_lines_stay_entries() -> None:
    text = (
        "Title: Pilots vote\nText: For a lower limit.\n\nTitle: Cannery closes\nText: For good.\n"
    )
    outcome = parse(text, name="a.md")
    assert isinstance(outcome, Listing)
    assert len(outcome.drafts) == 2
