"""Opens the database: one connection that writes, several that only read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, event
from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    ProgrammingError,
    TimeoutError,  # noqa: A004 - the pool's, no builtin one is meant here
)
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from feedsvc.store.database import Database, DatabaseError

READERS = 4
BUSY_SECONDS = 10

# Called with the seconds of every transaction, including the wait for its lock or connection.
Observer = Callable[[float], None]


def ignore(_seconds: float) -> None:
    """The observer if nobody measures."""


@contextmanager
def timed(observer: Observer) -> Iterator[None]:
    """Report how long the block took, however it ends."""
    began = time.perf_counter()
    try:
        yield
    finally:
        observer(time.perf_counter() - began)


# What SQLite says of a table or column that a migration adds.
_NOT_UPGRADED = ("no such table", "no such column")
_UPGRADE = "written by an earlier version of feedsvc; run `feedsvc serve` once to upgrade it"


@contextmanager
def explained(database: Database) -> Iterator[None]:
    """Raise a DatabaseError for a full disk, a lock, a damaged file or an earlier version's schema.

    Errors of a wrong statement pass through: they are bugs of ours.
    """
    try:
        yield
    except (IntegrityError, ProgrammingError):
        raise
    except DBAPIError as error:
        if any(missing in str(error.orig) for missing in _NOT_UPGRADED):
            raise DatabaseError(f"{database}: {_UPGRADE}") from error
        raise DatabaseError(f"{database}: {error.orig}") from error
    except TimeoutError as error:
        raise DatabaseError(f"{database}: all connections are busy; try again later") from error


def open_writing_engine(database: Database) -> AsyncEngine:
    """Open the one connection that writes; every transaction begins by taking the write lock."""
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(database)),
        pool_size=1,
        max_overflow=0,
    )
    _prepare(
        engine,
        # FULL: a takedown that was confirmed survives a power cut.
        pragmas=("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"),
        begin="BEGIN IMMEDIATE",
    )
    return engine


def open_reading_engine(database: Database, *, connections: int = READERS) -> AsyncEngine:
    """Open connections that cannot write; every transaction sees one stable snapshot."""
    file = f"file:{quote(str(database.path.absolute()))}"
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=file, query={"mode": "ro", "uri": "true"}),
        pool_size=connections,
        max_overflow=0,
    )
    _prepare(engine, pragmas=("query_only=ON",), begin="BEGIN")
    return engine


def _prepare(engine: AsyncEngine, *, pragmas: tuple[str, ...], begin: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        # Keeps the driver from starting transactions; the listener below starts them.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (f"busy_timeout={BUSY_SECONDS * 1000}", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
