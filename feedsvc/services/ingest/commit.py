"""Writes examined seeds into the store, one batch a commit, and logs what became of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from feedsvc.domain.batch.decide import Ingested
from feedsvc.domain.dates import FreeSeconds
from feedsvc.services.ingest.examine import ExaminedSeed, UnchangedSeed
from feedsvc.services.ingest.folder import SeedFile
from feedsvc.services.ingest.read import AcceptedSeed, RejectedSeed
from feedsvc.services.ingest.state import Checkpoint
from feedsvc.store.database import DatabaseError
from feedsvc.store.records import Acceptance, FoundSeed, SeedReading, SeedStatus
from feedsvc.store.writer import Writer

SEEDS_PER_COMMIT = 64
BYTES_PER_COMMIT = 4 * 1024 * 1024

News = AcceptedSeed | RejectedSeed

log = structlog.get_logger("feedsvc.ingest")


def split_into_batches(seeds: Sequence[SeedFile]) -> Iterator[list[SeedFile]]:
    """The seeds of each commit: a limited number, small enough to be in memory together."""
    batch: list[SeedFile] = []
    size = 0
    for seed in seeds:
        if batch and (len(batch) == SEEDS_PER_COMMIT or size > BYTES_PER_COMMIT):
            yield batch
            batch, size = [], 0
        batch.append(seed)
        size += seed.signature.size
    if batch:
        yield batch


async def commit_batch(
    writer: Writer,
    examined: Sequence[ExaminedSeed],
    *,
    held: Collection[str],
    free: FreeSeconds,
    now: Callable[[], datetime],
    reached: Callable[[Checkpoint], None],
) -> frozenset[str]:
    """Write what the store does not know yet; log it once it is committed.

    `held` are the paths of seeds whose last entry may not be new yet. Returns those of them that
    had such an entry. `free` are the seconds that entries of the scan may still be dated with.

    Raises:
        DatabaseError: The store cannot be written to; nothing of the batch is kept.
    """
    news = [one for one in examined if isinstance(one, AcceptedSeed | RejectedSeed)]
    moved = [one for one in examined if isinstance(one, UnchangedSeed) and not one.is_recorded]
    if not news and not moved:
        return frozenset()
    committing = _Committing(writer=writer, held=held, free=free, now=now, reached=reached)
    return frozenset(await committing.commit(news, moved))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Committing:
    """How the seeds of a batch are committed."""

    writer: Writer
    held: Collection[str]
    free: FreeSeconds
    now: Callable[[], datetime]
    reached: Callable[[Checkpoint], None]

    async def commit(self, news: Sequence[News], moved: Sequence[UnchangedSeed]) -> list[str]:
        """Commit seeds together; return the paths of those with an entry that was held.

        If this fails, the seed that cannot be stored is found by halving, and is rejected.
        """
        try:
            return await self._commit_together(news, moved)
        except DatabaseError:
            raise
        except Exception as error:
            if not news:
                raise
            if len(news) > 1:
                half = len(news) // 2
                first = await self.commit(news[:half], moved)
                return first + await self.commit(news[half:], ())
            (one,) = news
            if isinstance(one, RejectedSeed):
                raise
            log.exception("file cannot be stored", seed=one.seed.path)
            reason = f"cannot be stored: {error}; please report this as a bug of feedsvc"
            rejected = replace(one.reading, reason=reason, problems=())
            return await self._commit_together(
                [RejectedSeed(seed=one.seed, reading=rejected)], moved
            )

    async def _commit_together(
        self, news: Sequence[News], moved: Sequence[UnchangedSeed]
    ) -> list[str]:
        async with self.writer.transaction(self.free) as transaction:
            outcomes = await transaction.write(
                [self._acceptance(one) for one in news],
                found=[_found(one) for one in moved],
                now=self.now(),
            )
            for outcome in outcomes:
                if outcome is not None:
                    self.reached(Checkpoint.WRITTEN)
        self.reached(Checkpoint.COMMITTED)
        for one, outcome in zip(news, outcomes, strict=True):
            _log_outcome(one, outcome)
        return [
            one.seed.path
            for one, outcome in zip(news, outcomes, strict=True)
            if outcome is not None and outcome.held
        ]

    def _acceptance(self, one: News) -> Acceptance | SeedReading:
        if isinstance(one, RejectedSeed):
            return one.reading
        return Acceptance(
            reading=one.reading,
            drafts=one.drafts,
            rolling=one.rolling,
            hold_last=one.seed.path in self.held,
        )


def _found(unchanged: UnchangedSeed) -> FoundSeed:
    """The path and times under which a seed is found now."""
    known, signature = unchanged.known, unchanged.seed.signature
    return FoundSeed(
        id=known.id,
        path=unchanged.seed.path,
        size=signature.size,
        mtime=signature.mtime,
        was_missing=known.status is SeedStatus.MISSING,
    )


def _log_outcome(news: News, outcome: Ingested | None) -> None:
    """One line a seed, and one for each of its problems; `outcome` is None if it was rejected."""
    reading = news.reading
    if isinstance(news, RejectedSeed) and news.traceback:
        log.error("file cannot be read", seed=reading.path, exception=news.traceback)
    if isinstance(news, RejectedSeed) or outcome is None:
        log.warning("file rejected", seed=reading.path, line=reading.line, reason=reading.reason)
        return
    log.info(
        "file published",
        seed=reading.path,
        encoding=reading.encoding,
        entries=len(news.drafts),
        new=outcome.new,
        edited=outcome.edited + outcome.joined,
        seen=outcome.seen,
        gone=outcome.gone,
        **({"held": 1} if outcome.held else {}),
    )
    for problem in reading.problems:
        log.warning(
            "file has a problem", seed=reading.path, line=problem.line, reason=problem.message
        )
