"""Decides which missing seeds are withdrawn, and what holds the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feedsvc.domain.scan import Reason, must_brake
from feedsvc.services.ingest.folder import Found
from feedsvc.store.records import KnownSeed, SeedStatus

# A seed that has just gone may be on its way back under another name.
PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A known seed that was not found, and for how many seconds it has not been."""

    seed: KnownSeed
    gone_for: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Which seeds are withdrawn, which are held by the brake; `waiting`: look again soon."""

    gone: tuple[KnownSeed, ...] = ()
    held: tuple[KnownSeed, ...] = ()
    waiting: bool = False
    degraded: tuple[Reason, ...] = ()


def decide_removal(
    missing: Sequence[Missing],
    *,
    known: int,
    found: Found,
    settle: float,
    unsettled: bool,
) -> Removal:
    """What becomes of missing seeds, out of so many known ones with entries.

    While other files or seeds are still moving, removals wait, but none for ever: additions come
    before removals, so that a renamed seed never flickers, and so that a folder that is being
    emptied file by file is judged as a whole.
    """
    reasons = _tell_unreadable(found)
    # A seed that never was good has nothing to withdraw.
    accepted = [one for one in missing if one.seed.removal_accepted or not one.seed.entries]
    rest = [one for one in missing if one not in accepted]
    gone = tuple(one.seed for one in accepted)
    held = sum(one.seed.status is SeedStatus.MISSING for one in rest)
    due = _due(rest, settle=settle, unsettled=unsettled)
    if rest and found.whole and not held and not due:
        return Removal(gone=gone, waiting=True, degraded=reasons)
    left = known - sum(seed.entries > 0 for seed in gone)
    if rest and (not found.whole or must_brake(known=left, missing=len(rest), held=held)):
        brake = Reason(
            f"{len(rest)} of {left} seeds are missing: nothing is withdrawn until they return "
            "or `feedsvc accept-removals` is run",
        )
        braked = tuple(one.seed for one in rest)
        return Removal(gone=gone, held=braked, degraded=(*reasons, brake))
    due_seeds = tuple(one.seed for one in due)
    return Removal(gone=(*gone, *due_seeds), waiting=len(due) < len(rest), degraded=reasons)


def _tell_unreadable(found: Found) -> tuple[Reason, ...]:
    whole = "the seeds folder cannot be read"
    fact = f"part of {whole}" if found.whole else whole
    return tuple(Reason(fact, f"{one.place}: {one.reason}") for one in found.unreadable)


def _due(rest: Sequence[Missing], *, settle: float, unsettled: bool) -> list[Missing]:
    """Those that have been missing for long enough, all at once when all is quiet."""
    if not unsettled and all(one.gone_for >= settle for one in rest):
        return list(rest)
    return [one for one in rest if one.gone_for >= PATIENCE_SECONDS]
