"""Where a scan is, and what it leaves for the next one of the same process."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from feedsvc.services.ingest.examine import ExaminedSeed, MovingSeed
from feedsvc.services.ingest.folder import SeedFile, Signature
from feedsvc.services.ingest.read import AcceptedSeed
from feedsvc.services.ingest.stability import FileStability
from feedsvc.store.records import KnownSeed, SeedStatus, SkippedFile


class Checkpoint(StrEnum):
    """The steps of a scan, at each of which it can be watched, or killed by a test.

    A step's changes are only kept from `COMMITTED`, `REMOVED` and `ENDED` on.
    """

    LISTED = "the folder is listed"
    READ = "a seed is read"
    WRITTEN = "a seed is written, not yet committed"
    COMMITTED = "a batch of seeds is committed"
    REMOVING = "removals begin"
    REMOVED = "removals are written, not yet committed"
    ENDED = "the scan has ended"


@dataclass(slots=True)
class ScanState:
    """What one scan has to know of those before it.

    `held`: the seeds that the store knows to be held by the brake; None before the first scan.
    `unseen_since`: since when entries that are in no seed may wait to be withdrawn; None if there
    are none. `skipped`: the files that the store knows to be skipped; None before the first scan.
    `lags`: the lags of ingested files that no report has counted yet. `stored`: the seeds in the
    store as of the scan before; `known`: those of them in the folder, by path.
    """

    stability: FileStability
    held: tuple[KnownSeed, ...] | None = None
    unseen_since: float | None = None
    skipped: tuple[SkippedFile, ...] | None = None
    lags: list[float] = field(default_factory=list)
    stored: tuple[KnownSeed, ...] | None = None
    known: dict[str, KnownSeed] = field(default_factory=dict)
    _on_hold: dict[str, tuple[Signature, float]] = field(default_factory=dict)
    _to_reread: set[str] | None = None

    def plan_rereading(self, known: Mapping[str, KnownSeed], *, everything: bool) -> None:
        """In the first scan, choose what to read although its bytes are the same.

        A rejected seed may be accepted by this version or with these settings.
        """
        if self._to_reread is None:
            self._to_reread = {
                path
                for path, seed in known.items()
                if everything or seed.status is SeedStatus.REJECTED
            }

    @property
    def to_reread(self) -> frozenset[str]:
        """The stored paths that still have to be read although their bytes are the same."""
        return frozenset(self._to_reread or ())

    def put_on_hold(self, seed: SeedFile, *, until: float) -> None:
        """Do not read a file again before `until` unless it changes; it may still be uploading."""
        self._on_hold[seed.path] = (seed.signature, until)

    def is_on_hold(self, seed: SeedFile, *, tick: float) -> bool:
        """Whether a file waits until its last entry may be new."""
        signature, until = self._on_hold.get(seed.path, (None, 0.0))
        return signature == seed.signature and tick < until

    def forget_holds(self, *, tick: float) -> bool:
        """Forget the files that have waited for long enough; whether any other still waits."""
        self._on_hold = {path: hold for path, hold in self._on_hold.items() if tick < hold[1]}
        return bool(self._on_hold)

    def note_written(
        self, examined: Iterable[ExaminedSeed], *, held: Collection[str], now: float
    ) -> None:
        """Remember a batch that is in the store, except the `held` paths, at Unix seconds."""
        for one in examined:
            if isinstance(one, MovingSeed) or one.seed.path in held:
                continue
            rereads = self._to_reread or set()
            # A seed that is only read again was not late.
            if isinstance(one, AcceptedSeed) and one.seed.path not in rereads:
                self.lags.append(one.seed.signature.age(now=now))
            self.stability.mark_read(one.seed, now=now)
            rereads.discard(one.seed.path)

    def take_lags(self) -> tuple[float, ...]:
        """The lags to report, which are forgotten."""
        lags, self.lags = tuple(self.lags), []
        return lags

    def seconds_unseen(self, *, tick: float) -> float:
        """For how long entries that are in no seed have been waiting."""
        return 0.0 if self.unseen_since is None else tick - self.unseen_since
