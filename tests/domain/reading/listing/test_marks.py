"""Marks around lines are removed with a note: those of quoted mail and of tickers."""

from __future__ import annotations

import pytest

from tests.domain.reading.builders import accepted

PORTS = ("Strike shuts ports in Chile", "Dockers in Valparaíso stopped work over pensions.")
COCOA = ("Ghana lifts cocoa price", "Farmers will get a tenth more per bag.")


def texts(written: str) -> list[tuple[str, str]]:
    return [(draft.stated.title, draft.stated.text) for draft in accepted(written).drafts]


@pytest.mark.parametrize("mark", ["> ", ">", "> > ", ">> ", ">>> "])
def test_a_quoted_listing_is_read_without_its_marks(mark: str) -> None:
    written = "\n\n".join(f"{mark}{title}\n{mark}{text}" for title, text in (PORTS, COCOA))
    assert texts(written) == [PORTS, COCOA]
    note = accepted(written).notes[0]
    assert note.line == 1
    assert note.text == f"{mark}{PORTS[0]}"
    assert "4 lines" in note.reason


def test_a_mark_alone_parts_entries_as_an_empty_line_does() -> None:
    written = "\n>\n".join(f"> {title}\n>\n> {text}" for title, text in (PORTS, COCOA))
    assert texts(written) == [PORTS, COCOA]


def test_one_quoted_block_among_others_is_read_without_its_marks() -> None:
    written = f"{PORTS[0]}\n{PORTS[1]}\n\n> {COCOA[0]}\n> {COCOA[1]}\n"
    assert texts(written) == [PORTS, COCOA]


def test_a_single_line_keeps_its_mark() -> None:
    assert texts(f"> 5000 march in Oslo\n\n{PORTS[1]}\n")[0][0] == "> 5000 march in Oslo"


@pytest.mark.parametrize(
    "headline",
    [
        "+++ 08:15 {} +++",
        "++ 08.15 Uhr: {} ++",
        "*** 8h15 – {} ***",
        "+++ {} +++",
    ],
)
def test_marks_and_time_of_a_ticker_are_no_part_of_a_headline(headline: str) -> None:
    written = "\n\n".join(f"{headline.format(title)}\n{text}" for title, text in (PORTS, COCOA))
    assert texts(written) == [PORTS, COCOA]
    assert [note.line for note in accepted(written).notes] == [1, 4]


def test_few_words_between_marks_are_the_heading_of_a_section() -> None:
    written = f"+++ Welt +++\n\n{PORTS[0]}\n{PORTS[1]}\n"
    assert [draft.stated.section for draft in accepted(written).drafts] == ["Welt"]


def test_nothing_is_removed_from_a_verbatim_file() -> None:
    written = f"---\nverbatim: true\n---\n\n> {PORTS[0]}\n\n> {PORTS[1]}\n"
    assert texts(written) == [(f"> {PORTS[0]}", f"> {PORTS[1]}")]
