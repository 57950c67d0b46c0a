"""`feedsvc relabel`."""

from __future__ import annotations

import sqlite3

from tests.cli.conftest import Cli, is_one_plain_line


def test_the_help_says_when_the_service_relabels_on_its_own(cli: Cli) -> None:
    result = " ".join(cli.run("relabel", "--help").stdout.split())
    assert "after a reload (SIGHUP) or restart if the vocabulary has changed" in result


def test_relabelling_needs_a_database(cli: Cli) -> None:
    result = cli.start("relabel", "--dry-run")
    assert (result.returncode, is_one_plain_line(result.stderr)) == (2, True)
    assert not cli.database.exists()


def test_relabelling_can_be_previewed(filled: Cli) -> None:
    connection = sqlite3.connect(filled.database)
    with connection:
        connection.execute("UPDATE labels SET value = 'economy' WHERE value = 'labour'")
    connection.close()
    before = filled.run("channels").stdout
    result = filled.start("relabel", "--dry-run").stdout
    assert "  + topic labour\n" in result
    assert "  - topic economy\n" in result
    assert result.splitlines()[-1].startswith("Entries that would change: 1, in channels: ")
    assert filled.run("channels").stdout == before
    ended = filled.start("relabel")
    assert (ended.returncode, "current vocabulary" in ended.stdout) == (0, True)
    assert not ended.stdout.endswith("channels that changed: 0.\n")
    assert filled.start("relabel").stdout.endswith("channels that changed: 0.\n")
    assert "would change: 0" in filled.start("relabel", "--dry-run").stdout
