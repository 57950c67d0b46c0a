"""Looks at the folder and makes the store hold what stands in it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from feedsvc.domain.scan import ScanReport
from feedsvc.services.ingest.batches import batches
from feedsvc.services.ingest.folder import Folder, Found, SeedFile
from feedsvc.services.ingest.looks import Looks
from feedsvc.services.ingest.points import Point
from feedsvc.services.ingest.reading import Rules
from feedsvc.services.ingest.removal import PATIENCE_SECONDS, Missing, Removal, decide_removal
from feedsvc.services.ingest.steps import Bad, Good, Memory, Moving, Same, Step, examine
from feedsvc.services.ingest.tell import tell
from feedsvc.store.records import KnownSeed, SeedStatus
from feedsvc.store.transaction import Ingested, Transaction
from feedsvc.store.writer import Writer

log = structlog.get_logger("feedsvc.ingest")


class Ingest:
    """Scans one folder into one store.

    `settle` seconds is how long a file must stand still; `stale` reads every seed once more, for
    when what its words mean has changed; `progress` hears how many seeds of how many are done,
    `reached` each point that a scan passes, in the thread in which it does.
    """

    def __init__(
        self,
        writer: Writer,
        folder: Folder,
        rules: Rules,
        *,
        settle: float,
        stale: bool,
        now: Callable[[], datetime],
        tick: Callable[[], float] = time.monotonic,
        progress: Callable[[int, int], None] = lambda _done, _all: None,
        reached: Callable[[Point], None] = lambda _point: None,
    ) -> None:
        self._writer = writer
        self._folder = folder
        self._rules = rules
        self._looks = Looks(settle=settle)
        self._now = now
        self._tick = tick
        self._progress = progress
        self._reached = reached
        self._all_stale = stale
        self._held: tuple[KnownSeed, ...] | None = None
        # Since when entries may stand nowhere that have not been withdrawn; None: none do.
        self._unseen_since: float | None = None
        self._stale: set[str] | None = None
        self._lags: list[float] = []

    async def scan(self) -> ScanReport:
        """Take in what is new or changed, then withdraw what is gone, unless the brake holds.

        Raises:
            DatabaseError: The store cannot be written; the next scan goes on where this one ended.
        """
        found = await asyncio.to_thread(self._folder.find)
        self._reached(Point.LISTED)
        known = await self._known_seeds()
        missing = _missing(found, known)
        still, moving = self._looks.split(
            found.files, tick=self._tick(), now=self._now().timestamp()
        )
        memory = Memory(known, missing=missing, stale=self._stale or ())
        steps = await self._take_in([s for s in still if self._is_news(s, known)], memory)
        missing -= {step.known.path for step in steps if isinstance(step, Same)}
        unsettled = bool(moving) or any(isinstance(step, Moving) for step in steps)
        removal = self._decide(found, known, missing=missing, unsettled=unsettled)
        if self._unseen_since is None and (self._held is None or not all(map(_is_noted, steps))):
            self._unseen_since = self._tick()
        withdrawn = 0
        if removal.gone or removal.held != self._held or self._unseen_since is not None:
            withdrawn = await self._remove(removal, known, unsettled=unsettled)
            self._held = removal.held
        self._reached(Point.ENDED)
        lags, self._lags = tuple(self._lags), []
        return ScanReport(
            accepted=sum(isinstance(step, Good) for step in steps),
            rejected=sum(isinstance(step, Bad) for step in steps),
            withdrawn=withdrawn,
            unsettled=unsettled or removal.waiting,
            degraded=removal.degraded,
            lags=lags,
        )

    async def _known_seeds(self) -> dict[str, KnownSeed]:
        seeds = await self._writer.known_seeds()
        known = {seed.path: seed for seed in seeds if self._folder.covers(seed.path)}
        if self._stale is None:
            # A rejected seed may be good to this version or under these settings.
            self._stale = {
                path
                for path, seed in known.items()
                if self._all_stale or seed.status is SeedStatus.REJECTED
            }
        return known

    def _is_news(self, seed: SeedFile, known: dict[str, KnownSeed]) -> bool:
        before = known.get(seed.path)
        expected = before is not None and before.status is not SeedStatus.MISSING
        return not (expected and self._looks.is_known(seed))

    async def _take_in(self, seeds: Sequence[SeedFile], memory: Memory) -> list[Step]:
        steps: list[Step] = []
        for batch in batches(seeds):
            looked = await asyncio.to_thread(self._examine, batch, memory)
            await self._write(looked)
            for step in looked:
                self._note_done(step)
            steps += looked
            self._progress(len(steps), len(seeds))
        return steps

    def _examine(self, seeds: Sequence[SeedFile], memory: Memory) -> list[Step]:
        return [self._examine_one(seed, memory) for seed in seeds]

    def _examine_one(self, seed: SeedFile, memory: Memory) -> Step:
        step = examine(seed, memory=memory, rules=self._rules)
        self._reached(Point.READ)
        return step

    def _note_done(self, step: Step) -> None:
        if not isinstance(step, Moving):
            self._looks.note_read(step.seed, now=self._now().timestamp())
            if self._stale:
                self._stale.discard(step.seed.path)

    async def _write(self, steps: Sequence[Step]) -> None:
        """Write what the store has to learn, in one commit; say so when it is done."""
        news = [step for step in steps if isinstance(step, Good | Bad)]
        kept = [step for step in steps if isinstance(step, Same) and not step.noted]
        if not news and not kept:
            return
        async with self._writer.transaction() as transaction:
            for same in kept:
                await _keep(transaction, same)
            outcomes = [await self._write_news(transaction, step) for step in news]
        self._reached(Point.COMMITTED)
        self._lags += self._lags_of(news)
        for step, outcome in zip(news, outcomes, strict=True):
            tell(step, outcome)

    def _lags_of(self, news: Sequence[Good | Bad]) -> list[float]:
        """How late accepted files are; not of those that only mean something new."""
        now = self._now().timestamp()
        return [
            step.seed.signature.age(now=now)
            for step in news
            if isinstance(step, Good) and step.seed.path not in (self._stale or ())
        ]

    async def _write_news(self, transaction: Transaction, step: Good | Bad) -> Ingested | None:
        if isinstance(step, Bad):
            await transaction.reject(step.bad.reading)
            return None
        good = step.good
        outcome = await transaction.accept(
            good.reading, good.drafts, rolling=good.rolling, now=self._now()
        )
        self._reached(Point.WRITTEN)
        return outcome

    def _decide(
        self,
        found: Found,
        known: dict[str, KnownSeed],
        *,
        missing: set[str],
        unsettled: bool,
    ) -> Removal:
        tick = self._tick()
        waiting = [
            Missing(seed=known[path], gone_for=self._looks.gone_for(path, tick=tick))
            for path in sorted(missing)
        ]
        self._looks.forget_gone(missing)
        return decide_removal(
            waiting,
            known=sum(seed.entries > 0 for seed in known.values()),
            found=found,
            settle=self._looks.settle,
            unsettled=unsettled,
        )

    async def _remove(
        self,
        removal: Removal,
        known: dict[str, KnownSeed],
        *,
        unsettled: bool,
    ) -> int:
        may_withdraw = bool(removal.gone) or self._may_withdraw(unsettled=unsettled)
        withdrawn = 0
        unmarked = [
            seed.id for seed in removal.held if known[seed.path].status is not SeedStatus.MISSING
        ]
        self._reached(Point.REMOVING)
        async with self._writer.transaction() as transaction:
            if unmarked:
                await transaction.miss(unmarked)
            if removal.gone:
                await transaction.forget([seed.id for seed in removal.gone], now=self._now())
            if may_withdraw:
                withdrawn = await transaction.withdraw_unseen(now=self._now())
            await transaction.end_scan(braked=bool(removal.held), now=self._now())
            self._reached(Point.REMOVED)
        if may_withdraw:
            self._unseen_since = None
        for seed in removal.gone:
            log.info("seed removed", seed=seed.path)
        if withdrawn:
            log.info("entries withdrawn", entries=withdrawn)
        return withdrawn

    def _may_withdraw(self, *, unsettled: bool) -> bool:
        """An entry may be on its way to a file that is still being written, but not for ever."""
        waited = 0.0 if self._unseen_since is None else self._tick() - self._unseen_since
        return not unsettled or waited >= PATIENCE_SECONDS


def _missing(found: Found, known: dict[str, KnownSeed]) -> set[str]:
    present = {seed.path for seed in found.files}
    return {path for path in known if path not in present and found.may_miss(path)}


def _is_noted(step: Step) -> bool:
    return isinstance(step, Moving) or (isinstance(step, Same) and step.noted)


async def _keep(transaction: Transaction, same: Same) -> None:
    if same.known.status is SeedStatus.MISSING:
        await transaction.restore_seed(same.known.id)
    signature = same.seed.signature
    await transaction.keep(
        same.known.id, path=same.seed.path, size=signature.size, mtime=signature.mtime
    )
