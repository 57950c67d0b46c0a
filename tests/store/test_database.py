from __future__ import annotations

from pathlib import Path

import pytest

import feedsvc
from feedsvc.store.database import SCARCE, Database, DiskUsage


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite+aiosqlite:///var/feedsvc.db", Path("var/feedsvc.db")),
        ("sqlite+aiosqlite:////var/lib/feedsvc/feedsvc.db", Path("/var/lib/feedsvc/feedsvc.db")),
        ("sqlite+aiosqlite:///100%25%20state%3F/a.db?timeout=3", Path("100% state?/a.db")),
    ],
)
def test_a_url_names_a_file(url: str, path: Path) -> None:
    assert Database.from_url(url) == Database(path)
    assert str(Database.from_url(url)) == str(path)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "feedsvc.db",
        "sqlite:///a.db",
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///",
        "sqlite+aiosqlite:///:memory:",
        "postgresql://a/b",
    ],
)
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"must be sqlite\+aiosqlite:///PATH"):
        Database.from_url(url)


def test_a_database_exists_once_its_file_does(tmp_path: Path) -> None:
    database = Database(tmp_path / "feedsvc.db")
    assert not database.exists()
    database.path.touch()
    assert database.exists()
    assert not Database(database.path / "below-a-file.db").exists()


def test_the_journal_counts_as_room_taken(tmp_path: Path) -> None:
    database = Database(tmp_path / "feedsvc.db")
    database.path.write_bytes(b"x" * 10)
    assert database.disk_usage().database == 10
    (tmp_path / "feedsvc.db-wal").write_bytes(b"x" * 5)
    used = database.disk_usage()
    assert used.database == 15
    assert used.free > 0


def test_a_folder_that_is_gone_has_no_room(tmp_path: Path) -> None:
    database = Database(tmp_path / "gone" / "feedsvc.db")
    assert database.disk_usage() == DiskUsage(database=0, free=0)


@pytest.mark.parametrize(("free", "expected"), [(SCARCE, False), (SCARCE - 1, True), (0, True)])
def test_little_room_means_nearly_full(free: int, expected: bool) -> None:  # noqa: FBT001
    assert DiskUsage(database=0, free=free).nearly_full is expected


def test_only_the_store_knows_that_the_database_is_sqlite() -> None:
    # A file in the folder may be one, too: the reader names the formats that it rejects.
    allowed = ("store/", "domain/reading/sniff.py")
    package = Path(feedsvc.__file__).parent
    knowing = [
        str(module.relative_to(package))
        for module in package.rglob("*.py")
        if "sqlite" in module.read_text().lower()
    ]
    assert [name for name in knowing if not name.startswith(allowed)] == []
