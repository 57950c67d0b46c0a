"""Changes the store: each step is atomic, all are committed together."""

from __future__ import annotations

import gc
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Connection

from feedsvc.domain.batch.decide import Ingested
from feedsvc.domain.dates import FreeSeconds
from feedsvc.domain.model import Draft
from feedsvc.store import steps
from feedsvc.store.clock import set_clock
from feedsvc.store.records import Acceptance, FoundSeed, SeedReading, SkippedFile
from feedsvc.store.rows import to_seconds
from feedsvc.store.seeds import mark_missing, write_skipped

T = TypeVar("T")


class Run(Protocol):
    """Runs a step in the thread that has the connection."""

    def __call__(self, step: Callable[[Connection], T], /) -> Awaitable[T]:
        """Run it and return its result."""


class Transaction:
    """Changes that are committed together; each method does all of its work or none."""

    def __init__(self, run: Run, *, rules: steps.Rules, free: FreeSeconds) -> None:
        self._run = run
        self._rules = rules
        self._free = free

    async def write(
        self,
        news: Sequence[Acceptance | SeedReading],
        *,
        found: Sequence[FoundSeed] = (),
        now: datetime,
    ) -> tuple[Ingested | None, ...]:
        """Write what reading seeds gave, in their order; return what became of accepted ones.

        A good seed is accepted: its sightings, entries and labels are written, and revisions
        raised. A mere reading is a rejected seed's, with the reason; its last good entries stay.
        `found` are seeds whose bytes are unchanged, perhaps under another path.
        """
        free = self._free

        def write(connection: Connection) -> tuple[Ingested | None, ...]:
            free.keep()
            try:
                with _collector_paused():
                    return steps.write_seeds(
                        connection, self._rules, news, found=found, now=now, free=free
                    )
            except BaseException:
                free.give_back()
                raise

        return await self._step(write)

    async def accept(
        self,
        reading: SeedReading,
        drafts: Sequence[Draft],
        *,
        rolling: bool,
        hold_last: bool = False,
        now: datetime,
    ) -> Ingested:
        """Accept one good seed.

        `hold_last` leaves out the last draft if it would be a new entry; the seed then counts as
        changed until it is accepted without.
        """
        good = Acceptance(reading=reading, drafts=drafts, rolling=rolling, hold_last=hold_last)
        (done,) = await self.write([good], now=now)
        assert done is not None  # noqa: S101 - it was accepted
        return done

    async def set_skipped(self, skipped: Sequence[SkippedFile]) -> None:
        """Note which files of the folder are not read; replaces what was noted before."""
        await self._step(lambda connection: write_skipped(connection, skipped))

    async def mark_missing(self, missing: Collection[int]) -> None:
        """Mark seeds as missing; their removal waits for confirmation."""
        await self._step(lambda connection: mark_missing(connection, missing))

    async def remove_seeds(self, gone: Collection[int], *, now: datetime) -> None:
        """Delete removed seeds; `withdraw_unseen` withdraws entries that are in no other seed."""
        await self._step(
            lambda connection: steps.remove_seeds(
                connection, self._rules, gone, now=now, free=self._free
            )
        )

    async def withdraw_unseen(self, *, now: datetime) -> int:
        """Withdraw the entries that are in no seed any more; return their number."""
        return await self._step(
            lambda connection: steps.withdraw_unseen(connection, self._rules, now=now)
        )

    async def take_down(self, entry_id: UUID, *, now: datetime) -> bool:
        """Take an entry down for good, even if seeds still contain it; return whether it exists."""
        return await self._step(
            lambda connection: steps.take_down(connection, self._rules, entry_id, now=now)
        )

    async def put_back(self, entry_id: UUID, *, now: datetime) -> bool:
        """Undo a takedown, publishing the entry if a seed contains it; return whether it exists."""
        return await self._step(
            lambda connection: steps.put_back(connection, self._rules, entry_id, now=now)
        )

    async def relabel(self, *, after: int, now: datetime) -> int | None:
        """Relabel the next entries after an arrival number; return the last number, or None."""
        return await self._step(
            lambda connection: steps.relabel(connection, self._rules, after=after, now=now)
        )

    async def set_presentation(self, presentation: str, *, now: datetime) -> bool:
        """Raise every channel if what all documents show has changed; return whether it has."""
        return await self._step(
            lambda connection: steps.set_presentation(
                connection, self._rules, presentation, now=now
            )
        )

    async def settle_clock(self, *, now: datetime) -> int:
        """Move every date after `now` to it, and raise every channel; return how many entries.

        Entries keep their order, a second apart.
        """
        return await self._step(
            lambda connection: steps.settle_clock(connection, self._rules, now=now)
        )

    async def end_scan(self, *, braked: bool, now: datetime) -> None:
        """Store that a scan has ended."""
        scanned = to_seconds(now)
        await self._step(
            lambda connection: set_clock(connection, scanned=scanned, braked=int(braked))
        )

    async def set_vocabulary(self, vocabulary: str) -> None:
        """Store the fingerprint of what every entry is now labelled with."""
        await self._step(lambda connection: set_clock(connection, vocabulary=vocabulary))

    async def _step(self, step: Callable[[Connection], T]) -> T:
        def nested(connection: Connection) -> T:
            with connection.begin_nested():
                return step(connection)

        return await self._run(nested)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause garbage collection: it stops all threads, and rows are in no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
