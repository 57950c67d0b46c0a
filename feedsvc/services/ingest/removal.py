"""Decides which missing seeds are withdrawn, and what holds the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feedsvc.domain.scan import must_brake
from feedsvc.services.ingest.folder import Found
from feedsvc.store.records import KnownSeed

# A seed that has just gone may be on its way back under another name.
PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Which seeds are withdrawn, which are held by the brake; `waiting`: look again soon."""

    gone: tuple[KnownSeed, ...] = ()
    held: tuple[KnownSeed, ...] = ()
    waiting: bool = False
    degraded: tuple[str, ...] = ()


def decide_removal(
    missing: Sequence[KnownSeed],
    *,
    known: int,
    found: Found,
    gone_for: float,
    settle: float,
    unsettled: bool,
) -> Removal:
    """What becomes of missing seeds, out of so many known ones; both count those with entries.

    `gone_for` and `settle` are seconds. While other files are still moving, removals wait, but
    not for ever: additions come before removals, so that a renamed seed never flickers.
    """
    reasons = tuple(f"a seeds folder cannot be read: {reason}" for reason in found.unreadable)
    # A seed that never was good has nothing to withdraw.
    accepted = tuple(seed for seed in missing if seed.removal_accepted or not seed.entries)
    rest = tuple(seed for seed in missing if not seed.removal_accepted and seed.entries)
    if rest and (not found.whole or must_brake(known=known, missing=len(rest))):
        brake = (
            f"{len(rest)} of {known} seeds are missing: nothing is withdrawn until they return "
            "or `feedsvc accept-removals` is run"
        )
        return Removal(gone=accepted, held=rest, degraded=(*reasons, brake))
    if rest and gone_for < (PATIENCE_SECONDS if unsettled else settle):
        return Removal(gone=accepted, waiting=True, degraded=reasons)
    return Removal(gone=(*accepted, *rest), degraded=reasons)
