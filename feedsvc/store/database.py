"""The one place that knows which database is used and what it is made of: a file of SQLite."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

DEFAULT_URL = "sqlite+aiosqlite:///var/feedsvc.db"
MIB = 1024**2
SCARCE = 64 * MIB

_PREFIX = "sqlite+aiosqlite:///"
_IN_MEMORY = ":memory:"


class DatabaseError(Exception):
    """The database cannot be used; the message says why and what to do.

    `fact` says the same without naming a file; empty if there is nothing to add to "cannot".
    """

    fact = ""


class UnwritableError(DatabaseError):
    """The database cannot be written to, because its disk is full or read-only.

    What it holds can still be read; writing works again as soon as the disk allows it.
    """

    def __init__(self, message: str, *, fact: str) -> None:
        super().__init__(message)
        self.fact = fact


DISK_FULL = "the disk is full; free some space, and files are read again"
READ_ONLY = "the disk is read-only; make it writable, and files are read again"


def explain_os_error(place: Path, error: OSError) -> DatabaseError:
    """The DatabaseError for a file operation that failed."""
    message = f"{place}: {error.strerror}"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return UnwritableError(message, fact=DISK_FULL)
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return UnwritableError(message, fact=READ_ONLY)
    return DatabaseError(message)


@dataclass(frozen=True, slots=True)
class Database:
    """A database, whether it has been created yet or not; errors name it as `str` does.

    `path` is its file. Next to it are `-wal` (the journal), `.leader` and `.lock`.
    """

    path: Path

    @classmethod
    def from_url(cls, url: str) -> Database:
        """The database that a `sqlite+aiosqlite:///PATH` URL names; PATH is percent-decoded.

        Raises:
            ValueError: The URL is of another kind or names no file.
        """
        path = unquote(url.removeprefix(_PREFIX).partition("?")[0])
        if not url.startswith(_PREFIX) or path in {"", _IN_MEMORY}:
            raise ValueError(f"must be {_PREFIX}PATH")
        return cls(Path(path))

    def __str__(self) -> str:
        return str(self.path)

    def exists(self) -> bool:
        """Whether it has been created; also false if its folder cannot be entered."""
        return os.path.exists(self.path)  # noqa: PTH110 - pathlib's raises there

    def has_journal(self) -> bool:
        """Whether changes are still in the journal."""
        return _size(self.path.with_name(f"{self.path.name}-wal")) > 0

    def folder_is_writable(self) -> bool:
        """Whether a file can be created next to it; false on a read-only disk, even for root."""
        return os.access(self.path.parent, os.W_OK)

    def is_writable(self) -> bool:
        """Whether it can be written to, as far as its disk and permissions are concerned."""
        return self.folder_is_writable() and os.access(self.path, os.W_OK)

    def disk_usage(self) -> DiskUsage:
        """The space that it takes and that is left; none if its folder is gone."""
        files = (self.path, self.path.with_name(f"{self.path.name}-wal"))
        try:
            free = shutil.disk_usage(self.path.parent).free
            return DiskUsage(database=sum(map(_size, files)), free=free)
        except OSError:
            return DiskUsage(database=0, free=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskUsage:
    """Bytes: `database` with its journal, `free` on the same disk."""

    database: int
    free: int

    @property
    def nearly_full(self) -> bool:
        """Whether a few hours of writing could fill the disk."""
        return self.free < SCARCE


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
