"""Interrupts a query that takes too long, or for which nobody waits any more."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from sqlalchemy.exc import OperationalError

# Wall-clock time. Full text works inside single steps of SQLite's machine: counting steps, or a
# progress handler, would not notice how long it takes.
SECONDS = 0.2
# An interrupt between two statements has no effect.
_REPEAT_SECONDS = 0.01

Answer = TypeVar("Answer")
Interrupt = Callable[[], Awaitable[None]]


class QueryTooBroadError(Exception):
    """The query takes longer than one request may."""


async def run_within(
    seconds: float,
    work: Coroutine[Any, Any, Answer],
    *,
    interrupt: Interrupt,
) -> Answer:
    """Return what `work` returns; call `interrupt` after so many seconds or when cancelled.

    The work has ended when this returns or raises, so that its connection can be used again.

    Raises:
        QueryTooBroadError: It was interrupted because it took too long.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=seconds)
    except asyncio.CancelledError:
        await _end(task, interrupt)
        raise
    if task.done():
        return task.result()
    await _end(task, interrupt)
    error = task.exception()
    if error is not None and not _is_interrupt(error):
        raise error
    raise QueryTooBroadError from error


async def _end(task: asyncio.Task[Any], interrupt: Interrupt) -> None:
    while not task.done():
        await interrupt()
        await asyncio.wait({task}, timeout=_REPEAT_SECONDS)
    # Whoever cancelled does not ask for the error, and asyncio would complain.
    task.exception()


def _is_interrupt(error: BaseException) -> bool:
    cause = error.orig if isinstance(error, OperationalError) else None
    return getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT
