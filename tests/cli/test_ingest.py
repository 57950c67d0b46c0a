"""What `feedsvc ingest` publishes and prints."""

from __future__ import annotations

import re

from tests.cli.conftest import BINARY, OUTSIDE, Cli


def test_files_are_read_once(filled: Cli) -> None:
    result = filled.run("seeds")
    assert re.search(r"^a\.txt +accepted +2 ", result.stdout, re.MULTILINE)
    assert filled.start("ingest", filled.seeds).returncode == 0


def test_the_result_for_each_path_is_printed(filled: Cli) -> None:
    assert filled.start("ingest", filled.seeds).stdout == f"{filled.seeds}: nothing new\n"
    new = filled.write("b.txt", OUTSIDE)
    assert filled.start("ingest", new).stdout == f"{new}: 1 published\n"


def test_a_file_that_is_never_published_is_reported(filled: Cli) -> None:
    ended = filled.start("ingest", filled.write("b.bak", OUTSIDE))
    assert ended.returncode == 1
    assert "b.bak: skipped: looks like a backup" in ended.stderr


def test_nothing_outside_the_path_is_withdrawn(filled: Cli) -> None:
    other = filled.write("sub/b.txt", OUTSIDE)
    filled.write("sub/c.txt", OUTSIDE.replace("Ferry", "Boat"))
    assert filled.start("ingest", other.parent).returncode == 0
    (filled.seeds / "a.txt").unlink()
    other.unlink()
    assert filled.start("ingest", other.parent).returncode == 0
    result = filled.run("seeds").stdout
    assert "a.txt" in result
    assert "sub/b.txt" not in result
    assert re.search(r"^all +3 ", filled.run("channels").stdout, re.MULTILINE)


def test_a_path_may_be_written_in_any_way(filled: Cli) -> None:
    (filled.place / "link").symlink_to(filled.seeds)
    ways = ["seeds/../seeds/a.txt", "seeds/a.txt", "link/a.txt", "seeds", "link", "./seeds/."]
    assert filled.start("ingest", *ways, filled.seeds / "a.txt").returncode == 0
    assert len(filled.run("seeds").stdout.splitlines()) == 2


def test_a_rejected_file_is_reported(cli: Cli) -> None:
    cli.write("a.txt", BINARY)
    cli.write("b.txt")
    ended = cli.start("ingest", cli.seeds)
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1] == (
        "feedsvc: files rejected: 1; run `feedsvc seeds` to see why"
    )
    result = cli.run("seeds").stdout
    assert "a.txt, line 1: binary" in result
    assert re.search(r"^b\.txt +accepted", result, re.MULTILINE)


def test_removals_held_back_are_reported(filled: Cli) -> None:
    (filled.seeds / "a.txt").unlink()
    ended = filled.start("ingest", filled.seeds)
    assert ended.returncode == 1
    assert "feedsvc: 1 of 1 files have disappeared" in ended.stderr
    assert "missing" in filled.run("seeds").stdout


def test_a_file_from_elsewhere_is_kept_by_its_whole_path(filled: Cli) -> None:
    other = filled.place / "other.txt"
    other.write_text(OUTSIDE)
    assert filled.start("ingest", other).returncode == 0
    assert str(other) in filled.run("seeds").stdout
    assert filled.start("ingest", filled.seeds).returncode == 0
    assert str(other) in filled.run("seeds").stdout
