"""Roles are corrected where the lines around a line show what it is meant as."""

from __future__ import annotations

import pytest

from feedsvc.domain.model import Draft
from tests.domain.reading.builders import accepted

SPANISH = """La huelga cierra los puertos de Chile
Los estibadores piden mejores pensiones
Por Ana Ejemplo | 30/11/2026 08:15

Las grúas pararon el lunes. Las negociaciones empiezan el jueves en Santiago.

Ghana sube el precio del cacao
Los agricultores recibirán un diez por ciento más
29/11/2026

El gobierno espera una cosecha mejor que la del año pasado.
"""
GERMAN = """Streik legt Häfen in Chile lahm
Arbeiter in Valparaíso fordern höhere Renten
Von Anna Beispiel
30.11.2026, 08:15 Uhr

Die Kräne standen am Montag still. Gespräche beginnen am Donnerstag.

Die Regierung will noch vor Weihnachten ein Gesetz vorlegen.
"""


def read(text: str) -> list[Draft]:
    return list(accepted(text).drafts)


def test_a_line_between_headline_and_byline_or_date_is_the_first_paragraph() -> None:
    ports, cocoa = read(SPANISH)
    assert ports.stated.title == "La huelga cierra los puertos de Chile"
    assert ports.stated.text.split("\n\n") == [
        "Los estibadores piden mejores pensiones",
        "Las grúas pararon el lunes. Las negociaciones empiezan el jueves en Santiago.",
    ]
    assert ports.stated.author == "Ana Ejemplo"
    assert cocoa.stated.title == "Ghana sube el precio del cacao"
    assert str(cocoa.date)[:10] == "2026-11-29"
    assert not ports.stated.caption
    assert not cocoa.stated.caption


def test_the_standfirst_of_an_article_is_its_first_paragraph() -> None:
    (ports,) = read(GERMAN)
    assert ports.stated.title == "Streik legt Häfen in Chile lahm"
    assert ports.stated.text.startswith("Arbeiter in Valparaíso fordern höhere Renten\n\nDie Kräne")
    assert ports.stated.author == "Anna Beispiel"


def test_a_byline_in_a_block_of_its_own_counts_at_the_top() -> None:
    text = (
        "Measles returns to the islands\nVaccination rates have fallen for five years\n\n"
        "By Cy Example, Health Correspondent\nPublished 28 November 2026 09:15 GMT\n\n"
        "Doctors in Fiji have counted 140 cases of measles since October.\n\n"
        "Many children missed their second dose during the cyclone season.\n"
    )
    (measles,) = read(text)
    assert measles.stated.title == "Measles returns to the islands"
    assert measles.stated.text.startswith("Vaccination rates have fallen for five years\n\nDoctors")


def test_captions_above_signed_entries_stay_captions() -> None:
    entry = (
        "Harvest near the delta\n{} exports hit a record\n\nBy Ana Example, Harbour Desk\n\n"
        "Vietnam shipped more in November than in any month before it.\n\n"
    )
    drafts = read("".join(entry.format(name) for name in ("Rice", "Wheat", "Cocoa")))
    assert {draft.stated.caption for draft in drafts} == {"Harvest near the delta"}


def test_a_line_above_a_headline_without_byline_or_date_stays_a_caption() -> None:
    text = "Harvest near the delta\nRice exports hit a record\n\nVietnam shipped more than ever.\n"
    (rice,) = read(f"{text}\n{text.replace('Rice', 'Wheat')}")[:1]
    assert (rice.stated.caption, rice.stated.title) == (
        "Harvest near the delta",
        "Rice exports hit a record",
    )


@pytest.mark.parametrize("heading", ["IN BRIEF", "KURZ GEMELDET", "EN BREF", "EN BREVE:"])
def test_a_section_name_above_sentences_is_no_headline(heading: str) -> None:
    text = (
        "Library opens its reading garden\n\nVisitors may borrow deck chairs until sunset.\n\n"
        f"{heading}\n\nBakers in Oslo raise the price of rye bread by a tenth.\n\n"
        "A tram driver in Porto found a lost violin and gave it back.\n"
    )
    library, *briefs = read(text)
    assert library.stated.text == "Visitors may borrow deck chairs until sunset."
    assert [(brief.stated.title, brief.stated.text[:6]) for brief in briefs] == [
        ("", "Bakers"),
        ("", "A tram"),
    ]
    assert {brief.stated.section for brief in briefs} == {heading.rstrip(":")}


def test_other_capitals_above_paragraphs_stay_a_headline() -> None:
    text = (
        "DOCKERS VOTE ON ROTA\n\nDockers will vote on Friday on a rota with free weekends.\n\n"
        "The union calls it a step and not a gift to anybody.\n"
    )
    assert read(text)[0].stated.title == "DOCKERS VOTE ON ROTA"
