"""The disk becomes read-only under a running service, for a while."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.faults.service_state import (
    published,
    readiness,
    wait_for_condition,
    wait_for_entries,
    write_seeds,
)
from tests.faults.test_database import is_whole
from tests.running import running, wait_until

OTHERS = ("/feeds/all.atom", "/feeds/all.rss", "/", "/all", "/feeds.opml", "/status")


@contextmanager
def unwritable(*places: Path) -> Iterator[None]:
    """Make files and folders immutable, even for root and for processes that have them open."""
    with ExitStack() as stack:
        for place in places:
            subprocess.run(["chattr", "+i", str(place)], check=True, capture_output=True)
            stack.callback(subprocess.run, ["chattr", "-i", str(place)], check=True)
        yield


@pytest.fixture(scope="module", autouse=True)
def immutable_files(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip if the kernel allows writing to an open file that is immutable."""
    if shutil.which("chattr") is None:
        pytest.skip("no chattr")
    place = tmp_path_factory.mktemp("probe") / "file"
    with place.open("wb", buffering=0) as file:
        try:
            with unwritable(place):
                file.write(b"x")
        except subprocess.CalledProcessError:
            pytest.skip("this file system, or this user, cannot make files immutable")
        except PermissionError:
            return
    pytest.skip("open files can be written although they are immutable")


@pytest.mark.parametrize("what", ["database", "folder"])
def test_a_read_only_disk_only_stops_ingest_until_it_is_writable(tmp_path: Path, what: str) -> None:
    state, seeds = tmp_path / "state", tmp_path / "seeds"
    state.mkdir()
    write_seeds(seeds)
    with running(state, seeds=seeds, rescan_seconds="0.5") as service:
        wait_for_entries(service, 3)
        held = sorted(state.glob("feedsvc.db*"))
        assert held
        with unwritable(*held, *([state] if what == "folder" else [])):
            (seeds / "new.txt").write_text("A late boat\nIt came in after all.\n")
            reasons = wait_for_condition(service, "degraded")["reasons"]
            assert any("cannot write to the database" in one for one in reasons), reasons
            assert all(service.get(path) for path in OTHERS)
            assert published(service) == 3
            scans = readiness(service)["watcher"]["scans"]
            assert readiness(service)["watcher"]["alive"]
        wait_for_entries(service, 4)
        wait_for_condition(service, "ready")
        wait_until(
            lambda: readiness(service)["watcher"]["scans"] > scans, what="the folder is scanned"
        )
    assert is_whole(state / "feedsvc.db")
