"""What `feedsvc check` prints, and its exit status."""

from __future__ import annotations

import json
import re

from tests.cli.conftest import BINARY, Cli

FULL = """\
Harbour at dawn
Ferry Links Island Towns Again
link: https://example.org/news/7
date: 2026-03-01 08:30 +03:00
author: The Harbour Cli
image: https://example.org/7.jpg
source: Harbour Gazette
language: en_gb

The ferry has taken up its daily run between the islands.
"""


def _parts(result: str) -> list[str]:
    return re.findall(r"^ {10}(\w+: .*)$", result, re.MULTILINE)


def test_every_part_of_an_entry_is_shown_under_its_title(cli: Cli) -> None:
    result = cli.run("check", cli.write("a.txt", FULL)).stdout
    assert "     1  Ferry Links Island Towns Again\n          caption: " in result
    assert _parts(result) == [
        "caption: Harbour at dawn",
        "text: The ferry has taken up its daily run between the islands.",
        "link: https://example.org/news/7",
        "date: 2026-03-01 05:30:00+00:00",
        "author: The Harbour Cli",
        "image: https://example.org/7.jpg",
        "source: Harbour Gazette",
        "language: en-GB",
    ]


def test_what_an_entry_lacks_is_not_shown(cli: Cli) -> None:
    result = cli.run("check", cli.write("a.txt", "A Title Alone\n")).stdout
    assert _parts(result) == []


def test_paragraphs_of_a_text_are_parted_by_a_mark(cli: Cli) -> None:
    text = "Boats wait for the thaw.\n\nThe quay is slippery, and the crews play cards below."
    (part,) = _parts(
        cli.run("check", cli.write("a.txt", f"Ice Closes the Fjords\n\n{text}\n")).stdout
    )
    assert part == f"text: {text.replace(chr(10) * 2, ' ¶ ')}"


def test_a_long_text_is_cut_to_one_line_of_100_characters(cli: Cli) -> None:
    text = "Boats wait for the thaw. " * 40
    (part,) = _parts(cli.run("check", cli.write("a.txt", f"Ice\n\n{text}\n")).stdout)
    shown = part.removeprefix("text: ")
    assert (len(shown), shown[-1]) == (100, "…")
    assert text.startswith(shown[:-1])


def test_a_mistyped_field_is_visible_and_named(cli: Cli) -> None:
    result = cli.run(
        "check", cli.write("a.txt", "Ice Closes the Fjords\ncolour: red\n\nBoats wait.\n")
    )
    assert result.exit_code == 0
    assert "Ice Closes the Fjords colour: red" in result.stdout
    assert "a.txt, line 2: unknown field `colour`, read as text. Use link, date" in result.stdout


def test_no_part_can_command_the_terminal(cli: Cli) -> None:
    seed = "Ferry Stops\nauthor: The\u200e Cli\n\nThe last boat\u200e was tied up on Sunday.\n"
    result = cli.run("check", cli.write("a.txt", seed)).stdout
    assert "author: The\\u200e Cli" in result
    assert "text: The last boat\\u200e was tied up on Sunday." in result


def test_entries_and_problems_are_printed_as_json_lines(cli: Cli) -> None:
    seed = "Ferry Stops in Kenya\ncolour: red\nauthor: Cli\n\nThe last boat was tied up.\n"
    result = cli.run("check", "--jsonl", cli.write("a.txt", seed))
    entry, problem = map(json.loads, result.stdout.splitlines())
    assert (entry["kind"], entry["file"], entry["line"]) == ("entry", "a.txt", 1)
    assert (entry["title"], entry["author"]) == ("Ferry Stops in Kenya", "Cli")
    assert (entry["countries"], entry["date"]) == (["ke"], "")
    assert any(part["phrase"] == "Kenya" for part in entry["labels"][0]["evidence"])
    assert (problem["kind"], problem["line"]) == ("problem", 2)
    assert "`colour`" in problem["reason"]


