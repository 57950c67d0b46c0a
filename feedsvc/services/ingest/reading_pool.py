"""Starts processes that read files while there is much to read, and ends them afterwards."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import structlog

from feedsvc.services.ingest.read import (
    AcceptedSeed,
    RejectedSeed,
    SeedBytes,
    SeedRules,
    read_or_reject,
    reject,
)
from feedsvc.services.ingest.reading_process import ReadingProcess, ReadingProcessError

# How long processes that have nothing to do are kept; starting one takes about a second.
IDLE_SECONDS = 30.0
# A file of 10 MiB takes ten seconds, or a minute on a slow machine.
READING_SECONDS = 600.0
_ATTEMPTS = 2

log = structlog.get_logger("feedsvc.ingest")


class ReadingPool:
    """Up to `size` processes; `waiting` is called in a thread while a file is being read.

    A file that ends its process is tried once more, and then rejected. If no process can be
    started, files are read in a thread.
    """

    def __init__(
        self,
        rules: SeedRules,
        *,
        size: int,
        idle_seconds: float = IDLE_SECONDS,
        reading_seconds: float = READING_SECONDS,
        waiting: Callable[[], None] = lambda: None,
        start: Callable[[SeedRules], ReadingProcess] = ReadingProcess,
    ) -> None:
        self._rules = rules
        self._idle_seconds = idle_seconds
        self._reading_seconds = reading_seconds
        self._waiting = waiting
        self._start = start
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="reading")
        self._lock = threading.Lock()
        self._running: set[ReadingProcess] = set()
        self._idle: list[ReadingProcess] = []
        self._ending: asyncio.TimerHandle | None = None
        self._reads = 0
        self._closed = False
        self._failed_to_start = False

    @property
    def pids(self) -> frozenset[int]:
        """The ids of the processes that are running."""
        with self._lock:
            return frozenset(process.pid for process in self._running)

    async def read(self, seeds: Sequence[SeedBytes]) -> list[AcceptedSeed | RejectedSeed]:
        """Parse the bytes of seeds, in any number of processes; the results are in their order."""
        loop = asyncio.get_running_loop()
        if self._ending:
            self._ending.cancel()
        self._reads += 1
        try:
            reading = [loop.run_in_executor(self._threads, self._read, seed) for seed in seeds]
            return list(await asyncio.gather(*reading))
        finally:
            self._reads -= 1
            if not self._reads and not self._closed:
                self._ending = loop.call_later(self._idle_seconds, self._end_idle)

    def close(self) -> None:
        """End all processes at once; one that reads a file is released by the thread that waits."""
        if self._ending:
            self._ending.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._closed = True
            idle, reading = self._idle, self._running.difference(self._idle)
            self._running, self._idle = set(), []
        for process in reading:
            process.kill()
        for process in idle:
            process.end()

    def _end_idle(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
            self._running.difference_update(idle)
        for process in idle:
            process.end()

    def _read(self, seed: SeedBytes) -> AcceptedSeed | RejectedSeed:
        reason = ""
        for attempt in range(1, _ATTEMPTS + 1):
            process = self._take()
            if process is None:
                return read_or_reject(seed, self._rules)
            try:
                read = process.read(seed, seconds=self._reading_seconds, waiting=self._waiting)
            except ReadingProcessError as error:
                self._drop(process)
                if self._closed:
                    raise
                reason = str(error)
                log.warning(
                    "reading process ended", seed=seed.seed.path, reason=reason, attempt=attempt
                )
            else:
                self._give_back(process)
                return read
        return reject(
            seed,
            f"the process that read this file ended twice ({reason}). "
            "Divide the file, or give the service more memory.",
        )

    def _take(self) -> ReadingProcess | None:
        """An idle process or a new one; None if the system allows no further one.

        Raises:
            ReadingProcessError: The pool is closed.
        """
        with self._lock:
            if self._closed:
                raise ReadingProcessError("no longer needed")
            while self._idle:
                process = self._idle.pop()
                if process.is_alive:
                    return process
                self._running.discard(process)
                process.end()
            try:
                process = self._start(self._rules)
            except OSError as error:
                if not self._failed_to_start:
                    log.warning(
                        "cannot start a process: reading in the service itself", reason=str(error)
                    )
                self._failed_to_start = True
                return None
            self._failed_to_start = False
            self._running.add(process)
            return process

    def _give_back(self, process: ReadingProcess) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(process)
                return
        process.end()

    def _drop(self, process: ReadingProcess) -> None:
        with self._lock:
            self._running.discard(process)
        process.end()
