"""Lets a few custom requests be worked on at once, some wait for a while, and refuses the rest.

A custom request is one whose answer depends on what the client thought up: a query, a search, a
filter, an archive page. Their number has no limit, so they must not delay what everybody reads.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

T = TypeVar("T")

# One processor at most, and one connection to the store.
RUNNING = 1
WAITING = 50
PATIENCE_SECONDS = 2.0
# Clients that ask again as soon as they are refused would keep the event loop busy with that.
REFUSAL_SECONDS = 1.0


class BusyError(Exception):
    """Too many custom requests are waiting, or this one has waited too long."""


class BoundedQueue:
    """First come, first served; `waiting` is how many wait now, `refused` how many were refused."""

    def __init__(
        self,
        *,
        running: int = RUNNING,
        most_waiting: int = WAITING,
        patience: float = PATIENCE_SECONDS,
        refusal_seconds: float = REFUSAL_SECONDS,
    ) -> None:
        self.waiting = 0
        self.refused = 0
        self._most_waiting = most_waiting
        self._patience = patience
        self._refusal_seconds = refusal_seconds
        self._slots = asyncio.Semaphore(running)

    def check(self) -> None:
        """Refuse if there is no more room, before any work is done.

        Raises:
            BusyError: The queue is full.
        """
        if self._slots.locked() and self.waiting >= self._most_waiting:
            self.refused += 1
            raise BusyError

    async def hold_back(self) -> None:
        """Wait before a refusal is passed on, so that the client cannot ask again at once."""
        await asyncio.sleep(self._refusal_seconds)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, which lasts until the end of the block.

        Raises:
            BusyError: The queue is full, or the turn did not come in time.
        """
        self.check()
        await self._wait()
        try:
            yield
        finally:
            self._slots.release()

    async def run(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do some work at its turn; a refusal is held back.

        Raises:
            BusyError: The queue is full, or the turn did not come in time.
        """
        try:
            async with self.turn():
                return await work()
        except BusyError:
            await self.hold_back()
            raise

    async def _wait(self) -> None:
        self.waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._slots.acquire()
        except TimeoutError as error:
            self.refused += 1
            raise BusyError from error
        finally:
            self.waiting -= 1
