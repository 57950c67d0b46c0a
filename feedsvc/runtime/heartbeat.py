"""Knows whether work makes progress, and keeps the supervisor's watchdog informed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

import structlog

from feedsvc.runtime.systemd import Notifier

log = structlog.get_logger("feedsvc.heartbeat")

BEATS_PER_LIMIT = 4
STATUS_SECONDS = 5.0


class Progress(Protocol):
    """Anything that knows whether work makes progress."""

    @property
    def overdue(self) -> float:
        """Seconds since progress was last expected; negative while resting."""


class Heartbeat:
    """The last progress of work that rests from time to time; any thread may report some."""

    def __init__(self, timer: Callable[[], float] = time.monotonic) -> None:
        self._timer = timer
        self._due = timer()

    def beat(self) -> None:
        """Note progress."""
        self._due = self._timer()

    def rest(self, seconds: float) -> None:
        """Expect no progress for so many seconds."""
        self._due = self._timer() + seconds

    @property
    def overdue(self) -> float:
        """Seconds since progress was last expected; negative while resting."""
        return self._timer() - self._due


async def send_heartbeats(
    notifier: Notifier,
    heartbeat: Callable[[], Progress],
    *,
    status: Callable[[], str],
) -> None:
    """Report status and heartbeats to the supervisor until cancelled.

    Heartbeats stop while progress is overdue by more than the watchdog's limit, and the supervisor
    then restarts the process. A blocked event loop stops them too.
    """
    pause = min(STATUS_SECONDS, notifier.watchdog / BEATS_PER_LIMIT or STATUS_SECONDS)
    sent, stuck = "", False
    while True:
        overdue = heartbeat().overdue
        if overdue <= (notifier.watchdog or overdue):
            notifier.send_heartbeat()
            stuck = False
        elif not stuck:
            log.critical("watcher stuck", seconds=round(overdue, 1))
            stuck = True
        if (line := status()) != sent:
            notifier.send_status(line)
            sent = line
        await asyncio.sleep(pause)
