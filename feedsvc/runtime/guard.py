"""Looks after the database file while the service runs, and opens it again where that helps."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from feedsvc.runtime.instance import ServiceInstance
from feedsvc.store.open_file import Loss, OpenFile

CHECK_SECONDS = 1.0
RETRY_CHECKS = 5

log = structlog.get_logger("feedsvc.serve")


async def guard_database(
    instance: Callable[[], ServiceInstance], reopen: Callable[[], None]
) -> None:
    """Check the file every second until cancelled.

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

    async def check(self, instance: ServiceInstance) -> None:
        file = instance.file
        if file is not self._file:
            self._file, self._loss = file, None
        loss = await asyncio.to_thread(file.inspect)
        if loss is Loss.REPLACED and await asyncio.to_thread(file.has_good_replacement):
            self._reopen()
            return
        self._log(loss, instance)
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
