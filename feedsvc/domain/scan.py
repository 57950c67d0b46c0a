"""What a scan of the folder did, and whether it may withdraw the seeds that are missing."""

from __future__ import annotations

from dataclasses import dataclass

FEW_SEEDS = 10


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the feeds may not match the folder, in plain words.

    `fact` is for everyone, `detail` only for those who run the service: it names files and folders.
    """

    fact: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.fact}: {self.detail}" if self.detail else self.fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanReport:
    """What a scan did.

    `unsettled`: a file is still being written or has only just disappeared, so scan again soon;
    `settles_in`: the seconds after which the first file that was still changing may be read.
    `degraded`: why the feeds may not match the folder.
    `lags`: for each accepted file, the seconds from its last change to the commit.
    """

    accepted: int = 0
    rejected: int = 0
    withdrawn: int = 0
    unsettled: bool = False
    settles_in: float | None = None
    degraded: tuple[Reason, ...] = ()
    lags: tuple[float, ...] = ()


def must_brake(*, known: int, missing: int, held: int = 0) -> bool:
    """Whether so many seeds are missing that this is probably a lost mount, not a deletion.

    `held` of the missing ones have been held back before: that lasts until they return or their
    removal is accepted, even if some return or other seeds are added in the meantime.
    """
    if missing == 0:
        return False
    return held > 0 or missing == known or (known >= FEW_SEEDS and 2 * missing > known)
