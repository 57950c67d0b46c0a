"""What a look at the folder found, and whether it may withdraw what is not there any more."""

from __future__ import annotations

from dataclasses import dataclass

FEW_SEEDS = 10


@dataclass(frozen=True, slots=True)
class Reason:
    """Why what is published may not be what the folder holds, in plain words.

    `fact` is for everybody, `detail` for who runs the service: it names files and folders.
    """

    fact: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.fact}: {self.detail}" if self.detail else self.fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanReport:
    """What a scan did.

    `unsettled`: something is still being written or has only just gone, so look again soon.
    `degraded`: why what is published may not be what the folder holds.
    `lags`: for each file taken in, the seconds from its last change to the commit.
    """

    accepted: int = 0
    rejected: int = 0
    withdrawn: int = 0
    unsettled: bool = False
    degraded: tuple[Reason, ...] = ()
    lags: tuple[float, ...] = ()


def must_brake(*, known: int, missing: int, held: int = 0) -> bool:
    """Whether so many of the known seeds are missing that a lost mount is likelier than a wish.

    `held` of the missing ones have been held before: a brake holds until its seeds are back or
    their removal is accepted, also when other seeds have come in the meantime or some returned.
    """
    if missing == 0:
        return False
    return held > 0 or missing == known or (known >= FEW_SEEDS and 2 * missing > known)
