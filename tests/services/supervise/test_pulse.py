"""The watchdog hears of the service only while the loop and the work both go on."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from feedsvc.services.supervise.notify import Notifier
from feedsvc.services.supervise.pulse import Pulse, report


class Timer:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def reporting(pulse: Pulse, path: Path) -> AsyncIterator[asyncio.Queue[str]]:
    heard: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(path))
        ear.setblocking(False)  # noqa: FBT003 - the call is the library's
        loop.add_reader(ear, lambda: heard.put_nowait(ear.recv(200).decode()))
        told = asyncio.create_task(
            report(Notifier(str(path), watchdog=0.04), lambda: pulse, status=lambda: "all is well"),
        )
        try:
            yield heard
        finally:
            told.cancel()
            with suppress(asyncio.CancelledError):
                await told
            loop.remove_reader(ear)


async def test_beats_go_out_while_signs_of_life_come_and_end_with_them(tmp_path: Path) -> None:
    timer = Timer()
    pulse = Pulse(timer)
    async with reporting(pulse, tmp_path / "notify") as heard:
        assert await heard.get() == "WATCHDOG=1"
        assert await heard.get() == "STATUS=all is well"
        assert await heard.get() == "WATCHDOG=1"
        timer.now += 10
        await _fall_silent(heard)
        pulse.beat()
        assert await asyncio.wait_for(heard.get(), 10) == "WATCHDOG=1"


def test_rest_puts_the_next_sign_off() -> None:
    timer = Timer()
    pulse = Pulse(timer)
    pulse.rest(30)
    assert pulse.overdue == -30
    timer.now += 31
    assert pulse.overdue == 1
    pulse.beat()
    assert pulse.overdue == 0


async def _fall_silent(heard: asyncio.Queue[str]) -> None:
    """Wait until nothing is heard for many times the usual pause."""
    with suppress(TimeoutError):
        while True:
            await asyncio.wait_for(heard.get(), 0.3)
