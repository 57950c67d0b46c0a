"""What `feedsvc seeds` prints, of all files and of some."""

from __future__ import annotations

from tests.cli.conftest import BINARY, Cli

FLAWED = """\
Ferry Links Island Towns Again
country: Atlantis
author: A. Writer

The ferry has taken up its daily run between the islands.
"""


def test_a_file_is_shown_with_each_problem_and_what_to_do(cli: Cli) -> None:
    file = cli.write("sport/a.txt", FLAWED)
    cli.write("b.txt")
    assert cli.run("ingest", cli.seeds).exit_code == 0
    result = cli.run("seeds", file)
    assert result.exit_code == 0
    first, problem, line, *_ = result.stdout.splitlines()
    assert first.startswith("sport/a.txt: accepted, 1 entry, utf-8, read ")
    assert problem.startswith("  line 2: ")
    assert "Atlantis" in problem
    assert line == "      | country: Atlantis"
    assert "b.txt" not in result.stdout


def test_a_folder_means_every_file_in_it(cli: Cli) -> None:
    cli.write("sport/a.txt", FLAWED)
    cli.write("b.txt")
    cli.run("ingest", cli.seeds)
    assert "b.txt" not in cli.run("seeds", cli.seeds / "sport").stdout
    assert "b.txt" in cli.run("seeds", cli.seeds).stdout


def test_a_rejected_file_says_why(cli: Cli) -> None:
    file = cli.write("a.txt", BINARY)
    cli.run("ingest", cli.seeds)
    result = cli.run("seeds", file).stdout
    assert "a.txt: rejected, 0 entries, utf-8, never read\n  line 1: binary data" in result


def test_a_rejected_file_shows_the_line_that_is_wrong(cli: Cli) -> None:
    file = cli.write("a.txt", "---\ncountries: [no\n---\n\nFerry stops\n\nIt was tied up.\n")
    cli.run("ingest", cli.seeds)
    result = cli.run("seeds", file).stdout
    assert "  line 2: the front matter cannot be read: " in result
    assert "\n      | countries: [no\n      Write " in result


def test_notes_are_read_afresh(cli: Cli) -> None:
    file = cli.write(
        "a.txt", "Ferry stops\nBy A. Writer\n\nThe last boat was tied up on Sunday evening.\n"
    )
    cli.run("ingest", cli.seeds)
    assert "By A. Writer" not in cli.run("seeds", file).stdout
    assert ": By A. Writer\n" in cli.run("seeds", file, "--notes").stdout
    file.unlink()
    assert "no notes: the file cannot be read now" in cli.run("seeds", file, "--notes").stdout


def test_a_file_that_is_not_known_is_an_error(cli: Cli) -> None:
    cli.write("a.txt")
    cli.run("ingest", cli.seeds)
    unknown = cli.run("seeds", cli.seeds / "c.txt")
    assert unknown.exit_code == 2
    assert "c.txt: not in the database; `feedsvc check` reads it" in unknown.stderr
    skipped = cli.run("seeds", cli.seeds / "README.txt")
    assert "README.txt: skipped: README files are never published" in skipped.stderr


def test_notes_need_a_file(cli: Cli) -> None:
    result = cli.run("seeds", "--notes")
    assert result.exit_code == 2
    assert "--notes needs a FILE" in result.stderr
