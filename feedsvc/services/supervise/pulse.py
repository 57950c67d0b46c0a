"""Knows whether work goes on, from the signs of life that it gives, and tells the supervisor."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import structlog

from feedsvc.services.supervise.notify import Notifier

log = structlog.get_logger("feedsvc.pulse")

BEATS_PER_LIMIT = 4
STATUS_SECONDS = 5.0


class Pulse:
    """The last sign of life of work that now and then rests; any thread may give one."""

    def __init__(self, timer: Callable[[], float] = time.monotonic) -> None:
        self._timer = timer
        self._due = timer()

    def beat(self) -> None:
        """A sign of life."""
        self._due = self._timer()

    def rest(self, seconds: float) -> None:
        """The next sign is due only after so long."""
        self._due = self._timer() + seconds

    @property
    def overdue(self) -> float:
        """For how many seconds a sign has been due; less than 0 while it rests."""
        return self._timer() - self._due


async def report(
    notifier: Notifier,
    pulse: Callable[[], Pulse],
    *,
    status: Callable[[], str],
) -> None:
    """Tell the supervisor for ever how the service is, and that it lives as long as it does.

    It lives when the loop runs this and the work gives signs of life: one that is overdue by
    more than the watchdog's time ends the beats, and with them the process.
    """
    pause = min(STATUS_SECONDS, notifier.watchdog / BEATS_PER_LIMIT or STATUS_SECONDS)
    told, stuck = "", False
    while True:
        overdue = pulse().overdue
        if overdue <= (notifier.watchdog or overdue):
            notifier.tell_alive()
            stuck = False
        elif not stuck:
            log.critical("the watcher gives no sign of life", seconds=round(overdue, 1))
            stuck = True
        if (line := status()) != told:
            notifier.tell_status(line)
            told = line
        await asyncio.sleep(pause)
