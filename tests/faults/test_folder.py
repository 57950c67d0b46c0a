"""The folder vanishes, becomes empty or unreadable, or fills with other files."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults.polling import polling
from tests.faults.service_state import (
    memory_mib,
    published,
    readiness,
    wait_for_condition,
    wait_for_entries,
    write_seeds,
)
from tests.running import running, wait_until

HELD = "entries stay published"


def vanish(seeds: Path, aside: Path) -> None:
    seeds.rename(aside)


def empty(seeds: Path, aside: Path) -> None:
    seeds.rename(aside)
    seeds.mkdir()


def leave_one(seeds: Path, aside: Path) -> None:
    seeds.rename(aside)
    seeds.mkdir()
    shutil.copy(aside / "0.txt", seeds)


def come_back(seeds: Path, aside: Path) -> None:
    shutil.rmtree(seeds, ignore_errors=True)
    aside.rename(seeds)


@pytest.mark.parametrize("lose", [vanish, empty, leave_one])
def test_a_lost_folder_withdraws_nothing_across_restarts(tmp_path: Path, lose: Any) -> None:
    seeds, aside = tmp_path / "seeds", tmp_path / "aside"
    write_seeds(seeds, 12)
    with running(tmp_path, rescan_seconds="0.3") as service:
        wait_for_entries(service, 12)
        feed = service.get("/feeds/all.atom")
        base_url, port = service.base_url, service.base_url.rpartition(":")[2]
        lose(seeds, aside)
        wait_for_condition(service, "degraded")
        assert service.get("/feeds/all.atom") == feed
    with running(tmp_path, rescan_seconds="0.3", port=port, base_url=base_url) as service:
        reasons = wait_for_condition(service, "degraded")["reasons"]
        assert reasons
        assert service.get("/feeds/all.atom") == feed
        come_back(seeds, aside)
        wait_for_condition(service, "ready")
        assert service.get("/feeds/all.atom") == feed


def test_accepted_removals_are_withdrawn(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    write_seeds(seeds)
    with running(tmp_path, rescan_seconds="0.3") as service:
        wait_for_entries(service, 3)
        empty(seeds, tmp_path / "aside")
        assert any(HELD in one for one in wait_for_condition(service, "degraded")["reasons"])
        subprocess.run(
            [sys.executable, "-m", "feedsvc", "accept-removals"],
            env=service.environment,
            cwd=tmp_path,
            check=True,
            capture_output=True,
        )
        wait_for_entries(service, 0)
        wait_for_condition(service, "ready")


def test_a_folder_that_cannot_be_read_withdraws_nothing(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    write_seeds(seeds)
    with running(tmp_path, rescan_seconds="0.3", show_file_names="true") as service:
        wait_for_entries(service, 3)
        seeds.rename(tmp_path / "aside")
        seeds.symlink_to(seeds)  # stops even root, who may read any folder
        (reason, _brake) = wait_for_condition(service, "degraded")["reasons"]
        assert reason.startswith(f"the seeds folder cannot be read: {seeds}: Too many levels")
        assert published(service) == 3
        seeds.unlink()
        (tmp_path / "aside").rename(seeds)
        wait_for_condition(service, "ready")


def test_other_and_unfinished_files_do_no_harm(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    write_seeds(seeds, 1)
    os.mkfifo(seeds / "pipe.txt")
    (seeds / "folder.txt").mkdir()
    (seeds / "round").symlink_to(seeds)
    (seeds / "nowhere.txt").symlink_to(seeds / "gone.txt")
    (seeds / "itself.txt").symlink_to(seeds / "itself.txt")
    named = os.fsencode(seeds) + b"/caf\xe9.txt"
    with open(named, "w") as file:  # noqa: PTH123 - pathlib cannot say it
        file.write("A name in an old encoding\nThe words in it are as good as any.\n")
    with (seeds / "large.txt").open("wb") as large:
        large.truncate(200 * 1024**2)
    with running(tmp_path, rescan_seconds="0.3") as service:
        wait_for_entries(service, 2)
        answer = wait_for_condition(service, "degraded")
        assert answer["reasons"] == ["rejected files: 1"]
        (rejected,) = service.lines("file rejected")
        assert rejected["seed"] == "large.txt"
        assert "MiB" in rejected["reason"]
        assert memory_mib(service.process.pid) < 300


def test_a_file_is_read_once_it_stops_changing_however_it_is_written(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    write_seeds(seeds, 1)
    whole = "".join(
        f"Story {n} of the quay\nIts teaser number {n} is short.\n\n" for n in range(20)
    )
    with running(tmp_path, rescan_seconds="0.3", settle_seconds="0.5") as service:
        wait_for_entries(service, 1)
        with (seeds / "slow.txt").open("w") as slow:
            for line in whole.splitlines(keepends=True):
                slow.write(line)
                slow.flush()
                os.fsync(slow.fileno())
        wait_for_entries(service, 21)
        assert [line["entries"] for line in service.lines("file published")][1:] == [20]
        (tmp_path / "new").write_text("Renamed into place\nAs careful programs do it.\n")
        (tmp_path / "new").rename(seeds / "slow.txt")
        wait_for_entries(service, 2)
        with (seeds / "slow.txt").open("r+") as file:
            file.write("Written in its place\nAs careless programs do it.\n\n")
            file.truncate(file.tell())
        wait_until(lambda: b"Written in its place" in service.get("/feeds/all.atom"), what="it is")
        assert published(service) == 2


@pytest.mark.parametrize("files", [1000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_thousands_of_files_are_ingested_while_feeds_are_polled(
    tmp_path: Path,
    files: int,
    record_property: Callable[[str, object], None],
) -> None:
    seeds = tmp_path / "seeds"
    write_seeds(seeds, 1)
    with running(tmp_path, rescan_seconds="5") as service:
        with polling(service) as polls:
            write_seeds(seeds, files)
            began = time.monotonic()
            wait_until(
                lambda: readiness(service)["store"]["entries"] == files,
                what="all are in",
                seconds=max(files / 10, 600),
            )
        record_property("seconds", round(time.monotonic() - began, 1))
        record_property("documents", polls.good)
        record_property("slowest", round(polls.slowest, 2))
        record_property("mib", memory_mib(service.process.pid))
        assert polls.wrong == []
        assert memory_mib(service.process.pid) < 400
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(30) == 0
