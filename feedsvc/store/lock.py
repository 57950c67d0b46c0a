"""Lets one process at a time ingest: an advisory lock on a file beside the database."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from feedsvc.store.database import Database, DatabaseError

POLL_SECONDS = 0.1


class Lock:
    """A lock that the kernel lets go when its holder ends, however it ends (flock(2))."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    @property
    def held(self) -> bool:
        """Whether this process has it."""
        return self._file is not None

    def try_hold(self) -> bool:
        """Take it if it is free.

        Raises:
            DatabaseError: The lock file cannot be made.
        """
        if self._file is not None:
            return True
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise DatabaseError(f"{self._path}: {error.strerror}") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return True

    def let_go(self) -> None:
        """Let another process have it; nothing if it is not held."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


@asynccontextmanager
async def hold(
    lock: Lock,
    *,
    waiting: Callable[[], None] = lambda: None,
) -> AsyncIterator[None]:
    """Wait for a lock and hold it in the block; `waiting` is called again and again till then."""
    # The kernel wakes nobody up in a way that a task could be cancelled in.
    while not lock.try_hold():
        waiting()
        await asyncio.sleep(POLL_SECONDS)
    try:
        yield
    finally:
        lock.let_go()


def leader_lock(database: Database) -> Lock:
    """Held for life by the one service that watches the folder."""
    return Lock(database.path.with_name(f"{database.path.name}.leader"))


def writer_lock(database: Database) -> Lock:
    """Held for the length of a scan or of a command that writes."""
    return Lock(database.path.with_name(f"{database.path.name}.lock"))
