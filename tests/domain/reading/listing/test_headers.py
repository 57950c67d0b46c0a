"""The header at the top of a file is not an entry; it dates entries without a date."""

from __future__ import annotations

import pytest

from tests.domain.reading.builders import accepted

ENTRIES = (
    "Council backs new library\n\nWork starts in spring, and schools may use the hall.\n\n"
    "Lifeboat saves two anglers\n29 November 2026\n\nTheir engine had failed off Lewis at dusk.\n"
)


@pytest.mark.parametrize(
    "header",
    [
        "REVUE DE PRESSE DU 30 NOVEMBRE 2026",
        "THE ISLAND REGISTER Page 1 of 2\nMonday, November 30, 2026",
        "Jornal do Porto | Edição de segunda-feira, 30 de novembro de 2026",
        "HARBOUR WEEKLY BULLETIN\nNo. 48 | 30 November 2026",
        "Pressespiegel vom 30.11.2026\nAusgabe 12",
        "Resumen de prensa – lunes, 30 de noviembre de 2026",
        "Rassegna stampa del 30 novembre 2026",
        "Harbour Gazette, 30 November 2026",
    ],
)
def test_a_header_is_set_aside_and_dates_entries(header: str) -> None:
    listing = accepted(f"{header}\n\n{ENTRIES}")
    assert [(draft.stated.title, str(draft.date)[:10]) for draft in listing.drafts] == [
        ("Council backs new library", "2026-11-30"),
        ("Lifeboat saves two anglers", "2026-11-29"),
    ]
    lines = header.split("\n")
    assert [note.text for note in listing.notes[: len(lines)]] == lines
    assert {note.reason for note in listing.notes[: len(lines)]} == {
        "name of the publication, not an entry"
    }


def test_the_date_of_front_matter_counts_more_than_that_of_a_header() -> None:
    text = f"---\ndate: 2026-11-28\n---\n\nPRESS REVIEW, 30 NOVEMBER 2026\n\n{ENTRIES}"
    assert str(accepted(text).drafts[0].date)[:10] == "2026-11-28"


@pytest.mark.parametrize(
    "headline",
    [
        "Greece votes on 30 November 2026",
        "UN TO REVIEW TREATY ON 30 NOVEMBER 2026",
        "Djokovic Is No. 1",
        "NEWSPAPER CLOSES AFTER A CENTURY",
        "Ferry Resumes Service\n30 November 2026",
        "Ferry Resumes Service\nHarbour Gazette | 30 November 2026",
        "Le quotidien des infirmières\n30 novembre 2026",
        "Strike Hits the Evening Post\n30 November 2026",
    ],
)
def test_a_headline_at_the_top_is_no_header(headline: str) -> None:
    listing = accepted(f"{headline}\n\nThis is what is known about it so far.\n\n{ENTRIES}")
    assert listing.drafts[0].stated.title == headline.split("\n", maxsplit=1)[0]
    assert len(listing.drafts) == 3
