"""Examines files: is each still being written, unchanged, acceptable or to be rejected?"""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncGenerator,
    Awaitable,
    Callable,
    Collection,
    Iterable,
    Mapping,
    Sequence,
)
from dataclasses import dataclass

from feedsvc.services.ingest.folder import SeedFile
from feedsvc.services.ingest.read import (
    AcceptedSeed,
    RejectedSeed,
    SeedBytes,
    SeedRules,
    read_bytes,
    read_or_reject,
)
from feedsvc.store.records import KnownSeed, SeedStatus

# More than this takes more than a tenth of a second, which is better spent in another process.
READ_HERE = 128 * 1024

ReadElsewhere = Callable[[Sequence[SeedBytes]], Awaitable[Sequence[AcceptedSeed | RejectedSeed]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnchangedSeed:
    """A seed whose bytes the store has, perhaps under another path or as missing."""

    seed: SeedFile
    known: KnownSeed

    @property
    def is_recorded(self) -> bool:
        """Whether the store also knows its present path and times."""
        signature = self.seed.signature
        return (
            self.known.status is not SeedStatus.MISSING
            and self.known.path == self.seed.path
            and (self.known.size, self.known.mtime) == (signature.size, signature.mtime)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingSeed:
    """A seed that changed while it was being read."""

    seed: SeedFile


ExaminedSeed = UnchangedSeed | MovingSeed | AcceptedSeed | RejectedSeed


class KnownSeeds:
    """The seeds in the store: by path, and the missing ones by hash, to recognise renamed files.

    `to_reread` are paths that have to be read although their bytes are the same.
    """

    def __init__(
        self,
        known: Mapping[str, KnownSeed],
        *,
        missing: Collection[str],
        to_reread: Collection[str],
    ) -> None:
        self._by_path = known
        self._missing_by_hash = {known[path].hash: known[path] for path in sorted(missing)}
        self._to_reread = frozenset(to_reread)

    def match(self, read: SeedBytes) -> KnownSeed | None:
        """The seed with these bytes; a missing one goes to the first file that has them."""
        known = self._by_path.get(read.seed.path)
        if known is None:
            known = self._missing_by_hash.pop(read.hash, None)
        if known is None or known.hash != read.hash or known.path in self._to_reread:
            return None
        return known


async def examine_batches(
    batches: Iterable[Sequence[SeedFile]],
    *,
    known: KnownSeeds,
    rules: SeedRules,
    read_elsewhere: ReadElsewhere | None = None,
    reached: Callable[[], None] = lambda: None,
) -> AsyncGenerator[list[ExaminedSeed], None]:
    """Examine batches of seeds in their order; while one is being used, the next is examined.

    Small batches are read in a thread, larger ones by `read_elsewhere`, if given. `reached` is
    called for each seed that has been examined, in any thread.
    """
    todo = iter(batches)

    def start() -> asyncio.Task[list[ExaminedSeed]] | None:
        batch = next(todo, None)
        if batch is None:
            return None
        return asyncio.create_task(_examine(batch, known, rules, read_elsewhere, reached))

    ahead = start()
    try:
        while ahead:
            examined = await ahead
            ahead = start()
            yield examined
    finally:
        if ahead:
            ahead.cancel()
            await asyncio.gather(ahead, return_exceptions=True)


async def _examine(
    seeds: Sequence[SeedFile],
    known: KnownSeeds,
    rules: SeedRules,
    read_elsewhere: ReadElsewhere | None,
    reached: Callable[[], None],
) -> list[ExaminedSeed]:
    compared = await asyncio.to_thread(_compare_all, seeds, known, rules)
    new = [one for one in compared if isinstance(one, SeedBytes)]
    if read_elsewhere and sum(len(one.data or b"") for one in new) > READ_HERE:
        found = await read_elsewhere(new)
    else:
        found = await asyncio.to_thread(lambda: [read_or_reject(one, rules) for one in new])
    read = iter(found)
    examined = [next(read) if isinstance(one, SeedBytes) else one for one in compared]
    for _ in examined:
        reached()
    return examined


def _compare_all(
    seeds: Sequence[SeedFile], known: KnownSeeds, rules: SeedRules
) -> list[SeedBytes | UnchangedSeed | MovingSeed]:
    return [_compare(seed, known, rules) for seed in seeds]


def _compare(
    seed: SeedFile, known: KnownSeeds, rules: SeedRules
) -> SeedBytes | UnchangedSeed | MovingSeed:
    """A seed's bytes if the store does not have them; blocks on the disk."""
    read = read_bytes(seed, max_bytes=rules.max_bytes)
    if read is None:
        return MovingSeed(seed=seed)
    same = known.match(read)
    return read if same is None else UnchangedSeed(seed=seed, known=same)
