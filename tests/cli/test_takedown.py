"""`feedsvc withdraw` and `feedsvc restore`."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from tests.cli.conftest import LISTING, Cli, entry_ids, is_one_plain_line


def test_an_entry_is_withdrawn_and_restored(filled: Cli) -> None:
    entry = entry_ids(filled)[0]
    result = filled.run("withdraw", f"urn:uuid:{entry}")
    assert result.exit_code == 0
    assert "feedsvc restore" in result.stdout
    assert re.search(r"^all +1 ", filled.run("channels").stdout, re.MULTILINE)
    assert filled.start("ingest", filled.seeds).returncode == 0
    assert re.search(r"^all +1 ", filled.run("channels").stdout, re.MULTILINE)
    result = filled.run("restore", f"https://news.example/entries/{entry}/")
    assert (result.exit_code, result.stdout) == (0, f"{entry} is published again.\n")
    assert re.search(r"^all +2 ", filled.run("channels").stdout, re.MULTILINE)
    result = filled.run("restore", str(entry))
    assert (result.exit_code, "nothing to restore" in result.stdout) == (0, True)


def test_a_restored_entry_without_a_file_waits_for_one(filled: Cli) -> None:
    entry = entry_ids(filled)[1]
    assert filled.run("withdraw", str(entry)).exit_code == 0
    filled.write("a.txt", LISTING.partition("\n\nA late")[0])
    assert filled.start("ingest", filled.seeds).returncode == 0
    for gone in entry_ids(filled):
        result = filled.run("restore", str(gone)).stdout
        assert ("no file contains it" in result) == (gone != entry_ids(filled)[1])


@pytest.mark.parametrize("command", ["withdraw", "restore"])
def test_a_bad_id_is_an_error(filled: Cli, command: str) -> None:
    result = filled.run(command, "42")
    assert result.exit_code == 2
    assert "'42' is not an entry ID" in result.stderr


@pytest.mark.parametrize("command", ["withdraw", "restore"])
def test_an_unknown_entry_is_an_error(filled: Cli, command: str) -> None:
    result = filled.run(command, str(UUID(int=1)))
    assert (result.exit_code, is_one_plain_line(result.stderr)) == (2, True)
    assert "no entry with that ID" in result.stderr
