"""Runs commands over a folder and a database of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from feedsvc.cli import main

LISTING = """\
Tram drivers in Kazakhstan go on strike

The union in Almaty asks for shorter shifts and better pay for every driver.

A late frost spares the orchards

Growers in Portugal lit small fires between the rows through two cold nights.
"""


@dataclass
class Desk:
    """A folder to work in; `run` calls a command in this process, `start` in one of its own."""

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
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An empty folder of seeds; no settings of the tester's own."""
    for name in [name for name in os.environ if name.startswith("FEEDSVC_")]:
        monkeypatch.delenv(name)
    desk = Desk(tmp_path)
    desk.seeds.mkdir()
    return desk


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A folder with one listing of two entries, taken in; it is copied, never changed."""
    desk = Desk(tmp_path_factory.mktemp("template"))
    desk.write("a.txt")
    ended = desk.start("ingest", desk.seeds)
    assert ended.returncode == 0, ended.stderr
    return desk


@pytest.fixture
def filled(desk: Desk, template: Desk) -> Desk:
    """A copy of the template."""
    shutil.copytree(template.place, desk.place, dirs_exist_ok=True)
    return desk
