"""Brings a database to the schema of this version, and refuses one from a later version."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, create_engine, event, inspect
from sqlalchemy.exc import DBAPIError

from feedsvc.store.database import Database, DatabaseError, explain_os_error
from feedsvc.store.engine import URI, explain_driver_error, locate_for_reading

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Create or upgrade a database; blocks.

    Raises:
        DatabaseError: It is from a later version, not a database, damaged, or cannot be written.
    """
    engine = create_engine(URL.create("sqlite", database=str(database)))
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin)
    try:
        database.path.parent.mkdir(parents=True, exist_ok=True)
        with engine.connect() as connection:
            _upgrade(connection, database)
    except DBAPIError as error:
        raise explain_driver_error(
            database, error, what="cannot be opened as a database"
        ) from error
    except OSError as error:
        raise explain_os_error(database.path, error) from error
    finally:
        engine.dispose()


def require_current_schema(database: Database) -> None:
    """Check that a database that cannot be upgraded now needs no upgrade; blocks.

    Raises:
        DatabaseError: It needs one, or cannot be read.
    """
    if not has_current_schema(database):
        raise DatabaseError(
            f"{database}: was written by another version of feedsvc and cannot be upgraded on a "
            "full or read-only disk; make it writable first"
        )


def has_current_schema(database: Database) -> bool:
    """Whether an existing database needs no upgrade; blocks, but waits for no lock.

    Raises:
        DatabaseError: It cannot be read.
    """
    engine = create_engine(URL.create("sqlite", database=locate_for_reading(database), query=URI))
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except DBAPIError as error:
        raise explain_driver_error(
            database, error, what="cannot be opened as a database"
        ) from error
    finally:
        engine.dispose()
    return current == ScriptDirectory(str(SCRIPTS)).get_current_head()


def _leave_transactions_to_us(connection: Any, _record: object) -> None:
    # The driver would commit each change of the schema by itself, and a crash leave half of it.
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _upgrade(connection: Connection, database: Database) -> None:
    """Check and upgrade in one transaction, so that two processes that start at once take turns."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    if current is None and inspect(connection).get_table_names():
        raise DatabaseError(f"{database}: belongs to another program; choose another path")
    if current not in {None, *(script.revision for script in scripts.walk_revisions())}:
        raise DatabaseError(
            f"{database}: written by a later version of feedsvc (schema {current}); "
            "upgrade feedsvc or restore a backup",
        )
    if current != scripts.get_current_head():
        command.upgrade(config, "head")
