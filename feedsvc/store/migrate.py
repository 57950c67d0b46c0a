"""Brings a database to the schema of this version, and refuses one from a later version."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, create_engine
from sqlalchemy.exc import DBAPIError

from feedsvc.store.engine import DatabaseError

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(path: Path) -> None:
    """Create or upgrade the database at a path; blocks.

    Raises:
        DatabaseError: It is from a later version, no database, damaged, or cannot be written.
    """
    engine = create_engine(URL.create("sqlite", database=str(path)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with engine.connect() as connection:
            _upgrade(connection, path)
    except DBAPIError as error:
        raise DatabaseError(f"{path}: cannot be opened as a database: {error.orig}") from error
    except OSError as error:
        raise DatabaseError(f"{path}: {error.strerror}") from error
    finally:
        engine.dispose()


def _upgrade(connection: Connection, path: Path) -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    if current not in {None, *(script.revision for script in scripts.walk_revisions())}:
        raise DatabaseError(
            f"{path}: its schema {current} is from a later version of feedsvc: "
            "expected this version's or an earlier one; upgrade feedsvc or restore a backup",
        )
    if current != scripts.get_current_head():
        command.upgrade(config, "head")
