from __future__ import annotations

import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine

from feedsvc.store.database import Database, DatabaseError
from feedsvc.store.migrate import migrate
from feedsvc.store.schema import metadata


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "state" / "feedsvc.db"


@pytest.fixture
def connection(database: Path) -> Iterator[Connection]:
    migrate(Database(database))
    engine = create_engine(f"sqlite:///{database}")
    with engine.connect() as connected:
        yield connected
    engine.dispose()


def tables(path: Path) -> set[str]:
    connected = sqlite3.connect(path)
    try:
        return {name for (name,) in connected.execute("SELECT name FROM sqlite_master")}
    finally:
        connected.close()


def test_a_database_is_created_with_its_folder(database: Path) -> None:
    migrate(Database(database))
    assert {"entries", "sightings", "channels", "alembic_version"} <= tables(database)


def test_migrating_again_changes_nothing(database: Path) -> None:
    migrate(Database(database))
    before = database.read_bytes()
    migrate(Database(database))
    assert database.read_bytes() == before


def test_the_migrations_produce_the_schema_of_the_code(connection: Connection) -> None:
    def ours(_object: object, name: str | None, *_: object) -> bool:
        # Full text search keeps tables of its own.
        return not str(name).startswith("search")

    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "include_object": ours}
    )
    assert compare_metadata(context, metadata) == []


def test_a_database_of_a_later_version_is_refused(database: Path) -> None:
    migrate(Database(database))
    connected = sqlite3.connect(database)
    with connected:
        connected.execute("UPDATE alembic_version SET version_num = '9999'")
    connected.close()
    before = database.read_bytes()
    with pytest.raises(
        DatabaseError, match=r"feedsvc\.db: written by a later version of feedsvc \(schema 9999\)"
    ):
        migrate(Database(database))
    assert database.read_bytes() == before


@pytest.mark.parametrize("content", [b"Dear diary, " * 1000, b"\0" * 5000])
def test_a_file_that_is_not_a_database_is_refused(database: Path, content: bytes) -> None:
    database.parent.mkdir()
    database.write_bytes(content)
    with pytest.raises(DatabaseError, match=r"feedsvc\.db: cannot be opened as a database: .+"):
        migrate(Database(database))
    assert database.read_bytes() == content


def test_a_database_of_another_program_is_refused(database: Path) -> None:
    database.parent.mkdir()
    connected = sqlite3.connect(database)
    connected.execute("CREATE TABLE recipes (name)")
    connected.close()
    with pytest.raises(DatabaseError, match=r"feedsvc\.db: belongs to another program"):
        migrate(Database(database))
    assert tables(database) == {"recipes"}


def test_a_folder_at_the_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="cannot be opened"):
        migrate(Database(tmp_path))


def test_a_path_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(DatabaseError, match=r"feedsvc\.db: .+"):
        migrate(Database(tmp_path / "state" / "feedsvc.db"))


def test_a_migration_that_fails_midway_is_undone(database: Path) -> None:
    """As a crash or a full disk would: the next start begins at the beginning."""
    code = (
        "import sys, pathlib; from feedsvc.store.database import Database; "
        "from feedsvc.store.migrate import migrate; "
        "migrate(Database(pathlib.Path(sys.argv[1])))"
    )

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    failed = subprocess.run(
        [sys.executable, "-c", code, str(database)],
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "DatabaseError" in failed.stderr
    assert tables(database) == set()
    migrate(Database(database))
    assert "entries" in tables(database)
