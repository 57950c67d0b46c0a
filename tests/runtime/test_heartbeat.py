"""The watchdog hears of the service only while the event loop and the work both go on."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from structlog.testing import capture_logs

from feedsvc.runtime.heartbeat import Heartbeat, send_heartbeats
from feedsvc.runtime.systemd import Notifier


class Timer:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def reporting(heartbeat: Heartbeat, path: Path) -> AsyncIterator[asyncio.Queue[str]]:
    heard: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(path))
        ear.setblocking(False)  # noqa: FBT003 - the call is the library's
        loop.add_reader(ear, lambda: heard.put_nowait(ear.recv(200).decode()))
        sending = asyncio.create_task(
            send_heartbeats(
                Notifier(str(path), watchdog=0.04), lambda: heartbeat, status=lambda: "all is well"
            ),
        )
        try:
            yield heard
        finally:
            sending.cancel()
            with suppress(asyncio.CancelledError):
                await sending
            loop.remove_reader(ear)


async def test_heartbeats_are_sent_while_work_makes_progress_and_stop_when_it_does_not(
    tmp_path: Path,
) -> None:
    timer = Timer()
    heartbeat = Heartbeat(timer)
    async with reporting(heartbeat, tmp_path / "notify") as heard:
        assert await heard.get() == "WATCHDOG=1"
        assert await heard.get() == "STATUS=all is well"
        assert await heard.get() == "WATCHDOG=1"
        timer.now += 10
        with capture_logs() as lines:
            await _fall_silent(heard)
        assert [line["event"] for line in lines] == ["watcher stuck"]
        heartbeat.beat()
        assert await asyncio.wait_for(heard.get(), 10) == "WATCHDOG=1"


def test_rest_postpones_the_next_expected_progress() -> None:
    timer = Timer()
    heartbeat = Heartbeat(timer)
    heartbeat.rest(30)
    assert heartbeat.overdue == -30
    timer.now += 31
    assert heartbeat.overdue == 1
    heartbeat.beat()
    assert heartbeat.overdue == 0


async def _fall_silent(heard: asyncio.Queue[str]) -> None:
    """Wait until nothing is heard for many times the usual pause."""
    with suppress(TimeoutError):
        while True:
            await asyncio.wait_for(heard.get(), 0.3)
