"""Scans the folder and makes the store match it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import aclosing
from datetime import datetime

import structlog

from feedsvc.domain.dates import FreeSeconds
from feedsvc.domain.scan import ScanReport
from feedsvc.services.ingest.commit import commit_batch, split_into_batches
from feedsvc.services.ingest.counts import ScanCounts
from feedsvc.services.ingest.examine import (
    ExaminedSeed,
    KnownSeeds,
    ReadElsewhere,
    examine_batches,
)
from feedsvc.services.ingest.folder import Folder, FolderContents, SeedFile
from feedsvc.services.ingest.read import AcceptedSeed, SeedRules
from feedsvc.services.ingest.removal import PATIENCE_SECONDS, MissingSeed, Removal, decide_removal
from feedsvc.services.ingest.stability import FileStability
from feedsvc.services.ingest.state import Checkpoint, ScanState
from feedsvc.store.records import KnownSeed, SeedStatus
from feedsvc.store.writer import Writer

log = structlog.get_logger("feedsvc.ingest")


class Ingester:
    """Scans one folder into one store.

    `settle` is for how many seconds a file must be unchanged before it is read, `hold` for how
    many before the last entry of an unfinished file may be new. `reread` reads
    every seed once more, because its words now mean something else. `read_elsewhere` reads what is
    too much for this process. `progress` is called with how
    many files of how many are done, `reached` with each checkpoint, in the thread that reaches it.
    """

    def __init__(
        self,
        writer: Writer,
        folder: Folder,
        rules: SeedRules,
        *,
        settle: float,
        hold: float = 0.0,
        reread: bool,
        now: Callable[[], datetime],
        tick: Callable[[], float] = time.monotonic,
        read_elsewhere: ReadElsewhere | None = None,
        progress: Callable[[int, int], None] = lambda _done, _all: None,
        reached: Callable[[Checkpoint], None] = lambda _checkpoint: None,
    ) -> None:
        self._writer = writer
        self._folder = folder
        self._rules = rules
        self._reread = reread
        self._now = now
        self._tick = tick
        self._read_elsewhere = read_elsewhere
        self._progress = progress
        self._reached = reached
        self._state = ScanState(stability=FileStability(settle=settle, hold=hold))

    async def scan(self) -> ScanReport:
        """Ingest what is new or changed, then withdraw what is gone, unless the brake holds it.

        Raises:
            DatabaseError: The store cannot be written to; the next scan resumes from there.
        """
        contents = await asyncio.to_thread(self._folder.find)
        self._reached(Checkpoint.LISTED)
        await self._note_skipped(contents)
        known = await self._read_known()
        missing = _find_missing(contents, known)
        free = FreeSeconds()
        stable, moving = self._state.stability.split(
            contents.files, tick=self._tick(), now=self._now().timestamp()
        )
        examined = await self._ingest(
            [seed for seed in stable if self._must_examine(seed, known)],
            KnownSeeds(known, missing=missing, to_reread=self._state.to_reread),
            free=free,
        )
        # The missing seeds that were found again under another path.
        missing -= examined.found
        unsettled = bool(moving or examined.moving)
        removal = self._decide(contents, known, missing=missing, unsettled=unsettled)
        self._note_unseen(news=examined.news)
        withdrawn = await self._remove(removal, known, unsettled=unsettled, free=free)
        self._reached(Checkpoint.ENDED)
        return ScanReport(
            accepted=examined.accepted,
            rejected=examined.rejected,
            withdrawn=withdrawn,
            unsettled=unsettled or removal.waiting or self._state.forget_holds(tick=self._tick()),
            settles_in=self._state.stability.seconds_to_settle(tick=self._tick()),
            degraded=removal.degraded,
            lags=self._state.take_lags(),
        )

    async def _note_skipped(self, contents: FolderContents) -> None:
        """Note in the store and in the log which files are not read, if that has changed."""
        before = self._state.skipped
        if not contents.readable or self._folder.within is not None or contents.skipped == before:
            return
        async with self._writer.transaction() as transaction:
            await transaction.set_skipped(contents.skipped)
        for file in contents.skipped:
            if file not in (before or ()):
                log.info("file skipped", seed=file.path, reason=file.reason)
        self._state.skipped = contents.skipped

    async def _read_known(self) -> dict[str, KnownSeed]:
        seeds = await self._writer.known_seeds()
        state = self._state
        if seeds is not state.stored:
            state.known = {seed.path: seed for seed in seeds if self._folder.covers(seed.path)}
            state.stored = seeds
        state.plan_rereading(state.known, everything=self._reread)
        return state.known

    def _must_examine(self, seed: SeedFile, known: dict[str, KnownSeed]) -> bool:
        before = known.get(seed.path)
        if before is None or before.status is SeedStatus.MISSING:
            return True
        if self._state.stability.is_read(seed):
            return False
        return not self._state.is_on_hold(seed, tick=self._tick())

    async def _ingest(
        self,
        seeds: Sequence[SeedFile],
        known: KnownSeeds,
        *,
        free: FreeSeconds,
    ) -> ScanCounts:
        """Examine files and write what is new, batch by batch; nothing of a batch is kept."""
        counts = ScanCounts(files=len(seeds), began=self._tick())
        examining = examine_batches(
            split_into_batches(seeds),
            known=known,
            rules=self._rules,
            read_elsewhere=self._read_elsewhere,
            reached=lambda: self._reached(Checkpoint.READ),
        )
        async with aclosing(examining):
            async for examined in examining:
                await self._commit(examined, free=free)
                counts.add(examined, tick=self._tick())
                self._progress(counts.done, counts.files)
        return counts

    async def _commit(self, examined: Sequence[ExaminedSeed], *, free: FreeSeconds) -> None:
        """Write what is new in a batch, and remember what has been done."""
        unfinished = self._find_unfinished(examined)
        held = await commit_batch(
            self._writer,
            examined,
            held=unfinished,
            free=free,
            now=self._now,
            reached=self._reached,
        )
        self._state.note_written(examined, held=held, now=self._now().timestamp())
        for one in examined:
            if one.seed.path in held:
                self._state.put_on_hold(one.seed, until=self._tick() + unfinished[one.seed.path])

    def _find_unfinished(self, examined: Sequence[ExaminedSeed]) -> dict[str, float]:
        """The files that look as if they were being uploaded, with the seconds to wait for each."""
        stability = self._state.stability
        seconds = {
            one.seed.path: stability.seconds_to_hold(one.seed, ends_line=one.ends_line)
            for one in examined
            if isinstance(one, AcceptedSeed)
        }
        return {path: hold for path, hold in seconds.items() if hold > 0}

    def _decide(
        self,
        contents: FolderContents,
        known: dict[str, KnownSeed],
        *,
        missing: set[str],
        unsettled: bool,
    ) -> Removal:
        stability, tick = self._state.stability, self._tick()
        candidates = [
            MissingSeed(seed=known[path], missing_for=stability.seconds_missing(path, tick=tick))
            for path in sorted(missing)
        ]
        stability.forget_all_missing_but(missing)
        return decide_removal(
            candidates,
            known=sum(seed.entries > 0 for seed in known.values()),
            contents=contents,
            settle=stability.settle,
            unsettled=unsettled,
        )

    def _note_unseen(self, *, news: bool) -> None:
        """Note that entries may now be in no seed: after a change, or before the first scan."""
        is_first = self._state.held is None
        if self._state.unseen_since is None and (is_first or news):
            self._state.unseen_since = self._tick()

    async def _remove(
        self,
        removal: Removal,
        known: dict[str, KnownSeed],
        *,
        unsettled: bool,
        free: FreeSeconds,
    ) -> int:
        """Write what was decided; how many entries are withdrawn."""
        state = self._state
        if not removal.removed and removal.held == state.held and state.unseen_since is None:
            return 0
        may_withdraw = bool(removal.removed) or self._may_withdraw(unsettled=unsettled)
        withdrawn = 0
        unmarked = [
            seed.id for seed in removal.held if known[seed.path].status is not SeedStatus.MISSING
        ]
        self._reached(Checkpoint.REMOVING)
        async with self._writer.transaction(free) as transaction:
            if unmarked:
                await transaction.mark_missing(unmarked)
            if removal.removed:
                await transaction.remove_seeds(
                    [seed.id for seed in removal.removed], now=self._now()
                )
            if may_withdraw:
                withdrawn = await transaction.withdraw_unseen(now=self._now())
            await transaction.end_scan(braked=bool(removal.held), now=self._now())
            self._reached(Checkpoint.REMOVED)
        if may_withdraw:
            state.unseen_since = None
        state.held = removal.held
        _log_removal(removal, withdrawn)
        return withdrawn

    def _may_withdraw(self, *, unsettled: bool) -> bool:
        """An entry may be moving to a file that is still being written, but not for ever."""
        return not unsettled or self._state.seconds_unseen(tick=self._tick()) >= PATIENCE_SECONDS


def _find_missing(contents: FolderContents, known: dict[str, KnownSeed]) -> set[str]:
    present = {seed.path for seed in contents.files}
    return {path for path in known if path not in present and contents.would_show(path)}


def _log_removal(removal: Removal, withdrawn: int) -> None:
    for seed in removal.removed:
        log.info("file removed", seed=seed.path)
    if withdrawn:
        log.info("entries removed", entries=withdrawn)
