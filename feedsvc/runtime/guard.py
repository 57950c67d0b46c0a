"""Looks after the database while the service runs: its file, its clock, opening it again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from feedsvc.runtime.clock import utc_now
from feedsvc.runtime.instance import ServiceInstance
from feedsvc.store.open_file import Loss, OpenFile
from feedsvc.web.health.endpoints import ask_store
from feedsvc.web.health.readiness import describe_clock

CHECK_SECONDS = 1.0
RETRY_CHECKS = 5
CLOCK_CHECKS = 10

log = structlog.get_logger("feedsvc.serve")


async def guard_database(
    instance: Callable[[], ServiceInstance], reopen: Callable[[], None]
) -> None:
    """Check the file every second, and the clock now and then, until cancelled.

    `reopen` is called if the file was replaced by a good database, or can be written to again.
    """
    guard = _Guard(reopen)
    while True:
        await guard.check(instance())
        await asyncio.sleep(CHECK_SECONDS)


class _Guard:
    def __init__(self, reopen: Callable[[], None]) -> None:
        self._reopen = reopen
        self._file: OpenFile | None = None
        self._loss: Loss | None = None
        self._checks = 0
        self._clock_is_ahead = False

    async def check(self, instance: ServiceInstance) -> None:
        file = instance.file
        if file is not self._file:
            self._file, self._loss = file, None
        loss = await asyncio.to_thread(file.inspect)
        if loss is Loss.REPLACED and await asyncio.to_thread(file.has_good_replacement):
            self._reopen()
            return
        self._log(loss, instance)
        if self._checks % CLOCK_CHECKS == 0:
            await self._check_clock(instance)
        self._checks += 1
        due = self._checks % RETRY_CHECKS == 0
        if due and not instance.writable and instance.settings.database.is_writable():
            self._reopen()

    def _log(self, loss: Loss | None, instance: ServiceInstance) -> None:
        if loss is not None and loss is not self._loss:
            database = str(instance.settings.database)
            log.error("database lost", database=database, reason=loss.fact)
        elif loss is None and self._loss is not None:
            log.info("database found again", database=str(instance.settings.database))
        self._loss = loss

    async def _check_clock(self, instance: ServiceInstance) -> None:
        """Log once that the database's clock is ahead, and once that it no longer is."""
        store = await ask_store(instance.readers[0])
        if store is None:
            return
        reason = describe_clock(store.clock, now=utc_now())
        if reason and not self._clock_is_ahead:
            log.error("clock ahead", reason=reason)
        elif self._clock_is_ahead and not reason:
            log.info("clock right again")
        self._clock_is_ahead = bool(reason)
