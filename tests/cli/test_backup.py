"""`feedsvc backup`."""

from __future__ import annotations

import re

from tests.cli.conftest import Cli, is_one_plain_line


def test_a_backup_is_a_database_that_works(filled: Cli) -> None:
    saved = filled.place / "saved.db"
    result = filled.run("backup", saved)
    assert result.exit_code == 0
    assert re.fullmatch(
        rf"{re.escape(str(saved))}: 2 entries, 1 file, \d+ KiB, verified\n", result.stdout
    )
    listed = filled.run("seeds", database_url=f"sqlite+aiosqlite:///{saved}").stdout
    assert re.search(r"^a\.txt +accepted +2 ", listed, re.MULTILINE)


def test_a_backup_never_replaces_the_live_database(filled: Cli) -> None:
    before = filled.database.read_bytes()
    result = filled.run("backup", filled.database)
    assert (result.exit_code, is_one_plain_line(result.stderr)) == (2, True)
    assert filled.database.read_bytes() == before