def test_a_rejection_is_printed_as_a_json_line(cli: Cli) -> None:
    result = cli.run("check", "--jsonl", cli.write("a.txt", "\n"))
    (rejected,) = map(json.loads, result.stdout.splitlines())
    assert (rejected["kind"], rejected["file"], result.exit_code) == ("rejected", "a.txt", 1)


def test_strict_fails_on_a_problem(cli: Cli) -> None:
    good = cli.write("a.txt", "Ferry Stops\n\nThe last boat was tied up.\n")
    bad = cli.write("b.txt", "Ferry Stops\ncolour: red\nauthor: Cli\n\nThe last boat.\n")
    assert cli.run("check", "--strict", good).exit_code == 0
    assert cli.run("check", bad).exit_code == 0
    assert cli.run("check", "--strict", bad).exit_code == 1


def test_it_shows_what_would_be_published(cli: Cli) -> None:
    cli.write("a.txt")
    result = cli.run("check", cli.seeds)
    assert result.exit_code == 0
    assert "a.txt: 2 entries, utf-8" in result.stdout
    assert "     1  Tram drivers in Kazakhstan go on strike" in result.stdout
    assert "     5  A late frost spares the orchards" in result.stdout
    assert "kz  Kazakhstan" in result.stdout
    assert not cli.database.exists()


def test_it_fails_on_a_rejected_file_and_shows_the_others(cli: Cli) -> None:
    cli.write("a.txt", BINARY)
    cli.write("b.txt")
    result = cli.run("check", cli.seeds)
    assert result.exit_code == 1
    assert "a.txt, line 1: rejected: binary" in result.stdout
    assert "b.txt: 2 entries" in result.stdout


def test_it_shows_problems_with_their_lines(cli: Cli) -> None:
    file = cli.write("a.txt", "A title\nregions: atlantis\n\nA teaser of some words here.\n")
    result = cli.run("check", file)
    assert "a.txt: 1 entry, utf-8" in result.stdout
    assert result.exit_code == 0
    assert re.search(r"a\.txt, line 2: .*regions", result.stdout)


def test_it_names_untitled_entries_as_such(cli: Cli) -> None:
    cli.write("a.txt", "A teaser without any title stands in this file all alone.\n")
    assert "(untitled)" in cli.run("check", cli.seeds / "a.txt").stdout


def test_a_file_that_is_never_published_is_a_failure(cli: Cli) -> None:
    result = cli.run("check", cli.write("a.pdf"))
    assert result.exit_code == 1
    assert "skipped: files of this type are not read" in result.stderr


def test_a_readme_is_skipped(cli: Cli) -> None:
    result = cli.run("check", cli.write("readme (1).txt"))
    assert result.exit_code == 1
    assert "readme (1).txt: skipped: README files are never published" in result.stderr


def test_a_folder_without_files_is_no_failure(cli: Cli) -> None:
    result = cli.run("check", cli.seeds)
    assert result.exit_code == 0
    assert "no files of a known format in this folder" in result.stderr


def test_a_missing_path_is_an_error(cli: Cli) -> None:
    assert cli.run("check", cli.seeds / "none.txt").exit_code == 2


def test_a_file_that_is_too_large_is_rejected(cli: Cli) -> None:
    result = cli.run("check", cli.write("a.txt"), "--max-seed-bytes", "100")
    assert result.exit_code == 1
    assert "rejected: " in result.stdout


def test_names_and_titles_cannot_control_the_terminal(cli: Cli) -> None:
    cli.write("a\x1b[2J\n.txt", "A title\x1b]0;own\x07\n\nA teaser of some words, \x9b31m.\n")
    cli.write("b\x1b.txt", BINARY)
    result = cli.start("check", cli.seeds)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", result.stdout + result.stderr)
    assert "a\\x1b[2J\\n.txt: 1 entry" in result.stdout
