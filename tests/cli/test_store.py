"""How commands open the store."""

from __future__ import annotations

import re
import subprocess
import sys
from uuid import UUID

import pytest

from feedsvc.store.database import Database
from feedsvc.store.lock import writer_lock
from tests.cli.conftest import Cli


@pytest.mark.parametrize(
    "words",
    [
        ("channels",),
        ("seeds",),
        ("accept-removals",),
        ("backup", "saved.db"),
        ("withdraw", str(UUID(int=1))),
    ],
)
def test_a_missing_database_is_an_error_and_none_is_created(
    cli: Cli, words: tuple[str, ...]
) -> None:
    result = cli.run(*words)
    assert result.exit_code == 2
    assert re.fullmatch(
        r"feedsvc: .*feedsvc\.db: no database yet; run .* FEEDSVC_DATABASE_URL\n", result.stderr
    )
    assert not cli.database.exists()


def test_a_file_that_is_not_a_database_is_an_error(cli: Cli) -> None:
    cli.database.write_bytes(b"Dear diary, " * 500)
    for words in (("seeds",), ("accept-removals",), ("ingest", str(cli.seeds))):
        result = cli.start(*words)
        assert result.returncode == 2
        assert "feedsvc.db" in result.stderr
        assert "Traceback" not in result.stderr
    assert cli.database.read_bytes().startswith(b"Dear")


def test_a_command_waits_for_the_process_that_writes(cli: Cli) -> None:
    cli.write("a.txt")
    lock = writer_lock(Database(cli.database))
    assert lock.try_hold()
    started = subprocess.Popen(
        [sys.executable, "-m", "feedsvc", "ingest", str(cli.seeds)],
        env=cli.environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    with started:
        assert started.stderr is not None
        assert started.stderr.readline() == (
            "feedsvc: waiting for the running server to finish its scan\n"
        )
        assert started.poll() is None
        lock.let_go()
        assert started.wait(timeout=60) == 0
    assert "accepted" in cli.run("seeds").stdout
