"""Lets one process at a time ingest: an advisory lock on a file next to the database."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from feedsvc.store.database import Database, explain_os_error

POLL_SECONDS = 0.1


class Lock:
    """A lock that the kernel releases when its holder ends, however it ends (flock(2))."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    @property
    def held(self) -> bool:
        """Whether this process holds it."""
        return self._file is not None

    def try_hold(self) -> bool:
        """Take it if it is free.

        Raises:
            DatabaseError: The lock file cannot be created.
        """
        if self._file is not None:
            return True
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise explain_os_error(self._path, error) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return True

    def let_go(self) -> None:
        """Release it; does nothing if it is not held."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


@asynccontextmanager
async def hold(
    lock: Lock,
    *,
    waiting: Callable[[], None] = lambda: None,
) -> AsyncIterator[None]:
    """Wait for a lock and hold it in the block; `waiting` is called repeatedly until then."""
    # Polls, because a task that blocks in flock(2) cannot be cancelled.
    while not lock.try_hold():
        waiting()
        await asyncio.sleep(POLL_SECONDS)
    try:
        yield
    finally:
        lock.let_go()


def leader_lock(database: Database) -> Lock:
    """The lock that the one service that watches the folder holds until it ends."""
    return Lock(database.path.with_name(f"{database.path.name}.leader"))


def writer_lock(database: Database) -> Lock:
    """The lock held during a scan or a command that writes."""
    return Lock(database.path.with_name(f"{database.path.name}.lock"))
