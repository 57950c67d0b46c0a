"""Where a piece was printed is the source and the date of its entry, and no part of its text."""

from __future__ import annotations

import pytest

from tests.domain.reading.builders import accepted

TITLES = ("Rice exports hit a record", "Teachers call off strike in Hue")
TEASERS = (
    "Vietnam shipped more rice in November than in any month before.",
    "The union accepted a raise of five per cent after two days of talks.",
)


def described(text: str) -> list[tuple[str, str, str, str]]:
    return [
        (
            draft.stated.title,
            draft.stated.text,
            str(draft.stated.source or ""),
            str(draft.date or "")[:10],
        )
        for draft in accepted(text).drafts
    ]


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Delta Post, 29 Nov 2026, p. 1", "Delta Post"),
        ("The Guardian of the Bay, 29 November 2026, pp. 4-5", "The Guardian of the Bay"),
        ("Frankfurter Bote, 29.11.2026, S. 4", "Frankfurter Bote"),
        ("Wiener Abendblatt vom 29.11.2026, Seite 12", "Wiener Abendblatt"),
        ("Diario del Sur (29 de noviembre de 2026), pág. 3", "Diario del Sur"),
        ("Courrier du Sahel, 29/11/2026, p. 7", "Courrier du Sahel"),
        ("Het Dagblad, p. 3, 29-11-2026", "Het Dagblad"),
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_source_date_and_page_in_a_line_are_source_and_date(
    line: str, source: str, *, above: bool
) -> None:
    form = "{line}\n{title}\n{teaser}" if above else "{title}\n{teaser}\n{line}"
    text = "\n\n".join(
        form.format(line=line, title=title, teaser=teaser)
        for title, teaser in zip(TITLES, TEASERS, strict=True)
    )
    assert described(text) == [
        (title, teaser, source, "2026-11-29") for title, teaser in zip(TITLES, TEASERS, strict=True)
    ]


@pytest.mark.parametrize(
    ("brackets", "source"),
    [
        ("(Le Quai, 29/11/2026)", "Le Quai"),
        ("(Courrier du Sahel, 29 novembre 2026)", "Courrier du Sahel"),
        ("[Delta Post, 29 Nov 2026, p. 2]", "Delta Post"),
        ("(Harbour Wire – 29 Nov 2026)", "Harbour Wire"),
        ("(29.11.2026, Hafenblatt)", "Hafenblatt"),
    ],
)
def test_source_and_date_in_brackets_are_no_part_of_a_headline(brackets: str, source: str) -> None:
    text = f"{TITLES[0]} {brackets}\n{TEASERS[0]}\n\n{TITLES[1]} {brackets}\n{TEASERS[1]}\n"
    assert described(text) == [
        (title, teaser, source, "2026-11-29") for title, teaser in zip(TITLES, TEASERS, strict=True)
    ]
    assert accepted(text).notes[0].text.strip("()[]") == brackets.strip("()[]")


@pytest.mark.parametrize("title", ["Brazil win the cup (3-1)", "Budget for schools (part 2, 2026)"])
def test_other_brackets_stay_in_a_headline(title: str) -> None:
    assert described(f"{title}\n\n{TEASERS[0]}\n")[0][0] == title
