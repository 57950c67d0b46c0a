"""Finds out which files have stopped changing, and which have not changed since they were read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from feedsvc.services.ingest.folder import SeedFile, Signature

# A file that is written twice within a tick of the file system's clock keeps its signature, so a
# signature only identifies the content if the file was older than this when it was read.
TICK_NANOSECONDS = 2_000_000_000


# A file that changed its size at least this often within this time is being uploaded in steps.
STEPS = 2
STEPS_WITHIN = 120.0
# How much longer than `hold` a file waits that was cut in a line, compared with one in steps.
CUT_LINE = 2


@dataclass(slots=True)
class _Observation:
    signature: Signature
    since: float
    quiet_for: float = 0.0
    resized: tuple[float, ...] = ()
    identifies_content: bool = False


@dataclass(slots=True)
class FileStability:
    """Compares the files of a folder with how they were in the scan before.

    `settle` is for how many seconds a file must be unchanged before it is read, `hold` for how
    many before the last entry of a file may be new that looks as if it were still being uploaded.
    """

    settle: float
    hold: float = 0.0
    _first: bool = True
    _observations: dict[str, _Observation] = field(default_factory=dict)
    _missing_since: dict[str, float] = field(default_factory=dict)

    def split(
        self,
        files: Iterable[SeedFile],
        *,
        tick: float,
        now: float,
    ) -> tuple[list[SeedFile], list[SeedFile]]:
        """The files that are unchanged for long enough, and the others.

        `tick` is a monotonic clock's seconds, `now` Unix seconds. The first call trusts the age of
        a file; later ones do not, since the system clock may jump while a file is being written.
        """
        stable: list[SeedFile] = []
        moving: list[SeedFile] = []
        before, self._observations = self._observations, {}
        for seed in files:
            observation = _observe(seed.signature, before.get(seed.path), tick=tick)
            self._observations[seed.path] = observation
            age = now - _last_change(seed.signature) / 1e9 if self._first else 0.0
            unchanged_for = max(tick - observation.since, age)
            # A copy keeps the time of the last writing, an upload that is under way does not.
            observation.quiet_for = max(unchanged_for, now - seed.signature.mtime / 1e9)
            (stable if unchanged_for >= self.settle else moving).append(seed)
        self._first = False
        return stable, moving

    def is_read(self, seed: SeedFile) -> bool:
        """Whether the file has certainly not changed since it was read."""
        observation = self._observations.get(seed.path)
        return (
            observation is not None
            and observation.identifies_content
            and observation.signature == seed.signature
        )

    def seconds_to_hold(self, seed: SeedFile, *, ends_line: bool) -> float:
        """For how long the last entry of a file may not be new yet; 0 if it may.

        A file whose last line has no end may have been cut off in it, and one that has changed its
        size several times lately is probably being uploaded in steps.
        """
        observation = self._observations[seed.path]
        if not ends_line:
            hold = self.hold
        elif len(observation.resized) >= STEPS:
            hold = self.hold / CUT_LINE
        else:
            hold = 0.0
        return max(0.0, hold - observation.quiet_for)

    def mark_read(self, seed: SeedFile, *, now: float) -> None:
        """Remember that the file's present state has been ingested, at a time in Unix seconds."""
        age = now * 1e9 - _last_change(seed.signature)
        self._observations[seed.path].identifies_content = age > TICK_NANOSECONDS

    def seconds_missing(self, path: str, *, tick: float) -> float:
        """For how long a path has been missing, counted from the first call."""
        return tick - self._missing_since.setdefault(path, tick)

    def forget_all_missing_but(self, missing: Iterable[str]) -> None:
        """Start from zero when a path that is not in `missing` goes missing again."""
        still = set(missing)
        self._missing_since = {
            path: since for path, since in self._missing_since.items() if path in still
        }


def _observe(signature: Signature, before: _Observation | None, *, tick: float) -> _Observation:
    """What is known of a file now, with the times of its latest changes of size."""
    if before is None:
        return _Observation(signature=signature, since=tick)
    if before.signature == signature:
        return before
    resized = tuple(time for time in before.resized if tick - time <= STEPS_WITHIN)
    if before.signature.size != signature.size:
        resized = (*resized, tick)[-STEPS:]
    return _Observation(signature=signature, since=tick, resized=resized)


def _last_change(signature: Signature) -> int:
    return max(signature.mtime, signature.ctime)
