from __future__ import annotations

import re
from pathlib import Path

import pytest

from feedsvc.domain.reading.fields import FieldName
from tests.domain.reading.builders import accepted, complaints, words

TITLE = "Port Reopens After Storm"
TEASER = "Ships are back at the quay."
LONG = "Crews of the northern harbour agree on all new shifts"
LISTINGS = Path(__file__).resolve().parents[5] / "shared" / "listings"


def _strays(seed: str | bytes) -> list[int]:
    return [line for line, reason in complaints(seed) if reason.startswith("unknown field ")]


def test_a_name_that_is_none_is_a_problem_that_names_all_fields() -> None:
    ((line, reason),) = complaints(f"{TITLE}\ncolour: labour, economy\n\n{TEASER}\n")
    assert (line, reason.split(". ")[0]) == (2, "unknown field `colour`, read as text")
    assert ". Use link, date, " in reason
    assert all(re.search(rf"\b{name}\b", reason) for name in FieldName)


@pytest.mark.parametrize("title", [TITLE, LONG, f"Harbour at dawn\n{TITLE}"])
@pytest.mark.parametrize("line", ["weight: ten tons", "colour: red", "tint:"])
@pytest.mark.parametrize("below", ["", f"\n{TEASER}\n", f"{TEASER}\n"])
def test_a_stray_line_is_found_under_any_title_and_no_word_of_it_is_lost(
    title: str, line: str, below: str
) -> None:
    seed = f"{title}\n{line}\n{below}"
    assert _strays(seed) == [title.count("\n") + 2]
    assert line in " ".join(text for entry in words(seed) for text in entry)


def test_stray_lines_are_found_among_field_lines() -> None:
    seed = f"{TITLE}\ntint: a\nauthor: Desk\nweight: b\ncolour: c\nlink: https://example.org/\n{TEASER}"
    assert _strays(seed) == [2, 4, 5]
    assert _strays(f"{TITLE}\n\nauthor: Desk\ntint: a\n{TEASER}\n") == [4]


@pytest.mark.parametrize(
    "seed",
    [
        f"{TITLE}\n\n{TEASER}\n",
        f"{TITLE}\nauthor: Desk\n\n{TEASER}\n",
        f"{TITLE}\nTint: labour\n",
        f"{TITLE}\ntwo words: labour\n",
        f"{TITLE}\nabcdefghijklm: labour\n",
        f"{TITLE}\nat 10:30 the ships came\n",
        f"{TITLE}\nétat: rouge\n",
        "live: ships return\n\nShips are back at the quay.\n",
        f"{TITLE}\n\nbriefly: ships are back at the quay.\n",
        f"{TITLE}\n{TEASER}\nsoon: more of them.\n",
        f"{TITLE}\nauthor: Desk\n{TEASER}\nsoon: more of them.\n",
    ],
)
def test_prose_and_other_layouts_are_no_stray_lines(seed: str) -> None:
    assert _strays(seed) == []


@pytest.mark.parametrize(
    "rest",
    [
        "thing: no more, no less than peace.",
        "thing: that nobody wants to be on the water when a\nstorm comes in from the north.",
        "long and most important and old and never settled\nthing: nobody wants a storm.",
    ],
)
def test_a_hard_wrapped_sentence_with_a_colon_is_prose(rest: str) -> None:
    start = "The harbour master told the crews on the quay about a"
    assert _strays(f"{TITLE}\n\n{start}\n{rest}\n") == []


@pytest.mark.parametrize(
    "fields",
    [
        "author: Desk\ntint: a, b",
        "tint: a, b\nauthor: Desk",
        "tint: a, b\nweight: https://example.org/\nauthor: Desk\ncolour: red\nnote:",
        f"author: Desk\nweight: https://example.org/{'a' * 200}",
    ],
)
@pytest.mark.parametrize(
    "layout",
    ["{t}\n{f}\n\n{s}\n", "{t}\n{f}\n{s}\n", "{t}\n\n{s}\n{f}\n", "{t}\n\n{s}\n{f}\n\n{t} II\n"],
)
def test_beside_a_field_line_one_of_an_unknown_name_costs_no_word(fields: str, layout: str) -> None:
    seed = layout.format(t=TITLE, f=fields, s=TEASER)
    first, *_ = accepted(seed).drafts
    assert (first.stated.title, first.stated.text, first.stated.author) == (TITLE, TEASER, "Desk")
    reasons = [reason for _, reason in complaints(seed)]
    assert len(reasons) == fields.count("\n") + 1 - 1
    assert all(", ignored. " in reason for reason in reasons)


def test_a_block_of_field_lines_alone_may_hold_an_unknown_one() -> None:
    seed = f"{TITLE}\n\nauthor: Desk\ntint: a\n\n{TEASER}\n"
    assert words(seed) == [("", TITLE, TEASER)]
    assert [line for line, _ in complaints(seed)] == [4]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("countires", "countries"),
        ("contry", "countries"),
        ("authr", "author"),
    ],
)
def test_what_was_likely_meant_is_told(name: str, meant: str) -> None:
    ((_, reason),) = complaints(f"{TITLE}\nsource: Gazette\n{name}: x\n\n{TEASER}\n")
    assert reason.endswith(f"unknown field `{name}`, ignored. Did you mean `{meant}`?")


@pytest.mark.parametrize(
    "seed",
    [
        f"live: ships return\nlink: https://example.org/\n\n{TEASER}\n",
        f"{TITLE}\nauthor: Desk\nbriefly: ships are back at the quay.\n",
        f"{TITLE}\nauthor: Desk\nbriefly: ships are back\nat the quay.\n",
        f"{TITLE}\n\n{LONG.lower()} about one\nthing: no more\nauthor: Desk\n",
        f"{TITLE}\n\nThe master spoke about the\nthing: no more\nauthor: Desk\n",
        f"{TITLE}\nauthor: Desk\n{TEASER}\nsoon: more\n",
        f"{TITLE}\nauthor: Desk\nBreaking: ships return\n",
    ],
)
def test_what_may_be_meant_as_text_beside_a_field_line_stays_text(seed: str) -> None:
    told = " ".join(text for entry in words(seed) for text in entry)
    stated = ("author: Desk", "link: https://example.org/")
    assert all(line in told for line in seed.splitlines() if line not in stated)


@pytest.mark.skipif(not LISTINGS.is_dir(), reason="the real listings are not beside this checkout")
def test_the_real_listings_have_no_stray_lines() -> None:
    assert [_strays(path.read_bytes()) for path in sorted(LISTINGS.iterdir())] == [[]] * 5
