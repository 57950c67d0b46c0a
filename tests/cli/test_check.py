"""What `feedsvc check` shows of each entry."""

from __future__ import annotations

import json
import re

from tests.cli.conftest import Desk

FULL = """\
Harbour at dawn
Ferry Links Island Towns Again
link: https://example.org/news/7
date: 2026-03-01 08:30 +03:00
author: The Harbour Desk
image: https://example.org/7.jpg
source: Harbour Gazette
language: en_gb

The ferry has taken up its daily run between the islands.
"""


def _parts(told: str) -> list[str]:
    return re.findall(r"^ {10}(\w+: .*)$", told, re.MULTILINE)


def test_every_part_of_an_entry_is_shown_under_its_title(desk: Desk) -> None:
    told = desk.run("check", desk.write("a.txt", FULL)).stdout
    assert "     1  Ferry Links Island Towns Again\n          caption: " in told
    assert _parts(told) == [
        "caption: Harbour at dawn",
        "text: The ferry has taken up its daily run between the islands.",
        "link: https://example.org/news/7",
        "date: 2026-03-01 05:30:00+00:00",
        "author: The Harbour Desk",
        "image: https://example.org/7.jpg",
        "source: Harbour Gazette",
        "language: en-GB",
    ]


def test_what_an_entry_lacks_is_not_shown(desk: Desk) -> None:
    told = desk.run("check", desk.write("a.txt", "A Title Alone\n")).stdout
    assert _parts(told) == []


def test_a_long_text_is_cut_to_one_line_of_100_characters(desk: Desk) -> None:
    text = "Boats wait for the thaw. " * 40
    (part,) = _parts(desk.run("check", desk.write("a.txt", f"Ice\n\n{text}\n")).stdout)
    shown = part.removeprefix("text: ")
    assert (len(shown), shown[-1]) == (100, "…")
    assert text.startswith(shown[:-1])


def test_a_mistyped_field_is_visible_and_named(desk: Desk) -> None:
    told = desk.run(
        "check", desk.write("a.txt", "Ice Closes the Fjords\ncolour: red\n\nBoats wait.\n")
    )
    assert told.exit_code == 0
    assert "Ice Closes the Fjords colour: red" in told.stdout
    assert "a.txt, line 2: `colour` is no field: expected link, date" in told.stdout


def test_no_part_can_command_the_terminal(desk: Desk) -> None:
    seed = "Ferry Stops\nauthor: The\u202e Desk\n\nThe last boat\u200e was tied up on Sunday.\n"
    told = desk.run("check", desk.write("a.txt", seed)).stdout
    assert "author: The\\u202e Desk" in told
    assert "text: The last boat\\u200e was tied up on Sunday." in told


def test_entries_and_problems_are_printed_as_json_lines(desk: Desk) -> None:
    seed = "Ferry Stops in Kenya\ncolour: red\nauthor: Desk\n\nThe last boat was tied up.\n"
    told = desk.run("check", "--jsonl", desk.write("a.txt", seed))
    entry, problem = map(json.loads, told.stdout.splitlines())
    assert (entry["kind"], entry["file"], entry["line"]) == ("entry", "a.txt", 1)
    assert (entry["title"], entry["author"]) == ("Ferry Stops in Kenya", "Desk")
    assert (entry["countries"], entry["date"]) == (["ke"], "")
    assert any(part["phrase"] == "Kenya" for part in entry["labels"][0]["evidence"])
    assert (problem["kind"], problem["line"]) == ("problem", 2)
    assert "`colour`" in problem["reason"]


def test_a_rejection_is_printed_as_a_json_line(desk: Desk) -> None:
    told = desk.run("check", "--jsonl", desk.write("a.txt", "\n"))
    (rejected,) = map(json.loads, told.stdout.splitlines())
    assert (rejected["kind"], rejected["file"], told.exit_code) == ("rejected", "a.txt", 1)


def test_strict_fails_on_a_problem(desk: Desk) -> None:
    good = desk.write("a.txt", "Ferry Stops\n\nThe last boat was tied up.\n")
    bad = desk.write("b.txt", "Ferry Stops\ncolour: red\nauthor: Desk\n\nThe last boat.\n")
    assert desk.run("check", "--strict", good).exit_code == 0
    assert desk.run("check", bad).exit_code == 0
    assert desk.run("check", "--strict", bad).exit_code == 1
