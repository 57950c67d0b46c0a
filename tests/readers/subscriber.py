"""What the tests ask of a reader, whichever it is."""

from __future__ import annotations

import shutil
import subprocess
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

import pytest

from tests.readers.wire import Read


class Subscriber(ABC):
    """A reader with a fresh profile in `home`, subscribed to one feed."""

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
        """Fetch the feed as the reader does."""

    @abstractmethod
    def entries(self) -> list[Read]:
        """All that the reader has."""

    def shows(self, entry: Read) -> Read:
        """An entry as this reader keeps it, where it keeps less than the feed says."""
        return entry

    def call(self, *command: str) -> str:
        """Run a program of the reader's in its profile."""
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
