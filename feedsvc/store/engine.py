"""Opens the database: one connection that writes, several that only read."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    ProgrammingError,
    TimeoutError,  # noqa: A004 - the pool's, no builtin one is meant here
)
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from feedsvc.store.database import (
    DISK_FULL,
    READ_ONLY,
    Database,
    DatabaseError,
    UnwritableError,
)
from feedsvc.store.open_file import OpenFile

# Marks an address as a URI of SQLite, which has parameters of its own.
URI = {"uri": "true"}
READERS = 4
BUSY_SECONDS = 10

_FIRST_ERROR = "first error of the transaction"
_PRIMARY_CODE = 0xFF  # the rest of SQLite's error codes says more about the same error

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
        raise explain_driver_error(database, error) from error
    except TimeoutError as error:
        raise DatabaseError(f"{database}: all connections are busy; try again later") from error


def explain_driver_error(database: Database, error: DBAPIError, *, what: str = "") -> DatabaseError:
    """The DatabaseError for what the driver raised; `what` says what failed because of it."""
    cause = error.orig
    message = ": ".join(filter(None, (str(database), what, str(cause))))
    code = getattr(cause, "sqlite_errorcode", 0) & _PRIMARY_CODE
    if code == sqlite3.SQLITE_FULL:
        return UnwritableError(message, fact=DISK_FULL)
    if code == sqlite3.SQLITE_READONLY:
        return UnwritableError(message, fact=READ_ONLY)
    return DatabaseError(message)


def open_writing_engine(database: Database, *, file: OpenFile) -> Engine:
    """Open the one connection that writes; every transaction begins by taking the write lock.

    It blocks: a step of a transaction runs in a thread as a whole, since thousands of rows would
    keep the event loop busy between its statements. The database must exist: a file that is gone is
    never replaced by an empty one.
    """
    engine = create_engine(
        URL.create("sqlite", database=f"{_locate(database)}?mode=rw", query=URI),
        pool_size=1,
        max_overflow=0,
    )
    _prepare(
        engine,
        # FULL: a takedown that was confirmed survives a power cut.
        pragmas=("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"),
        begin="BEGIN IMMEDIATE",
        file=file,
    )
    return engine


def open_reading_engine(
    database: Database, *, file: OpenFile, connections: int = READERS
) -> AsyncEngine:
    """Open connections that cannot write; every transaction sees one stable snapshot."""
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=locate_for_reading(database), query=URI),
        pool_size=connections,
        max_overflow=0,
    )
    _prepare(engine.sync_engine, pragmas=("query_only=ON",), begin="BEGIN", file=file)
    return engine


def locate_for_reading(database: Database) -> str:
    """The URI of the database, to be opened without writing anything.

    SQLite has to create the journal of a database that nobody else has open. Where it cannot, the
    disk is read-only: then the file does not change, and needs no journal.
    """
    unchanging = not database.has_journal() and not database.folder_is_writable()
    return f"{_locate(database)}?mode=ro" + ("&immutable=1" if unchanging else "")


def _locate(database: Database) -> str:
    return f"file:{quote(str(database.path.absolute()))}"


def _prepare(
    engine: Engine,
    *,
    pragmas: tuple[str, ...],
    begin: str,
    file: OpenFile,
) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        file.check()  # connections to two different files must never be mixed
        # Keeps the driver from starting transactions; the listener below starts them.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (f"busy_timeout={BUSY_SECONDS * 1000}", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.info.pop(_FIRST_ERROR, None)
        connection.exec_driver_sql(begin)

    @event.listens_for(engine, "handle_error", retval=True)
    def find_cause(context: ExceptionContext) -> BaseException | None:
        """Return the error that led to this one.

        On a full disk, SQLite rolls back the whole transaction, and then there is no savepoint left
        that SQLAlchemy could roll back to.
        """
        if context.connection is None:
            return None
        first: BaseException | None = context.connection.info.setdefault(
            _FIRST_ERROR, context.sqlalchemy_exception
        )
        return first if "no such savepoint" in str(context.original_exception) else None
