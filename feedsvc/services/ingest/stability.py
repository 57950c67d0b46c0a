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
    age: float = 0.0
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
    _tick: float = 0.0
    _now: float = 0.0
    _due: float | None = None
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
        before, after = self._observations, {}
        # No file has been in its state for longer than since the scan before, in which it was in
        # another. If the clock is wrong, the wait is still never halved.
        most = min(self.settle / 2, tick - self._tick) if not self._first else 0.0
        self._due = None
        for seed in files:
            observation = before.get(seed.path)
            if observation is None or not _is_same(observation.signature, seed.signature):
                age = now - _last_change(seed.signature) / 1e9
                since = tick - max(0.0, min(age, most))
                observation = _observe(seed.signature, observation, since=since, tick=tick)
                observation.age = age if self._first else 0.0
            else:
                observation.age = 0.0
            after[seed.path] = observation
            unchanged_for = max(tick - observation.since, observation.age)
            if unchanged_for >= self.settle:
                stable.append(seed)
            else:
                moving.append(seed)
                due = tick + self.settle - unchanged_for
                self._due = due if self._due is None else min(due, self._due)
        self._observations = after
        self._first, self._tick, self._now = False, tick, now
        return stable, moving

    def seconds_to_settle(self, *, tick: float) -> float | None:
        """In how many seconds the first of the files that are changing may be stable, if any."""
        return None if self._due is None else max(0.0, self._due - tick)

    def is_read(self, seed: SeedFile) -> bool:
        """Whether the file has certainly not changed since it was read."""
        observation = self._observations.get(seed.path)
        return (
            observation is not None
            and observation.identifies_content
            and _is_same(observation.signature, seed.signature)
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
        # A copy keeps the time of the last writing, an upload that is under way does not.
        quiet_for = max(
            self._tick - observation.since,
            observation.age,
            self._now - seed.signature.mtime / 1e9,
        )
        return max(0.0, hold - quiet_for)

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


def _observe(
    signature: Signature, before: _Observation | None, *, since: float, tick: float
) -> _Observation:
    """What is known of a file that has changed, with the times of its latest changes of size."""
    if before is None:
        return _Observation(signature=signature, since=since)
    resized = tuple(time for time in before.resized if tick - time <= STEPS_WITHIN)
    if before.signature.size != signature.size:
        resized = (*resized, tick)[-STEPS:]
    return _Observation(signature=signature, since=since, resized=resized)


def _is_same(one: Signature, other: Signature) -> bool:
    return one is other or one == other


def _last_change(signature: Signature) -> int:
    return max(signature.mtime, signature.ctime)
