"""Changes the store: each step is atomic, all are committed together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, delete, select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from feedsvc.domain.dates import FreeSeconds
from feedsvc.domain.model import Draft, channels_of
from feedsvc.domain.reconcile import Reconciliation, Verdict
from feedsvc.store.channels import Moves, apply_moves, channels_of_entries, touch_all_channels
from feedsvc.store.clock import Stamp, next_stamp, read_clock, set_clock, settle_dates
from feedsvc.store.entries import CHUNK, Labeller, relabel_entries, update_entries
from feedsvc.store.records import SeedReading, SeedStatus, SkippedFile, Standing
from feedsvc.store.rows import from_problem, to_label, to_seconds
from feedsvc.store.schema import entries, labels, seeds, sightings, skipped_files
from feedsvc.store.sightings import write_drafts

UNSEEN = text("standing = 'unseen'")  # the same text as in the partial index


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """How many of a seed's entries had which verdict.

    `gone` ones left its listing; `held` is whether the last one would be new and was left out.
    """

    same: int
    edited: int
    joined: int
    seen: int
    new: int
    gone: int
    held: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything apart from the order of entries changed."""
        return any((self.edited, self.joined, self.seen, self.new, self.gone))


class Transaction:
    """Changes that are committed together; each method does all of its work or none."""

    def __init__(
        self,
        connection: AsyncConnection,
        *,
        label: Labeller,
        page_size: int,
        free: FreeSeconds,
    ) -> None:
        self._connection = connection
        self._label = label
        self._page_size = page_size
        self._free = free

    async def accept(
        self,
        reading: SeedReading,
        drafts: Sequence[Draft],
        *,
        rolling: bool,
        hold_last: bool = False,
        now: datetime,
    ) -> Ingested:
        """Accept a good seed: write its sightings, entries and labels, and raise revisions.

        `hold_last` leaves out the last draft if it would be a new entry; the seed then counts as
        changed until it is accepted without.
        """
        async with self._connection.begin_nested():
            stamp = await next_stamp(self._connection, now=now)
            good = {"entries": len(drafts), "ingested": stamp.time}
            seed = await self._save_seed(reading, SeedStatus.ACCEPTED, **good)
            written = await write_drafts(
                self._connection,
                seed,
                drafts,
                rolling=rolling,
                hold_last=hold_last,
                stamp=stamp,
                free=self._free,
            )
            if written.held:
                await self._mark_incomplete(seed)
            moves = await update_entries(
                self._connection,
                written.affected,
                new=written.new,
                label=self._label,
                stamp=stamp,
                free=self._free,
            )
            await self._apply(moves, stamp)
            await set_clock(self._connection, ingested=stamp.time)
        return replace(_count(written.outcome), held=written.held)

    async def reject(self, reading: SeedReading) -> None:
        """Mark a seed as rejected, with the reason; its last good entries stay."""
        await self._save_seed(reading, SeedStatus.REJECTED)

    async def set_skipped(self, skipped: Sequence[SkippedFile]) -> None:
        """Note which files of the folder are not read; replaces what was noted before."""
        await self._connection.execute(delete(skipped_files))
        if skipped:
            rows = [{"path": file.path, "reason": file.reason} for file in skipped]
            await self._connection.execute(insert(skipped_files), rows)

    async def mark_unchanged(self, seed: int, *, path: str, size: int, mtime: int) -> None:
        """Mark a seed's bytes as unchanged, perhaps under another path."""
        place = {"path": path, "size": size, "mtime": mtime, "removal_accepted": 0}
        found = update(seeds).where(seeds.c.id == seed).values(**place)
        await self._connection.execute(found)

    async def mark_found(self, seed: int) -> None:
        """Mark a missing seed as found again."""
        status = case((seeds.c.reason == "", SeedStatus.ACCEPTED), else_=SeedStatus.REJECTED)
        back = update(seeds).where(seeds.c.id == seed)
        await self._connection.execute(back.values(status=status, removal_accepted=0))

    async def mark_missing(self, missing: Collection[int]) -> None:
        """Mark seeds as missing; their removal waits for confirmation."""
        for seed in missing:
            gone = update(seeds).where(seeds.c.id == seed)
            await self._connection.execute(gone.values(status=SeedStatus.MISSING))

    async def remove_seeds(self, gone: Collection[int], *, now: datetime) -> None:
        """Delete removed seeds; `withdraw_unseen` withdraws entries that are in no other seed."""
        async with self._connection.begin_nested():
            stamp = await next_stamp(self._connection, now=now)
            affected: set[int] = set()
            for seed in gone:
                unseen = delete(sightings).where(sightings.c.seed == seed)
                left = await self._connection.execute(unseen.returning(sightings.c.arrival))
                affected |= {row.arrival for row in left}
                await self._connection.execute(delete(seeds).where(seeds.c.id == seed))
            moves = await update_entries(
                self._connection,
                affected,
                new=(),
                label=self._label,
                stamp=stamp,
                free=self._free,
            )
            await self._apply(moves, stamp)

    async def withdraw_unseen(self, *, now: datetime) -> int:
        """Withdraw the entries that are in no seed any more; return their number."""
        withdrawn = 0
        while True:
            query = select(entries.c.arrival).where(UNSEEN).order_by(entries.c.arrival)
            arrivals = list(await self._connection.scalars(query.limit(CHUNK)))
            if not arrivals:
                return withdrawn
            await self._unpublish(arrivals, now=now, standing=Standing.WITHDRAWN)
            withdrawn += len(arrivals)

    async def take_down(self, entry_id: UUID, *, now: datetime) -> bool:
        """Take an entry down for good, even if seeds still contain it; return whether it exists."""
        row = await self._find(entry_id)
        if row is not None:
            await self._unpublish([row.arrival], now=now, taken_down=1)
        return row is not None

    async def put_back(self, entry_id: UUID, *, now: datetime) -> bool:
        """Undo a takedown, publishing the entry if a seed contains it; return whether it exists."""
        row = await self._find(entry_id)
        if row is not None and row.taken_down:
            async with self._connection.begin_nested():
                stamp = await next_stamp(self._connection, now=now)
                back = update(entries).where(entries.c.arrival == row.arrival)
                await self._connection.execute(back.values(taken_down=0))
                if row.standing != Standing.WITHDRAWN:
                    await self._publish(row.arrival, stamp=stamp)
        return row is not None

    async def relabel(self, *, after: int, now: datetime) -> int | None:
        """Relabel the next entries after an arrival number; return the last number, or None."""
        query = select(entries.c.arrival).where(entries.c.arrival > after)
        page = query.order_by(entries.c.arrival).limit(CHUNK)
        arrivals: list[int] = list(await self._connection.scalars(page))
        if not arrivals:
            return None
        async with self._connection.begin_nested():
            moves = await relabel_entries(self._connection, arrivals, label=self._label)
            if moves.touched:
                stamp = await next_stamp(self._connection, now=now)
                await self._apply(moves, stamp)
        return arrivals[-1]

    async def set_presentation(self, presentation: str, *, now: datetime) -> bool:
        """Raise every channel if what all documents show has changed; return whether it has."""
        if await read_clock(self._connection, "presentation") == presentation:
            return False
        async with self._connection.begin_nested():
            stamp = await next_stamp(self._connection, now=now)
            await touch_all_channels(self._connection, stamp=stamp, page_size=self._page_size)
            await set_clock(self._connection, presentation=presentation)
        return True

    async def settle_clock(self, *, now: datetime) -> int:
        """Move every date after `now` to it, and raise every channel; return how many entries.

        Entries keep their order, a second apart.
        """
        async with self._connection.begin_nested():
            redated = await settle_dates(self._connection, now=now)
            stamp = await next_stamp(self._connection, now=now)
            await touch_all_channels(self._connection, stamp=stamp, page_size=self._page_size)
        return redated

    async def end_scan(self, *, braked: bool, now: datetime) -> None:
        """Store that a scan has ended."""
        await set_clock(self._connection, scanned=to_seconds(now), braked=int(braked))

    async def set_vocabulary(self, vocabulary: str) -> None:
        """Store the fingerprint of what every entry is now labelled with."""
        await set_clock(self._connection, vocabulary=vocabulary)

    async def _save_seed(self, reading: SeedReading, status: SeedStatus, **good: Any) -> int:
        row = {
            "path": reading.path,
            "status": status,
            "hash": reading.hash,
            "size": reading.size,
            "mtime": reading.mtime,
            "encoding": reading.encoding,
            "reason": reading.reason,
            "line": reading.line,
            "problems": list(map(from_problem, reading.problems)),
            "removal_accepted": 0,
        }
        first = insert(seeds).values(row | {"entries": 0} | good)
        saved = first.on_conflict_do_update(index_elements=["path"], set_=row | good)
        return int((await self._connection.execute(saved.returning(seeds.c.id))).scalar_one())

    async def _mark_incomplete(self, seed: int) -> None:
        """Let the seed differ from its file, also after a restart; no bytes have an empty hash."""
        incomplete = update(seeds).where(seeds.c.id == seed)
        await self._connection.execute(incomplete.values(hash=b"", entries=seeds.c.entries - 1))

    async def _apply(self, moves: Moves, stamp: Stamp) -> None:
        await apply_moves(self._connection, moves, stamp=stamp, page_size=self._page_size)

    async def _find(self, entry_id: UUID) -> Any:
        query = select(entries).where(entries.c.id == entry_id)
        return (await self._connection.execute(query)).one_or_none()

    async def _unpublish(self, arrivals: Sequence[int], *, now: datetime, **state: Any) -> None:
        async with self._connection.begin_nested():
            stamp = await next_stamp(self._connection, now=now)
            moves = Moves()
            standing = await channels_of_entries(self._connection, arrivals)
            for arrival, channels in standing.items():
                moves.move(arrival, old=channels, new=frozenset())
            out = update(entries).where(entries.c.arrival.in_(arrivals))
            await self._connection.execute(out.values(**state))
            await self._apply(moves, stamp)

    async def _publish(self, arrival: int, *, stamp: Stamp) -> None:
        query = select(labels).where(labels.c.arrival == arrival).order_by(labels.c.rank)
        marks = tuple([to_label(row) for row in await self._connection.execute(query)])
        moves = Moves()
        moves.move(arrival, old=frozenset(), new=channels_of(marks))
        await self._apply(moves, stamp)


def _count(outcome: Reconciliation) -> Ingested:
    verdicts = Counter(placement.verdict for placement in outcome.placements)
    return Ingested(
        same=verdicts[Verdict.SAME],
        edited=verdicts[Verdict.EDITED],
        joined=verdicts[Verdict.JOINED],
        seen=verdicts[Verdict.SEEN],
        new=verdicts[Verdict.NEW],
        gone=len(outcome.gone),
    )
