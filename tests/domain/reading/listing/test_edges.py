"""What is before or after a text on its line is cut off only if it is used or says nothing."""

from __future__ import annotations

import pytest

from feedsvc.domain.reading import Listing
from tests.domain.reading.builders import parse

TEASER = "The ships will replace the oldest vessels in 2029."


def _read(text: str) -> Listing:
    outcome = parse(text)
    assert isinstance(outcome, Listing)
    return outcome


@pytest.mark.parametrize(
    ("end", "name", "value"),
    [
        ("(Reuters)", "source", "Reuters"),
        ("(Harbour Gazette)", "source", "Harbour Gazette"),
        ("https://example.org/ferry", "link", "https://example.org/ferry"),
        ("More: https://example.org/ferry", "link", "https://example.org/ferry"),
    ],
)
def test_what_follows_the_last_sentence_is_used(end: str, name: str, value: str) -> None:
    (draft,) = _read(f"Ferry company orders two ships\n{TEASER} {end}\n").drafts
    assert draft.stated.text == TEASER
    assert getattr(draft.stated, name) == value


def test_a_date_in_brackets_before_a_headline_is_its_date() -> None:
    (draft,) = _read(f"[28 Nov 2026] Ferry company orders two ships\n{TEASER}\n").drafts
    assert draft.stated.title == "Ferry company orders two ships"
    assert draft.date
    assert draft.date.date().isoformat() == "2026-11-28"


def test_a_time_of_day_before_a_headline_stays() -> None:
    text = "9.30 am Parish Mass\nAll are welcome to it.\n\n4 pm Carols\nPlease bring a torch.\n"
    assert [draft.stated.title for draft in _read(text).drafts] == [
        "9.30 am Parish Mass",
        "4 pm Carols",
    ]


def test_one_dash_before_a_name_makes_no_source() -> None:
    (draft,) = _read(f"Strike at the printers – Harbour Gazette\n\n{TEASER}\n").drafts
    assert draft.stated.title == "Strike at the printers – Harbour Gazette"
    assert not draft.stated.source


def test_an_address_that_a_sentence_leads_to_stays() -> None:
    text = (
        "Library lends instruments for three weeks at https://example.org/library\n"
        "Parish seeks basses and tenors, see https://example.org/choir\n"
    )
    assert not [draft for draft in _read(text).drafts if draft.stated.link]


def test_each_part_that_is_cut_off_is_a_note() -> None:
    listing = _read(f"[28 Nov 2026] Ferry company orders two ships\n{TEASER} (Reuters)\n")
    assert [(note.line, note.text) for note in listing.notes] == [
        (1, "28 Nov 2026"),
        (2, "(Reuters)"),
    ]
