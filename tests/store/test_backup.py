"""A copy of a database in use is complete, one file, and appears only once it is verified."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from feedsvc.store.backup import back_up
from feedsvc.store.database import Database, DatabaseError


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """One that is open for writing, whose contents are still in its journal."""
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE entries (title TEXT)")
        writer.execute("CREATE TABLE seeds (path TEXT)")
        writer.execute("INSERT INTO entries VALUES ('one'), ('two')")
        writer.execute("INSERT INTO seeds VALUES ('a.txt')")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO entries VALUES ('not yet')")
        yield path
        writer.execute("ROLLBACK")


def test_committed_data_is_copied_while_a_writer_writes(database: Path, tmp_path: Path) -> None:
    made = back_up(Database(database), tmp_path / "b.db")
    assert (made.entries, made.seeds) == (2, 1)
    assert made.size == (tmp_path / "b.db").stat().st_size
    assert not list(tmp_path.glob("b.db-*"))
    assert not list(tmp_path.glob("*.partial"))
    with closing(sqlite3.connect(tmp_path / "b.db")) as copy:
        assert copy.execute("SELECT title FROM entries").fetchall() == [("one",), ("two",)]
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_an_earlier_backup_is_replaced(database: Path, tmp_path: Path) -> None:
    back_up(Database(database), tmp_path / "b.db")
    assert back_up(Database(database), tmp_path / "b.db").entries == 2


def test_a_damaged_database_gives_no_backup(database: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.db"
    back_up(Database(database), damaged)
    with damaged.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096)
    with pytest.raises(DatabaseError, match=r"damaged|malformed"):
        back_up(Database(damaged), tmp_path / "b.db")
    assert not (tmp_path / "b.db").exists()
    assert not list(tmp_path.glob("*.partial"))


def test_a_database_cannot_be_backed_up_onto_itself(database: Path) -> None:
    with pytest.raises(DatabaseError, match="this is the live database"):
        back_up(Database(database), database)


def test_a_folder_or_a_path_in_a_missing_folder_is_refused(database: Path, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="not a file"):
        back_up(Database(database), tmp_path)
    with pytest.raises(DatabaseError, match=r"b\.db: there is no such folder"):
        back_up(Database(database), tmp_path / "nowhere" / "b.db")


def test_a_missing_database_cannot_be_backed_up(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="no database"):
        back_up(Database(tmp_path / "none.db"), tmp_path / "b.db")
    assert not (tmp_path / "none.db").exists()
