"""The database is full, locked, damaged, read-only or from a later version."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.faults.service_state import (
    published,
    readiness,
    wait_for_condition,
    wait_for_entries,
    write_seeds,
)
from tests.running import Running, running, wait_until

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount")


def feedsvc(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "feedsvc", *arguments],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@ROOT_ONLY
def test_a_full_disk_only_stops_ingest_until_there_is_space(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    write_seeds(seeds)
    with (
        small_disk(tmp_path / "disk", "16m") as disk,
        running(
            tmp_path,
            database_url=f"sqlite+aiosqlite:///{disk / 'feedsvc.db'}",
            rescan_seconds="0.5",
            show_file_names="true",
        ) as service,
    ):
        wait_for_entries(service, 3)
        with (disk / "ballast").open("wb", buffering=0) as ballast:
            fill(ballast)
        for number in range(40):
            write_listing(seeds / f"large{number}.txt", number)
        reasons = wait_for_condition(service, "degraded")["reasons"]
        assert any("full" in reason for reason in reasons), reasons
        assert published(service) >= 3
        (disk / "ballast").unlink()
        wait_until(lambda: readiness(service)["store"]["entries"] == 403, what="ingest resumes")
        wait_until(lambda: not cannot_write(service), what="it recovers")
        assert is_whole(disk / "feedsvc.db")


def cannot_write(service: Running) -> bool:
    return any("cannot write to the database" in reason for reason in readiness(service)["reasons"])


def fill(file: Any) -> None:
    try:
        while True:
            file.write(b"x" * 4096)
    except OSError:
        return


def write_listing(file: Path, number: int) -> None:
    file.write_text(
        "\n".join(f"Notice {number}.{one} of the harbour\nIt is posted.\n" for one in range(10)),
    )


def is_whole(database: Path) -> bool:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_locked_database_only_delays_ingest(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    write_seeds(seeds)
    with running(tmp_path, rescan_seconds="0.5", show_file_names="true") as service:
        wait_for_entries(service, 3)
        database = tmp_path / "feedsvc.db"
        with closing(sqlite3.connect(database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            (seeds / "new.txt").write_text("A late boat\nIt came in after all.\n")
            reasons = wait_for_condition(service, "degraded")["reasons"]
            assert any("locked" in reason for reason in reasons), reasons
            assert published(service) == 3
            other.execute("ROLLBACK")
        wait_for_entries(service, 4)
        wait_for_condition(service, "ready")


def test_a_damaged_database_is_refused_and_a_backup_restores_it(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds")
    database, saved = tmp_path / "feedsvc.db", tmp_path / "saved.db"
    with running(tmp_path) as service:
        wait_for_entries(service, 3)
        feed = service.get("/feeds/all.atom")
        finished = feedsvc("backup", str(saved), **service.environment)
        assert finished.stdout.endswith("verified\n"), finished
        base_url, port = service.base_url, service.base_url.rpartition(":")[2]
    damage(database)
    refused = feedsvc("serve", **service.environment)
    assert refused.returncode == 2
    assert str(database) in refused.stderr
    assert "Traceback" not in refused.stderr
    shutil.copy(saved, database)
    for name in ("feedsvc.db-wal", "feedsvc.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    with running(tmp_path, port=port, base_url=base_url) as service:
        assert service.get("/feeds/all.atom") == feed


def damage(database: Path) -> None:
    for name in ("-wal", "-shm"):
        database.with_name(database.name + name).unlink(missing_ok=True)
    with database.open("r+b") as file:
        file.write(b"\0" * 4096)


def test_a_database_of_a_later_version_is_refused_in_one_line(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds")
    with running(tmp_path) as service:
        wait_for_entries(service, 3)
    with closing(sqlite3.connect(tmp_path / "feedsvc.db")) as later:
        later.execute("UPDATE alembic_version SET version_num = '9999'")
        later.commit()
    refused = feedsvc("serve", **service.environment)
    assert refused.returncode == 2
    assert "later version" in refused.stderr
    assert "upgrade feedsvc or restore a backup" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_entries_stay_in_order_after_the_clock_jumps_back(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    write_seeds(seeds)
    with running(tmp_path) as service:
        wait_for_entries(service, 3)
    with closing(sqlite3.connect(tmp_path / "feedsvc.db")) as future:
        # For the database, the clock now jumps back a year.
        future.execute("UPDATE clock SET time = time + 31536000")
        future.commit()
    (seeds / "new.txt").write_text("A late boat\nIt came in after all.\n")
    with running(tmp_path) as service:
        wait_for_entries(service, 4)
        items = json.loads(service.get("/feeds/all.json"))["items"]
        assert items[0]["title"] == "A late boat"
        dates = [item["date_published"] for item in items]
        assert dates[0] == max(dates)
        assert_not_dated_ahead(service)
        reasons = wait_for_condition(service, "degraded")["reasons"]
        assert any("run `feedsvc settle-clock`" in reason for reason in reasons), reasons
        assert b"feedsvc settle-clock" in service.get("/status")
        assert len(service.lines("clock ahead")) == 1
        settled = feedsvc("settle-clock", **service.environment)
        assert settled.stdout.endswith("entries with new dates: 1\n"), settled
        wait_for_condition(service, "ready")
        time.sleep(1.1)  # an entry within the same second would have to be dated ahead
        (seeds / "last.txt").write_text("A last boat\nIt came in after the late one.\n")
        wait_for_entries(service, 5)
        items = json.loads(service.get("/feeds/all.json"))["items"]
        assert [item["title"] for item in items[:2]] == ["A last boat", "A late boat"]
        dates = [datetime.fromisoformat(item["date_published"]) for item in items]
        assert dates[0] > dates[1] > max(dates[2:])
        assert dates[0] <= datetime.now(UTC)
        last_modified = wait_until(lambda: last_modified_of(service), what="Last-Modified is sent")
        assert parsedate_to_datetime(last_modified) <= datetime.now(UTC)
        assert status_if_modified_since(service, last_modified) == 304
        wait_until(lambda: service.lines("clock right again"), what="it is logged")


def last_modified_of(service: Running) -> str | None:
    with urlopen(service.base_url + "/feeds/all.atom", timeout=10) as answer:  # noqa: S310 - ours
        value: str | None = answer.headers["Last-Modified"]
    return value


def assert_not_dated_ahead(service: Running) -> None:
    """Check that dates in the future are neither sent nor believed (RFC 9110 §8.8.2.1)."""
    now = format_datetime(datetime.now(UTC), usegmt=True)
    for since in ("Fri, 31 Dec 2100 23:59:59 GMT", now):
        request = ask_if_modified_since(service, since)
        with urlopen(request, timeout=10) as answer:  # noqa: S310 - our own URL
            assert answer.status == 200
            assert answer.headers["ETag"]
            assert answer.headers["Last-Modified"] is None


def status_if_modified_since(service: Running, since: str) -> int:
    try:
        with urlopen(ask_if_modified_since(service, since), timeout=10) as answer:  # noqa: S310
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code


def ask_if_modified_since(service: Running, since: str) -> Request:
    fields = {"If-Modified-Since": since}
    return Request(service.base_url + "/feeds/all.atom", headers=fields)  # noqa: S310 - our own
