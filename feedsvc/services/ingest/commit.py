"""Writes examined seeds into the store, one batch a commit, and logs what became of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime

import structlog

from feedsvc.domain.dates import FreeSeconds
from feedsvc.services.ingest.examine import ExaminedSeed, UnchangedSeed
from feedsvc.services.ingest.folder import SeedFile
from feedsvc.services.ingest.read import AcceptedSeed, RejectedSeed
from feedsvc.services.ingest.state import Checkpoint
from feedsvc.store.records import SeedStatus
from feedsvc.store.transaction import Ingested, Transaction
from feedsvc.store.writer import Writer

SEEDS_PER_COMMIT = 64
BYTES_PER_COMMIT = 4 * 1024 * 1024

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
    outcomes: list[Ingested | None] = []
    async with writer.transaction(free) as transaction:
        for unchanged in moved:
            await _record(transaction, unchanged)
        for one in news:
            outcomes.append(await _write(transaction, one, held=held, now=now()))
            if isinstance(one, AcceptedSeed):
                reached(Checkpoint.WRITTEN)
    reached(Checkpoint.COMMITTED)
    for one, outcome in zip(news, outcomes, strict=True):
        _log_outcome(one, outcome)
    return frozenset(
        one.seed.path
        for one, outcome in zip(news, outcomes, strict=True)
        if outcome and outcome.held
    )


async def _record(transaction: Transaction, unchanged: UnchangedSeed) -> None:
    """Note the path and times under which the seed is found now."""
    known, signature = unchanged.known, unchanged.seed.signature
    if known.status is SeedStatus.MISSING:
        await transaction.mark_found(known.id)
    await transaction.mark_unchanged(
        known.id, path=unchanged.seed.path, size=signature.size, mtime=signature.mtime
    )


async def _write(
    transaction: Transaction,
    news: AcceptedSeed | RejectedSeed,
    *,
    held: Collection[str],
    now: datetime,
) -> Ingested | None:
    if isinstance(news, RejectedSeed):
        await transaction.reject(news.reading)
        return None
    return await transaction.accept(
        news.reading,
        news.drafts,
        rolling=news.rolling,
        hold_last=news.seed.path in held,
        now=now,
    )


def _log_outcome(news: AcceptedSeed | RejectedSeed, outcome: Ingested | None) -> None:
    """One line a seed, and one for each of its problems; `outcome` is None if it was rejected."""
    reading = news.reading
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
