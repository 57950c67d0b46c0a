"""What a look at one seed comes to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from feedsvc.services.ingest.folder import SeedFile
from feedsvc.services.ingest.reading import (
    BadSeed,
    GoodSeed,
    Rules,
    SeedBytes,
    read_bytes,
    read_seed,
)
from feedsvc.store.records import KnownSeed, SeedStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """A seed whose bytes the store has, perhaps under another path or as missing."""

    seed: SeedFile
    known: KnownSeed

    @property
    def noted(self) -> bool:
        """Whether the store has nothing to learn."""
        signature = self.seed.signature
        return (
            self.known.status is not SeedStatus.MISSING
            and self.known.path == self.seed.path
            and (self.known.size, self.known.mtime) == (signature.size, signature.mtime)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """A seed that is being written while it is read."""

    seed: SeedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Good:
    """A seed with entries to publish."""

    seed: SeedFile
    good: GoodSeed


@dataclass(frozen=True, slots=True, kw_only=True)
class Bad:
    """A seed that is rejected."""

    seed: SeedFile
    bad: BadSeed


Step = Same | Moving | Good | Bad


class Memory:
    """What the store knows: by path, and the missing ones by hash, to know a renamed file by.

    `stale` are paths whose bytes must be read as new although they are the same.
    """

    def __init__(
        self,
        known: Mapping[str, KnownSeed],
        *,
        missing: Collection[str],
        stale: Collection[str],
    ) -> None:
        self._by_path = known
        self._gone_by_hash = {known[path].hash: known[path] for path in sorted(missing)}
        self._stale = frozenset(stale)

    def recall(self, read: SeedBytes) -> KnownSeed | None:
        """The seed that has these bytes; a missing one is taken by the first file that does."""
        known = self._by_path.get(read.seed.path)
        if known is None:
            known = self._gone_by_hash.pop(read.hash, None)
        if known is None or known.hash != read.hash or known.path in self._stale:
            return None
        return known


def examine(seed: SeedFile, *, memory: Memory, rules: Rules) -> Step:
    """Read a seed as far as needed; blocks on the disk."""
    read = read_bytes(seed, max_bytes=rules.max_bytes)
    if read is None:
        return Moving(seed=seed)
    known = memory.recall(read)
    if known is not None:
        return Same(seed=seed, known=known)
    match read_seed(read, rules):
        case GoodSeed() as good:
            return Good(seed=seed, good=good)
        case BadSeed() as bad:
            return Bad(seed=seed, bad=bad)
