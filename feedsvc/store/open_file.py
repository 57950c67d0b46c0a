"""Notices that the database file was deleted, replaced or damaged while it is open.

In WAL mode, SQLite goes on with the file that it has open and reports nothing.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from enum import Enum
from pathlib import Path
from urllib.parse import quote

from feedsvc.store.database import Database, DatabaseError

# A whole check may take a fiftieth of the time.
PAUSE_FACTOR = 50
_SIDE_FILES = ("-wal", "-shm")
_PRIMARY_CODE = 0xFF
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

_EMPTY = (
    "a restart without the right file starts an empty database: removed entries are published "
    "again, and all entries get new dates"
)
_RESTORE = "stop the service, restore a backup, and start the service again"


class Loss(Enum):
    """What happened to the file, and what to do about it before a restart."""

    GONE = (
        "was deleted or renamed",
        f"before you restart, put it back with its -wal file, or restore a backup; {_EMPTY}",
    )
    REPLACED = (
        "was replaced by a file that cannot be used",
        f"before you restart, put the right file in its place, or restore a backup; {_EMPTY}",
    )
    TRUNCATED = ("was truncated", _RESTORE)
    DAMAGED = ("was overwritten or is damaged", _RESTORE)

    @property
    def fact(self) -> str:
        """The whole explanation, without the name of the file."""
        what, advice = self.value
        return f"the database file {what}, and nothing new is published: {advice}"

    @property
    def is_readable(self) -> bool:
        """Whether what was opened before can still be read."""
        return self in {Loss.GONE, Loss.REPLACED}


class DatabaseLostError(DatabaseError):
    """The file that was opened is no longer the database."""

    def __init__(self, database: Database, loss: Loss) -> None:
        super().__init__(f"{database} {loss.value[0]}")
        self.fact = loss.fact


class OpenFile:
    """The database file as it was when it was opened.

    It is never opened directly: closing it would release the locks that SQLite holds on it for the
    whole process (fcntl(2)).
    """

    def __init__(self, database: Database, *, timer: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._timer = timer
        self._identity = _identify(database.path)
        self._side_identities: dict[str, tuple[int, int]] = {}
        self._damage: Loss | None = None
        self._seen: tuple[int, int] | None = None
        self._next_check = 0.0
        self._refused: tuple[int, ...] | None = None

    def find_loss(self) -> Loss | None:
        """What happened to the file; costs one system call."""
        found = _identify(self._database.path)
        if found is None:
            return Loss.GONE
        return self._damage if found == self._identity else Loss.REPLACED

    def check(self) -> None:
        """Raise an error if the file is no longer the database.

        Raises:
            DatabaseLostError: It is not.
        """
        if loss := self.find_loss():
            raise DatabaseLostError(self._database, loss)

    def check_readable(self) -> None:
        """Raise an error if what was opened cannot be read any more.

        Raises:
            DatabaseLostError: It cannot.
        """
        if self._damage is not None:
            raise DatabaseLostError(self._database, self._damage)

    def inspect(self) -> Loss | None:
        """What happened to the file; reads all of it if it has changed; blocks."""
        loss = self.find_loss()
        if loss is not None:
            return loss
        self._note_side_files()
        self._damage = self._find_damage()
        return self._damage

    def has_good_replacement(self) -> bool:
        """Whether another, whole database of ours is in its place; blocks."""
        try:
            state = self._database.path.stat()
        except OSError:
            return False
        version = (state.st_ino, state.st_mtime_ns, state.st_size)
        if version == self._refused or _identify(self._database.path) == self._identity:
            return False
        self._refused = version
        return _is_whole(self._database.path)

    def set_journal_aside(self) -> None:
        """Rename the journal of the file that is gone: SQLite would apply it to the new one."""
        for suffix, identity in self._side_identities.items():
            side = _side(self._database.path, suffix)
            if _identify(side) == identity:
                side.replace(_side(self._database.path, f"{suffix}.replaced"))

    def _note_side_files(self) -> None:
        for suffix in _SIDE_FILES:
            if identity := _identify(_side(self._database.path, suffix)):
                self._side_identities[suffix] = identity

    def _find_damage(self) -> Loss | None:
        try:
            state = self._database.path.stat()
        except FileNotFoundError:
            return None  # just now; the next check says so
        if state.st_size == 0:
            return Loss.TRUNCATED  # opened by SQLite, it would lose its journal
        version = (state.st_mtime_ns, state.st_size)
        began = self._timer()
        if version == self._seen or began < self._next_check:
            return None
        shrunk = self._seen is not None and state.st_size < self._seen[1]
        damaged = _is_damaged(self._database.path)
        self._next_check = self._timer() + PAUSE_FACTOR * (self._timer() - began)
        if not damaged:
            self._seen = version
            return None
        return Loss.TRUNCATED if shrunk else Loss.DAMAGED


def _identify(path: Path) -> tuple[int, int] | None:
    """Device and inode; None if there is no such file."""
    try:
        state = os.stat(path)  # noqa: PTH116 - called for every transaction
    except (FileNotFoundError, NotADirectoryError):
        return None
    return state.st_dev, state.st_ino


def _side(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _is_damaged(path: Path) -> bool:
    """Whether a new connection finds the file damaged, with its journal."""
    try:
        with closing(_connect(path, "mode=ro")) as connection:
            return not _passes_check(connection)
    except sqlite3.Error as error:
        # Anything else, such as a lock, says nothing about the file.
        return getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE in _DAMAGE


def _is_whole(path: Path) -> bool:
    """Whether the file alone, without a journal, is a database of ours."""
    try:
        with closing(_connect(path, "mode=ro&immutable=1")) as connection:
            row = connection.execute("SELECT revision FROM clock").fetchone()
            return row is not None and _passes_check(connection)
    except sqlite3.Error:
        return False


def _passes_check(connection: sqlite3.Connection) -> bool:
    found: tuple[str] = connection.execute("PRAGMA quick_check(1)").fetchone()
    return found == ("ok",)


def _connect(path: Path, parameters: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path.absolute()))}?{parameters}", uri=True)
