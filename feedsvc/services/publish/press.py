"""Makes a document once however many ask for it, off the loop, and keeps it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedsvc.services.publish.cache import DocumentCache, Held

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable
    from concurrent.futures import Executor

    from feedsvc.domain.render.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What is about to be printed: the revision that it shows and the pure work that makes it."""

    revision: int
    write: Callable[[], Document]


@dataclass(frozen=True, slots=True, kw_only=True)
class Obtained:
    """A document, and whether it had to be made for this request."""

    document: Document
    rendered: bool


class Press:
    """Prints and holds documents; a current one is answered from memory alone."""

    def __init__(
        self,
        cache: DocumentCache,
        *,
        thread: Executor,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.cache = cache
        self.hits = 0
        self.renders = 0
        self.render_seconds = 0.0
        self._timer = timer
        self._flights: dict[Hashable, asyncio.Task[Held]] = {}
        self._thread = thread

    async def obtain(
        self,
        key: Hashable,
        *,
        revision: int,
        compose: Callable[[], Awaitable[Proof]],
    ) -> Obtained:
        """The document of a key that shows this revision or a later one.

        `compose` reads what is to be printed; it runs once for all that wait on the key.
        """
        held = self.cache.get(key)
        if held is not None and held.revision >= revision:
            self.hits += 1
            return Obtained(document=held.document, rendered=False)
        made = await self._join_flight(key, compose)
        if made.revision < revision:
            # That flight had left before the change that this request knows of.
            made = await self._join_flight(key, compose)
        return Obtained(document=made.document, rendered=True)

    async def close(self) -> None:
        """Gives up what is in the making."""
        flights = tuple(self._flights.values())
        for flight in flights:
            flight.cancel()
        await asyncio.gather(*flights, return_exceptions=True)

    async def _join_flight(self, key: Hashable, compose: Callable[[], Awaitable[Proof]]) -> Held:
        flight = self._flights.get(key)
        if flight is None:
            flight = asyncio.create_task(self._print(key, compose), name="print a document")
            self._flights[key] = flight
            flight.add_done_callback(lambda done: self._land(key, done))
        # Shielded: one client that leaves does not take the document from the others.
        return await asyncio.shield(flight)

    def _land(self, key: Hashable, flight: asyncio.Task[Held]) -> None:
        del self._flights[key]
        if not flight.cancelled():
            flight.exception()  # it is told to those who wait; without any it is nobody's

    async def _print(self, key: Hashable, compose: Callable[[], Awaitable[Proof]]) -> Held:
        proof = await compose()
        began = self._timer()
        loop = asyncio.get_running_loop()
        document = await loop.run_in_executor(self._thread, proof.write)
        self.renders += 1
        self.render_seconds += self._timer() - began
        held = Held(revision=proof.revision, document=document)
        self.cache.put(key, held)
        return held
