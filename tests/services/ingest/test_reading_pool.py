"""Processes read files while there is much to read; one that dies costs nothing but time."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

from structlog.testing import capture_logs

from feedsvc.services.ingest.folder import Folder
from feedsvc.services.ingest.read import (
    AcceptedSeed,
    RejectedSeed,
    SeedBytes,
    SeedRules,
    read_bytes,
)
from feedsvc.services.ingest.reading_pool import ReadingPool
from feedsvc.services.ingest.reading_process import ReadingProcess, ReadingProcessError
from tests.services.ingest.test_reading_process import RULES, listing
from tests.waiting import until


def read_all(folder: Path, texts: Iterable[str]) -> list[SeedBytes]:
    for n, text in enumerate(texts):
        (folder / f"{n}.txt").write_text(text)
    found = [read_bytes(seed, max_bytes=10**7) for seed in Folder(root=folder).find().files]
    return [one for one in found if one is not None]


@asynccontextmanager
async def pool_of(size: int, **changes: Any) -> AsyncIterator[ReadingPool]:
    pool = ReadingPool(RULES, size=size, **changes)
    try:
        yield pool
    finally:
        pool.close()
        assert not pool.pids


def kill(pids: Iterable[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


async def test_no_process_runs_before_there_is_something_to_read() -> None:
    async with pool_of(2) as pool:
        assert not pool.pids


async def test_results_are_in_the_order_of_the_files(tmp_path: Path) -> None:
    reads = read_all(tmp_path, [listing(n) for n in (40, 1, 7, 2)])
    async with pool_of(2) as pool:
        found = await pool.read(reads)
        assert 1 <= len(pool.pids) <= 2
    assert [len(one.drafts) for one in found if isinstance(one, AcceptedSeed)] == [40, 1, 7, 2]


async def test_processes_end_after_a_while_without_work(tmp_path: Path) -> None:
    async with pool_of(1, idle_seconds=0) as pool:
        await pool.read(read_all(tmp_path, [listing(1)]))
        await until(lambda: not pool.pids, what="the process has ended")
        (again,) = await pool.read(read_all(tmp_path, [listing(2)]))
    assert isinstance(again, AcceptedSeed)


async def test_a_file_whose_process_is_killed_is_tried_again(tmp_path: Path) -> None:
    async with pool_of(1) as pool:
        with capture_logs() as logs:
            reading = asyncio.create_task(pool.read(read_all(tmp_path, [listing(200)])))
            await until(lambda: pool.pids, what="a process runs")
            kill(pool.pids)
            (read,) = await reading
    assert isinstance(read, AcceptedSeed)
    (line,) = logs
    assert line == {
        "event": "reading process ended",
        "log_level": "warning",
        "seed": "0.txt",
        "reason": "killed; perhaps the memory ran out",
        "attempt": 1,
    }


async def test_a_file_that_ends_its_process_twice_is_rejected(tmp_path: Path) -> None:
    async with pool_of(1) as pool:
        with capture_logs() as logs:
            reading = asyncio.create_task(pool.read(read_all(tmp_path, [listing(20_000)])))
            while not reading.done():
                kill(pool.pids)
                await asyncio.sleep(0.01)
            (read,) = await reading
    assert isinstance(read, RejectedSeed)
    assert read.reading.reason == (
        "the process that read this file ended twice (killed; perhaps the memory ran out). "
        "Divide the file, or give the service more memory."
    )
    assert [line["attempt"] for line in logs] == [1, 2]


async def test_without_processes_files_are_read_in_the_service(tmp_path: Path) -> None:
    def refuse(_rules: SeedRules) -> NoReturn:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    async with pool_of(1, start=refuse) as pool:
        with capture_logs() as logs:
            found = await pool.read(read_all(tmp_path, [listing(1), listing(2)]))
    assert all(isinstance(one, AcceptedSeed) for one in found)
    assert [line["event"] for line in logs] == [
        "cannot start a process: reading in the service itself"
    ]


async def test_closing_ends_a_process_that_is_reading(tmp_path: Path) -> None:
    async with pool_of(1) as pool:
        reading = asyncio.create_task(pool.read(read_all(tmp_path, [listing(20_000)])))
        await until(lambda: pool.pids, what="a process runs")
        (pid,) = pool.pids
        reading.cancel()
        await asyncio.wait({reading})
    await until(lambda: not runs(pid), what="it has ended")


async def test_idle_processes_that_died_cost_no_attempt(tmp_path: Path) -> None:
    async with pool_of(2) as pool:
        reads = read_all(tmp_path, [listing(300), listing(300)])
        await pool.read(reads)
        dead = pool.pids
        kill(dead)
        await until(lambda: not any(map(runs, dead)), what="they have died")
        with capture_logs() as logs:
            (read,) = await pool.read(reads[:1])
    assert isinstance(read, AcceptedSeed)
    assert logs == []


def runs(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


async def test_no_process_outlives_a_pool_that_is_closed_while_it_starts_them(
    tmp_path: Path,
) -> None:
    started: list[ReadingProcess] = []

    def start(rules: SeedRules) -> ReadingProcess:
        process = ReadingProcess(rules)
        started.append(process)
        return process

    pool = ReadingPool(RULES, size=4, start=start)
    reading = asyncio.create_task(pool.read(read_all(tmp_path, [listing(3)] * 4)))
    await until(lambda: started, what="the first one is started")
    pool.close()
    await asyncio.gather(reading, return_exceptions=True)
    await until(lambda: not any(one.is_alive for one in started), what="all have ended")


async def test_a_pool_can_be_closed_while_it_reads(tmp_path: Path) -> None:
    reads = read_all(tmp_path, [listing(2_000)] * 2)
    for _ in range(5):
        pool = ReadingPool(RULES, size=2)
        reading = asyncio.create_task(pool.read(reads))
        await until(lambda pool=pool: len(pool.pids) == 2, what="both run")
        pids = pool.pids
        pool.close()
        (ended,) = await asyncio.gather(reading, return_exceptions=True)
        assert isinstance(ended, ReadingProcessError)
        await until(lambda pids=pids: not any(map(runs, pids)), what="both have ended")
