"""What `feedsvc check --diff` says files would change."""

from __future__ import annotations

import json

from tests.cli.conftest import BINARY, LISTING, Cli, entry_ids

EDITED = """\
Tram drivers in Kazakhstan go on strike
date: 2020-01-01 00:00
link: https://example.org/trams

The union in Almaty asks for shorter shifts and better pay for every driver.

Ferry stops

After a hundred years the last boat was tied up on Sunday evening.
"""


def test_new_edited_and_leaving_entries_and_late_dates_are_shown(filled: Cli) -> None:
    before = entry_ids(filled)
    result = filled.run("check", "--diff", filled.write("a.txt", EDITED))
    assert result.exit_code == 0
    head, *lines = result.stdout.splitlines()
    assert head == "a.txt: 1 new, 1 edited, 1 leaving"
    assert lines[0] == "     1  ~ Tram drivers in Kazakhstan go on strike"
    assert lines[1] == "          link: nothing → https://example.org/trams"
    assert lines[2].startswith(
        "          date 2020-01-01 00:00 is ignored: the entry was published "
    )
    assert lines[3].endswith("  + Ferry stops")
    assert lines[4].endswith("  - A late frost spares the orchards (in no file any more)")
    assert entry_ids(filled) == before


def test_a_file_that_is_published_as_it_is_changes_nothing(filled: Cli) -> None:
    result = filled.run("check", "--diff", filled.seeds)
    assert result.stdout == "a.txt: nothing changes\n"


def test_another_file_with_the_same_entries_shares_them(filled: Cli) -> None:
    result = filled.run("check", "--diff", filled.write("sport/b.txt", LISTING)).stdout
    assert "b.txt: 2 shared" in result
    assert "(published already, from another file)" in result


def test_with_jsonl_each_difference_is_an_object(filled: Cli) -> None:
    result = filled.run("check", "--diff", "--jsonl", filled.write("a.txt", EDITED)).stdout
    lines = [json.loads(line) for line in result.splitlines()]
    assert {line["kind"] for line in lines} == {"entry", "diff"}
    edited, new, leaving = [line for line in lines if line["kind"] == "diff"]
    assert (edited["change"], edited["edited"]) == ("edited", ["link"])
    assert edited["before"] == {"link": ""}
    assert edited["ignored_date"] == "2020-01-01T00:00:00+00:00"
    assert edited["id"].startswith("urn:uuid:")
    assert (new["change"], new["id"], new["file"], new["line"]) == ("new", None, "a.txt", 7)
    assert (leaving["change"], leaving["title"]) == ("leaving", "A late frost spares the orchards")


def test_a_rejected_file_and_a_missing_database_are_errors(cli: Cli, filled: Cli) -> None:
    rejected = filled.run("check", "--diff", filled.write("c.txt", BINARY))
    assert rejected.exit_code == 1
    cli.database.unlink()
    missing = cli.run("check", "--diff", cli.seeds)
    assert missing.exit_code == 2
    assert "no database yet" in missing.stderr
