"""Examines one file: is it still being written, unchanged, acceptable or to be rejected?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from feedsvc.services.ingest.folder import SeedFile
from feedsvc.services.ingest.read import (
    AcceptedSeed,
    RejectedSeed,
    SeedBytes,
    SeedRules,
    read_bytes,
    read_seed,
)
from feedsvc.store.records import KnownSeed, SeedStatus


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


def examine_seed(seed: SeedFile, *, known: KnownSeeds, rules: SeedRules) -> ExaminedSeed:
    """Read a seed as far as needed; blocks on the disk."""
    read = read_bytes(seed, max_bytes=rules.max_bytes)
    if read is None:
        return MovingSeed(seed=seed)
    same = known.match(read)
    if same is not None:
        return UnchangedSeed(seed=seed, known=same)
    return read_seed(read, rules)
