"""The database file is deleted, renamed, replaced, truncated or overwritten under the service."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.faults.service_state import (
    published,
    readiness,
    wait_for_condition,
    wait_for_entries,
    write_seeds,
)
from tests.faults.test_database import ROOT_ONLY, cannot_write, feedsvc, is_whole, small_disk
from tests.running import Running, running, wait_until

SIDES = ("feedsvc.db-wal", "feedsvc.db-shm")


def delete(database: Path) -> None:
    for file in database.parent.glob("feedsvc.db*"):
        file.unlink()


def rename_away(database: Path) -> None:
    database.rename(database.with_name("elsewhere.db"))


def replace_with_something_else(database: Path) -> None:
    other = database.with_name("other.txt")
    other.write_text("not a database\n" * 1000)
    other.replace(database)


def truncate(database: Path) -> None:
    with database.open("r+b") as file:
        file.truncate(database.stat().st_size // 2)


def empty(database: Path) -> None:
    with database.open("r+b") as file:
        file.truncate(0)


def overwrite(database: Path) -> None:
    size = database.stat().st_size
    with database.open("r+b") as file:
        file.write(b"\xff" * size)


LOSSES = {
    "deleted or renamed, deleted": delete,
    "deleted or renamed, renamed": rename_away,
    "replaced by a file that cannot be used": replace_with_something_else,
    "truncated": truncate,
    "truncated, emptied": empty,
    "overwritten": overwrite,
}


def checkpoint(database: Path) -> None:
    with closing(sqlite3.connect(database)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def metric(service: Running, name: str) -> str:
    lines = service.get("/metrics").decode().splitlines()
    return next(line.split()[1] for line in lines if line.startswith(f"{name} "))


def reason_with(service: Running, words: str) -> str | None:
    return next((why for why in readiness(service)["reasons"] if words in why), None)


@pytest.mark.parametrize(("words", "lose"), LOSSES.items(), ids=LOSSES)
def test_a_lost_file_is_reported_and_feeds_are_served_from_memory(
    tmp_path: Path, words: str, lose: Callable[[Path], None]
) -> None:
    write_seeds(tmp_path / "seeds")
    database = tmp_path / "feedsvc.db"
    with running(tmp_path, rescan_seconds="0.5") as service:
        wait_for_entries(service, 3)
        feed = service.get("/feeds/all.atom")
        checkpoint(database)
        assert metric(service, "feedsvc_store_up") == "1.0"
        lose(database)
        reason = wait_until(partial(reason_with, service, words.partition(",")[0]), what=words)
        assert "restore a backup" in reason
        assert readiness(service)["status"] == "degraded"
        assert metric(service, "feedsvc_store_up") == "0.0"
        assert service.get("/feeds/all.atom") == feed
        (tmp_path / "seeds" / "new.txt").write_text("A late boat\nIt came in after all.\n")
        wait_until(lambda: service.lines("publishing is degraded"), what="ingest stops")
        wait_until(lambda: len(service.lines("database lost")) == 1, what="the loss is logged")
        assert service.get("/feeds/all.atom") == feed


def test_a_file_that_is_put_back_is_used_again(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds")
    database = tmp_path / "feedsvc.db"
    with running(tmp_path, rescan_seconds="0.5") as service:
        wait_for_entries(service, 3)
        rename_away(database)
        wait_for_condition(service, "degraded")
        wait_until(lambda: service.lines("database lost"), what="the loss is logged")
        (tmp_path / "seeds" / "new.txt").write_text("A late boat\nIt came in after all.\n")
        database.with_name("elsewhere.db").rename(database)
        wait_for_entries(service, 4)
        wait_for_condition(service, "ready")
        wait_until(lambda: service.lines("database found again"), what="it is logged")
    assert is_whole(database)


def test_a_database_of_a_later_version_in_its_place_is_not_opened(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds")
    database, later = tmp_path / "feedsvc.db", tmp_path / "later.db"
    with running(tmp_path, rescan_seconds="0.5") as service:
        wait_for_entries(service, 3)
        feed = service.get("/feeds/all.atom")
        feedsvc("backup", str(later), **service.environment)
        with closing(sqlite3.connect(later)) as other:
            other.execute("UPDATE alembic_version SET version_num = '9999'")
            other.commit()
        later.replace(database)
        (line, *_) = wait_until(lambda: service.lines("database not reopened"), what="it is tried")
        assert "later version" in line["reason"]
        wait_for_condition(service, "degraded")
        assert service.get("/feeds/all.atom") == feed


@pytest.mark.parametrize("deleted", [True, False], ids=["deleted first", "renamed over"])
def test_a_good_database_in_its_place_is_opened(tmp_path: Path, deleted: bool) -> None:  # noqa: FBT001
    seeds, database = tmp_path / "seeds", tmp_path / "feedsvc.db"
    write_seeds(seeds)
    with running(tmp_path, rescan_seconds="0.5") as service:
        wait_for_entries(service, 3)
        before = service.get("/feeds/all.atom")
        feedsvc("backup", str(tmp_path / "saved.db"), **service.environment)
        (seeds / "new.txt").write_text("A late boat\nIt came in after all.\n")
        wait_for_entries(service, 4)
        (seeds / "new.txt").unlink()
        wait_for_entries(service, 3)
        if deleted:
            delete(database)
            wait_for_condition(service, "degraded")
        shutil.copy(tmp_path / "saved.db", tmp_path / "copy.db")
        (tmp_path / "copy.db").rename(database)
        wait_until(lambda: service.lines("database reopened"), what="it is opened")
        wait_for_condition(service, "ready")
        assert service.get("/feeds/all.atom") == before
        (seeds / "last.txt").write_text("A last boat\nIt came in after the late one.\n")
        wait_for_entries(service, 4)
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as stored:
            assert stored.execute("SELECT count(*) FROM entries").fetchone() == (4,)
    assert is_whole(database)


@ROOT_ONLY
def test_a_full_disk_during_the_first_scan_is_reported_as_such(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for number in range(4):
        text = "\n".join(
            f"Notice {number}.{one} of the harbour\n{'It is posted there. ' * 20}\n"
            for one in range(400)
        )
        (seeds / f"{number}.txt").write_text(text)
    with (
        small_disk(tmp_path / "disk", "1m") as disk,
        running(
            tmp_path,
            database_url=f"sqlite+aiosqlite:///{disk / 'feedsvc.db'}",
            rescan_seconds="0.5",
        ) as service,
    ):
        found = readiness(service)
        assert found["status"] == "degraded"
        assert any("the disk is full" in reason for reason in found["reasons"]), found
        assert service.get("/feeds/all.atom")
        logged = service.lines("publishing is degraded")[0]["reason"]
        assert "the disk is full" in logged
        assert "savepoint" not in logged
        subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
        wait_until(lambda: readiness(service)["store"]["entries"] == 1600, what="all is read")
        wait_until(lambda: not cannot_write(service), what="it recovers")


@ROOT_ONLY
@pytest.mark.parametrize("killed", [False, True], ids=["stopped", "killed"])
def test_after_a_restart_on_a_read_only_disk_everything_stored_is_served(
    tmp_path: Path,
    killed: bool,  # noqa: FBT001
) -> None:
    seeds = tmp_path / "seeds"
    write_seeds(seeds)
    with small_disk(tmp_path / "disk", "16m") as disk:
        settings = {
            "database_url": f"sqlite+aiosqlite:///{disk / 'feedsvc.db'}",
            "rescan_seconds": "0.5",
            "base_url": "http://news.example",
        }
        with running(tmp_path, **settings) as service:
            wait_for_entries(service, 3)
            feed = service.get("/feeds/all.atom")
            if killed:
                service.process.kill()
                service.process.wait()
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        (seeds / "new.txt").write_text("A late boat\nIt came in after all.\n")
        with running(tmp_path, **settings) as service:
            reasons = wait_for_condition(service, "degraded")["reasons"]
            assert any("the disk is read-only" in reason for reason in reasons), reasons
            assert service.get("/feeds/all.atom") == feed
            assert published(service) == 3
            subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
            wait_for_entries(service, 4)
            wait_until(lambda: not cannot_write(service), what="it recovers")
        assert is_whole(disk / "feedsvc.db")
