"""Remembers how files looked, to tell which stand still and which have to be read again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from feedsvc.services.ingest.folder import SeedFile, Signature

# A file that was written in the same tick of the file system's clock in which it was read keeps
# its signature: only one that had stood for longer is known by it.
TICK_NANOSECONDS = 2_000_000_000


@dataclass(slots=True)
class _Look:
    signature: Signature
    since: float
    trusted: bool = False


@dataclass(slots=True)
class Looks:
    """How the files of a folder looked when they were last looked at.

    `settle` is for how many seconds a file must stand still before it is read.
    """

    settle: float
    _first: bool = True
    _looks: dict[str, _Look] = field(default_factory=dict)
    _gone: dict[str, float] = field(default_factory=dict)

    def split(
        self,
        files: Iterable[SeedFile],
        *,
        tick: float,
        now: float,
    ) -> tuple[list[SeedFile], list[SeedFile]]:
        """Those that stand still, and those that do not yet.

        `tick` is a steady clock's seconds; `now` Unix seconds: the first look believes an old file
        at once. Later ones do not: that clock may jump while a file is being written.
        """
        still: list[SeedFile] = []
        moving: list[SeedFile] = []
        before, self._looks = self._looks, {}
        for seed in files:
            look = before.get(seed.path)
            if look is None or look.signature != seed.signature:
                look = _Look(signature=seed.signature, since=tick)
            self._looks[seed.path] = look
            age = now - _last_change(seed.signature) / 1e9 if self._first else 0.0
            stood = max(tick - look.since, age)
            (still if stood >= self.settle else moving).append(seed)
        self._first = False
        return still, moving

    def is_known(self, seed: SeedFile) -> bool:
        """Whether the file was read as it looks now."""
        look = self._looks.get(seed.path)
        return look is not None and look.trusted and look.signature == seed.signature

    def note_read(self, seed: SeedFile, *, now: float) -> None:
        """Note that a file has been taken in as it looks, at a time in Unix seconds."""
        look = self._looks[seed.path]
        look.trusted = now * 1e9 - _last_change(seed.signature) > TICK_NANOSECONDS

    def gone_for(self, path: str, *, tick: float) -> float:
        """For how many seconds a path has been missing, counted from the first time asked."""
        return tick - self._gone.setdefault(path, tick)

    def forget_gone(self, missing: Iterable[str]) -> None:
        """Forget when what is not missing any more went."""
        still = set(missing)
        self._gone = {path: since for path, since in self._gone.items() if path in still}


def _last_change(signature: Signature) -> int:
    return max(signature.mtime, signature.ctime)
