"""Copies the database while it is in use, and verifies the copy."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from feedsvc.store.database import Database, DatabaseError
from feedsvc.store.engine import BUSY_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A verified copy: its size in bytes and what it contains."""

    size: int
    entries: int
    seeds: int


def back_up(database: Database, target: Path) -> Backup:
    """Write a snapshot of the database to a file, which appears only once it is verified.

    The service goes on reading and writing meanwhile. A file of that name is replaced.

    Raises:
        DatabaseError: The database cannot be read, the copy cannot be written, or one is damaged.
    """
    source = database.path
    if not source.is_file():
        raise DatabaseError(f"{source}: no database there; nothing to back up")
    if target.exists():
        _check_replaceable(target, source)
    if not target.absolute().parent.is_dir():
        raise DatabaseError(f"{target}: there is no such folder; create it or choose another file")
    partial = target.with_name(f"{target.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        backup = _copy(source, partial)
        _make_durable(partial, target)
    except sqlite3.Error as error:
        raise DatabaseError(f"{source} to {target}: {error}") from error
    except OSError as error:
        raise DatabaseError(f"{target}: {error.strerror}") from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return backup


def _check_replaceable(target: Path, source: Path) -> None:
    if target.samefile(source):
        raise DatabaseError(f"{target}: this is the live database; choose another file")
    if not target.is_file():
        raise DatabaseError(f"{target}: not a file; nothing was copied; choose another name")


def _copy(source: Path, target: Path) -> Backup:
    reading = f"file:{quote(str(source.absolute()))}?mode=ro"
    with (
        closing(sqlite3.connect(reading, uri=True, timeout=BUSY_SECONDS)) as given,
        closing(sqlite3.connect(target)) as copy,
    ):
        given.backup(copy)  # in one step, so it is one snapshot
        copy.execute("PRAGMA journal_mode=DELETE")  # so that the copy is a single file
        return _verify(copy, target)


def _verify(copy: sqlite3.Connection, target: Path) -> Backup:
    found = [str(row[0]) for row in copy.execute("PRAGMA integrity_check")]
    if found != ["ok"]:
        raise DatabaseError(
            f"{target}: the copy and the database are damaged: {found[0]}; "
            "no copy was kept; restore an earlier backup"
        )
    (entries,) = copy.execute("SELECT count(*) FROM entries").fetchone()
    (seeds,) = copy.execute("SELECT count(*) FROM seeds").fetchone()
    return Backup(size=target.stat().st_size, entries=entries, seeds=seeds)


def _make_durable(partial: Path, target: Path) -> None:
    """Rename the file once its content is on the disk, and wait until the name is, too."""
    for path, rename in ((partial, True), (target.absolute().parent, False)):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        if rename:
            partial.replace(target)
