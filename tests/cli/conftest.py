"""Runs commands over a folder and a database of their own."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from feedsvc.cli import main

LISTING = """\
Tram drivers in Kazakhstan go on strike

The union in Almaty asks for shorter shifts and better pay for every driver.

A late frost spares the orchards

Growers in Portugal lit small fires between the rows through two cold nights.
"""


BINARY = b"\x00\x01\x02"
OUTSIDE = "Ferry stops\n\nAfter a hundred years the last boat was tied up on Sunday evening.\n"


@dataclass
class Cli:
    """The command line over a folder and a database.

    `run` runs a command in this process, `start` in one of its own.
    """

    place: Path

    @property
    def seeds(self) -> Path:
        return self.place / "seeds"

    @property
    def database(self) -> Path:
        return self.place / "feedsvc.db"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "FEEDSVC_SEEDS_DIR": str(self.seeds),
            "FEEDSVC_DATABASE_URL": f"sqlite+aiosqlite:///{self.database}",
            "FEEDSVC_SETTLE_SECONDS": "0",
        }

    def run(self, *words: str | Path, given: str | bytes = "", **settings: str) -> Result:
        more = {f"FEEDSVC_{name.upper()}": value for name, value in settings.items()}
        return CliRunner().invoke(
            main,
            [str(word) for word in words],
            input=given,
            env=self.environment | more,
            prog_name="feedsvc",
        )

    def start(
        self, *words: str | Path, given: bytes = b"", **settings: str
    ) -> subprocess.CompletedProcess[str]:
        more = {f"FEEDSVC_{name.upper()}": value for name, value in settings.items()}
        ended = subprocess.run(
            [sys.executable, "-m", "feedsvc", *map(str, words)],
            env={"PATH": os.environ["PATH"], **self.environment, **more},
            input=given,
            capture_output=True,
            check=False,
            cwd=self.place,
            timeout=60,
        )
        return subprocess.CompletedProcess(
            ended.args, ended.returncode, ended.stdout.decode(), ended.stderr.decode()
        )

    def write(self, name: str, text: str | bytes = LISTING) -> Path:
        file = self.seeds / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line over an empty folder, without settings from the environment."""
    for name in [name for name in os.environ if name.startswith("FEEDSVC_")]:
        monkeypatch.delenv(name)
    cli = Cli(tmp_path)
    cli.seeds.mkdir()
    return cli


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """A folder with one listing of two entries, ingested; it is copied, never changed."""
    cli = Cli(tmp_path_factory.mktemp("template"))
    cli.write("a.txt")
    ended = cli.start("ingest", cli.seeds)
    assert ended.returncode == 0, ended.stderr
    return cli


@pytest.fixture
def filled(cli: Cli, template: Cli) -> Cli:
    """A copy of the template."""
    shutil.copytree(template.place, cli.place, dirs_exist_ok=True)
    return cli


def is_one_plain_line(text: str) -> bool:
    return bool(re.fullmatch(r"feedsvc: [^\n\x1b]+\n", text))


def entry_ids(cli: Cli) -> list[UUID]:
    """The IDs of all entries, oldest first."""
    connection = sqlite3.connect(cli.database)
    rows = connection.execute("SELECT id FROM entries ORDER BY arrival").fetchall()
    connection.close()
    return [UUID(row[0]) for row in rows]
