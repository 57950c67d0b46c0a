"""Points, results, questions and answers are text of the entry that they are below."""

from __future__ import annotations

from feedsvc.domain.reading import Listing
from tests.domain.reading.builders import parse


def _read(text: str) -> list[tuple[str, str]]:
    outcome = parse(text)
    assert isinstance(outcome, Listing)
    return [(draft.stated.title, draft.stated.text) for draft in outcome.drafts]


def test_points_are_the_text_of_the_headline_above() -> None:
    text = (
        "Rail strike ends after nine days\n• Trains run from Wednesday\n• Tickets are extended\n\n"
        "Flood warning for three valleys\n• Rivers peak on Friday\n• Schools stay closed\n"
    )
    assert _read(text) == [
        ("Rail strike ends after nine days", "Trains run from Wednesday; Tickets are extended"),
        ("Flood warning for three valleys", "Rivers peak on Friday; Schools stay closed"),
    ]


def test_headlines_with_bullets_below_a_section_stay_headlines() -> None:
    text = "SPORT\n• Vale win at last\n• Captain sent off\n\nCULTURE\n• Map found\n• Choir sings\n"
    titles = [title for title, _ in _read(text)]
    assert titles == ["Vale win at last", "Captain sent off", "Map found", "Choir sings"]


def test_results_are_the_text_of_the_headline_above() -> None:
    text = "Northern League results\n\nVale 1-1 Eastport\nMill 3-4 Alder\nWick 0-0 Harbour City\n"
    results = "Vale 1-1 Eastport; Mill 3-4 Alder; Wick 0-0 Harbour City"
    assert _read(text) == [("Northern League results", results)]


def test_questions_without_a_headline_above_are_headlines() -> None:
    text = "Q: Who pays?\nA: The county pays half of it.\n\nQ: When?\nA: Work begins in May.\n"
    assert [title for title, _ in _read(text)] == ["Q: Who pays?", "Q: When?"]
