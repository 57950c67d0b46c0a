"""What a look at the folder found, and whether it may withdraw what is not there any more."""

from __future__ import annotations

from dataclasses import dataclass

FEW_SEEDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanReport:
    """What a scan did.

    `unsettled`: something is still being written or has only just gone, so look again soon.
    `degraded`: in plain words, why what is published may not be what the folder holds.
    """

    accepted: int = 0
    rejected: int = 0
    withdrawn: int = 0
    unsettled: bool = False
    degraded: tuple[str, ...] = ()


def must_brake(*, known: int, missing: int) -> bool:
    """Whether so many of the known seeds are missing that a lost mount is likelier than a wish."""
    if missing == 0:
        return False
    return missing == known or (known >= FEW_SEEDS and 2 * missing > known)
