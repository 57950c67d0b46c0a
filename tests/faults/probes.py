"""Measures how long a service takes to answer, in a process of its own.

    python -m tests.faults.probes PORT COLD…

Asks until SIGTERM for `/healthz`, for a feed in memory, and for one `COLD` feed after another. A
client in the process of the attackers would measure itself.
"""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from itertools import cycle

from tests.faults.hostile import ROOT
from tests.running import PATIENCE_SECONDS, wait_until

HEALTH, CACHED, COLD = "/healthz", "cached", "cold"
CACHED_PATH = "/feeds/all.atom"
PAUSE_SECONDS = {HEALTH: 0.03, CACHED: 0.03, COLD: 0.2}
ANSWER_SECONDS = 60.0


@dataclass
class Series:
    """Answers to one kind of request: the longest time in seconds, and that of 99 in 100."""

    worst: float = 0.0
    p99: float = 0.0
    statuses: dict[str, int] = field(default_factory=dict)


@dataclass
class Probes:
    """The answers to each kind of request, once the process has ended."""

    series: dict[str, Series] = field(default_factory=dict)

    def assert_answered(self) -> None:
        """Check that every request was answered with 200."""
        assert self.series
        for name, one in self.series.items():
            assert set(one.statuses) == {"200"}, (name, one)


class Link:
    """A connection that is kept, and opened again if it was closed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> str:
        """Return the status of an answer, read to its end, or what went wrong."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._get(path)
        except (OSError, asyncio.IncompleteReadError) as error:
            self._close()
            return type(error).__name__

    async def _get(self, path: str) -> str:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:-2])
        await reader.readexactly(int(fields["content-length"]))
        if fields.get("connection") == "close":
            self._close()
        return head.split(" ")[1]

    def _close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def measure(port: int, kind: str, paths: Sequence[str], times: list[float]) -> Counter[str]:
    """Ask for the paths in turn until cancelled."""
    link, statuses = Link(port), Counter[str]()
    with suppress(asyncio.CancelledError):
        for path in cycle(paths):
            began = time.perf_counter()
            try:
                statuses[await link.get(path)] += 1
            finally:
                times.append(time.perf_counter() - began)
            await asyncio.sleep(PAUSE_SECONDS[kind])
    return statuses


async def run(port: int, cold: Sequence[str]) -> dict[str, Series]:
    """Measure until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    asked = {HEALTH: [HEALTH], CACHED: [CACHED_PATH], COLD: cold}
    times: dict[str, list[float]] = {kind: [] for kind, paths in asked.items() if paths}
    tasks = {
        kind: asyncio.create_task(measure(port, kind, asked[kind], times[kind])) for kind in times
    }
    print("measuring", flush=True)  # noqa: T201 - for the other process
    await stop.wait()
    for task in tasks.values():
        task.cancel()
    return {kind: _sum_up(times[kind], await task) for kind, task in tasks.items()}


def _sum_up(times: list[float], statuses: Counter[str]) -> Series:
    ordered = sorted(times) or [0.0]
    return Series(worst=ordered[-1], p99=ordered[int(len(ordered) * 0.99)], statuses=dict(statuses))


@contextmanager
def probing(port: int, cold: Sequence[str] = ()) -> Iterator[Probes]:
    """Measure from another process during the block."""
    found = Probes()
    command = [sys.executable, "-m", "tests.faults.probes", str(port), *cold]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    output = process.stdout
    try:
        wait_until(output.readline, what="it measures")
        yield found
    finally:
        process.terminate()
        printed, _ = process.communicate(timeout=PATIENCE_SECONDS)
        found.series = {kind: Series(**one) for kind, one in json.loads(printed).items()}


def main(port: str, *cold: str) -> None:
    series = asyncio.run(run(int(port), cold))
    print(json.dumps({kind: asdict(one) for kind, one in series.items()}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
