"""The interface of all feed readers under test."""

from __future__ import annotations

import shutil
import subprocess
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

import pytest

from tests.readers.wire import Read


class Subscriber(ABC):
    """A reader with a new profile in `home`, subscribed to one feed."""

    program: ClassVar[str] = ""
    shows_revisions: ClassVar[bool] = True
    shows_retitled_twice: ClassVar[bool] = False
    unconditional_polls: ClassVar[int] = 1

    def __init__(self, home: Path, url: str) -> None:
        if self.program and not shutil.which(self.program):
            pytest.skip(f"{self.program} is not installed")
        home.mkdir()
        self.home = home
        self.url = url
        self.subscribe()

    @abstractmethod
    def subscribe(self) -> None:
        """Add the feed to the profile."""

    @abstractmethod
    def poll(self) -> None:
        """Let the reader fetch the feed."""

    @abstractmethod
    def entries(self) -> list[Read]:
        """Return all entries that the reader has."""

    def shows(self, entry: Read) -> Read:
        """Return an entry as this reader stores it, since some drop details."""
        return entry

    def call(self, *command: str) -> str:
        """Run one of the reader's programs in its profile."""
        done = subprocess.run(
            command,
            cwd=self.home,
            env={"HOME": str(self.home), "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout
