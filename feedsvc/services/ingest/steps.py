"""What a look at one seed comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from feedsvc.services.ingest.folder import SeedFile
from feedsvc.services.ingest.reading import BadSeed, GoodSeed, Rules, read_bytes, read_seed
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What the store knows: by path, and the missing ones by hash, to know a renamed file by.

    `stale` are paths whose bytes must be read as new although they are the same.
    """

    by_path: Mapping[str, KnownSeed]
    gone_by_hash: Mapping[bytes, KnownSeed]
    stale: frozenset[str]


def examine(seed: SeedFile, *, memory: Memory, rules: Rules) -> Step:
    """Read a seed as far as needed; blocks on the disk."""
    read = read_bytes(seed, max_bytes=rules.max_bytes)
    if read is None:
        return Moving(seed=seed)
    known = memory.by_path.get(seed.path)
    if known is None and read.data is not None:
        known = memory.gone_by_hash.get(read.hash)
    if known is not None and known.hash == read.hash and known.path not in memory.stale:
        return Same(seed=seed, known=known)
    match read_seed(read, rules):
        case GoodSeed() as good:
            return Good(seed=seed, good=good)
        case BadSeed() as bad:
            return Bad(seed=seed, bad=bad)
