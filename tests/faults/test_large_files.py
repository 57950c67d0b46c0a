"""Large files are read in other processes: whatever becomes of those, the service goes on."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.running import Running, running, wait_until

SMALL = "A quiet day at the quay\n\nNothing of note came in.\n"


def entries(count: int) -> str:
    return "".join(
        f"Growers of the Valley Agree on Price {n} for Pears\n\n"
        f"The first boxes leave on Monday, said the head of market {n}, and the last in autumn.\n\n"
        for n in range(count)
    )


def find_readers(service: Running) -> list[int]:
    """The processes that read files for the service."""
    threads = Path(f"/proc/{service.process.pid}/task").iterdir()
    children = [int(pid) for one in threads for pid in (one / "children").read_text().split()]
    return [pid for pid in children if b"spawn_main" in _command_of(pid)]


def _command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def test_a_file_whose_readers_are_killed_is_rejected_and_the_service_goes_on(
    tmp_path: Path,
) -> None:
    with running(tmp_path) as service:

        def kill_readers() -> list[dict[str, object]]:
            for pid in find_readers(service):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            return service.lines("file rejected")

        (service.seeds / "large.txt").write_text(entries(20_000))
        (line,) = wait_until(kill_readers, what="the file is rejected")
        assert line["seed"] == "large.txt"
        assert "perhaps the memory ran out" in line["reason"]
        (service.seeds / "small.txt").write_text(SMALL)
        wait_until(
            lambda: b"A quiet day at the quay" in service.get("/feeds/all.atom"),
            what="another file is published",
        )


def test_readers_end_with_a_service_that_is_killed(tmp_path: Path) -> None:
    with running(tmp_path) as service:
        (service.seeds / "large.txt").write_text(entries(3_000))
        readers = wait_until(lambda: find_readers(service), what="a process reads")
        service.process.kill()
        service.process.wait()
        wait_until(lambda: not any(map(_command_of, readers)), what="it has ended")


@contextmanager
def probing_health(service: Running) -> Iterator[list[float]]:
    """The seconds that each answer of /healthz took during the block."""
    waits: list[float] = []
    stop = threading.Event()

    def probe() -> None:
        while not stop.wait(0.005):
            began = time.monotonic()
            service.get("/healthz")
            waits.append(time.monotonic() - began)

    probing = threading.Thread(target=probe)
    probing.start()
    try:
        yield waits
    finally:
        stop.set()
        probing.join()


def peak_mebibytes(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(peak[1]) // 1024 if peak else 0


@pytest.mark.slow
def test_health_is_answered_while_a_paragraph_of_ten_megabytes_is_read_and_edited(
    tmp_path: Path,
) -> None:
    peaks: dict[int, int] = {}

    def published(times: int) -> bool:
        for pid in (service.process.pid, *find_readers(service)):
            with suppress(FileNotFoundError):
                peaks[pid] = peak_mebibytes(pid)
        return len(service.lines("file published")) == times

    with running(tmp_path) as service, probing_health(service) as waits:
        words = "word and some others here, " * 365_000
        for times, first in enumerate(("Monday", "Tuesday"), 1):
            (service.seeds / "large.txt").write_text(f"Title of it\n\n{first} {words}\n")
            wait_until(lambda times=times: published(times), what="the file is published")
        assert len(service.get("/feeds/all.atom")) < 100_000
    assert max(waits) < 0.1
    assert len(peaks) > 1
    assert max(peaks.values()) < 250
