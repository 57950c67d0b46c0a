from __future__ import annotations

import pytest

from tests.domain.reading.builders import accepted, only, rejected, words

SEED = "Harbour at dawn\nPort Reopens\n\nShips are back.\n\nBread Gets Dearer\n\nWheat is short.\n"
EXPECTED = [
    ("Harbour at dawn", "Port Reopens", "Ships are back."),
    ("", "Bread Gets Dearer", "Wheat is short."),
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u0085", "\u2028", "\x0b", "\x0c"])
def test_every_line_end_gives_the_same(end: str) -> None:
    assert words(SEED.replace("\n", end)) == EXPECTED


def test_mixed_line_ends_give_the_same() -> None:
    ends = iter(["\r\n", "\r", "\n", "\r\n", "\n", "\r", "\r\n", "\n"])
    seed = "".join(line + next(ends) for line in SEED.splitlines())
    assert words(seed) == EXPECTED


def test_a_paragraph_separator_parts_blocks() -> None:
    assert words(SEED.replace("\n\n", "\u2029")) == EXPECTED


@pytest.mark.parametrize(
    "blank", ["", "  ", "\t", "\u00a0", "\u3000", "\u200b", "\u200f", "\ufeff"]
)
def test_lines_that_show_nothing_are_blank(blank: str) -> None:
    assert words(SEED.replace("\n\n", f"\n{blank}\n{blank}\n")) == EXPECTED


@pytest.mark.parametrize("rule", ["---", "* * *", "———", "=====", "~~~", "•", "___", "#"])
def test_a_rule_parts_blocks(rule: str) -> None:
    assert words(SEED.replace("\n\n", f"\n{rule}\n")) == EXPECTED


def test_what_xml_forbids_is_removed() -> None:
    forbidden = "".join(map(chr, [*range(1, 9), *range(14, 32), 0xFFFE, 0xFFFF, 0x1FFFE, 0xFDD0]))
    assert only(f"Port{forbidden} Reopens\n").stated.title == "Port Reopens"


def test_delete_and_c1_controls_are_removed() -> None:
    assert only("Po\x7frt\x80 Reo\x9fpens\n").stated.title == "Port Reopens"


def test_bidi_controls_and_joiners_stay() -> None:
    assert only("\u202eport\u202c \u2067می\u200cخواهم\u2069\n").stated.title == (
        "port می\u200cخواهم"
    )


def test_a_byte_order_mark_inside_is_dropped() -> None:
    assert words("Port Reopens\n\nShips are back.\n\n\ufeffBread Gets Dearer\n\nWheat is short.\n")[
        1
    ] == ("", "Bread Gets Dearer", "Wheat is short.")


def test_text_is_composed() -> None:
    assert only("Cafe\u0301 Reopens\n").stated.title == "Café Reopens"


def test_long_runs_of_marks_are_cut_short() -> None:
    title = only("Cafe" + "\u0301\u0316" * 50_000 + "s Reopen\n").stated.title
    assert len(title) < 50


def test_blanks_are_trimmed_and_single() -> None:
    assert only("  Port \t Reopens\t \n").stated.title == "Port Reopens"


def test_a_no_break_space_stays() -> None:
    assert only("Port\u00a0Reopens at 5\u202fh\n").stated.title == "Port\u00a0Reopens at 5\u202fh"


def test_markup_stays_text() -> None:
    seed = "# Port <b>Reopens</b> *How*\n\n<script>alert(1)</script> ]]> =1+1 is text.\n"
    assert words(seed) == [
        ("", "# Port <b>Reopens</b> *How*", "<script>alert(1)</script> ]]> =1+1 is text.")
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Caf&eacute; Owners Say &ldquo;No&rdquo;", "Café Owners Say “No”"),
        ("Fish &amp; Chips", "Fish & Chips"),
        ("Owners&#8217; Union &#x2013; and Others", "Owners’ Union – and Others"),
        ("Fish &amp;amp; Chips &amp;ndash; Again", "Fish & Chips – Again"),
        ("AT&T; Rises, R&D Falls", "AT&T; Rises, R&D Falls"),
        ("Port &#0; &#xFFFF; &#10; Reopens", "Port &#0; &#xFFFF; &#10; Reopens"),
    ],
)
def test_entities_are_decoded(written: str, read: str) -> None:
    assert only(f"{written}\n\nShips are back.\n").stated.title == read


def test_characters_that_hide_a_word_are_removed() -> None:
    assert only("Farmers in Ken\u00adya and Nai\u200brobi\n").stated.title == (
        "Farmers in Kenya and Nairobi"
    )
    assert only("Paci\ufb01c Islanders Meet in F\u0133i\n").stated.title == (
        "Pacific Islanders Meet in Fiji"
    )
    assert only("Zero\u200dWidth Joi\u200cner in Latin\n").stated.title == (
        "ZeroWidth Joiner in Latin"
    )


def test_an_entry_names_the_line_on_which_it_starts() -> None:
    lines = [draft.line for draft in accepted("\n\n" + SEED).drafts]
    assert lines == [3, 8]


def test_blocks_without_a_letter_or_digit_are_left_out() -> None:
    assert words(f"…\n\n{SEED}\n[…]\n\n!?\n") == EXPECTED


@pytest.mark.parametrize("seed", ["", "\n\n \n", "---\n---\n", "* * *\n", "…\n", "\ufeff"])
def test_a_file_without_an_entry_is_rejected(seed: str) -> None:
    assert rejected(seed).problem.reason == "the file has no entry"
