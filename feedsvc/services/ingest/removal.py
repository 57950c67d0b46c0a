"""Decides which missing seeds are removed, and which the brake holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feedsvc.domain.scan import Reason, must_brake
from feedsvc.services.ingest.folder import FolderContents
from feedsvc.store.records import KnownSeed, SeedStatus

# A seed that has just gone may be about to come back under another name.
PATIENCE_SECONDS = 10.0
ADVICE = "; make it readable, or set seeds_dir to another folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingSeed:
    """A known seed that was not found, and for how many seconds it has been missing."""

    seed: KnownSeed
    missing_for: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """The seeds to remove, those held by the brake, and whether others need to be judged soon."""

    removed: tuple[KnownSeed, ...] = ()
    held: tuple[KnownSeed, ...] = ()
    waiting: bool = False
    degraded: tuple[Reason, ...] = ()


def decide_removal(
    missing: Sequence[MissingSeed],
    *,
    known: int,
    contents: FolderContents,
    settle: float,
    unsettled: bool,
) -> Removal:
    """Decide about the missing seeds, out of the `known` ones with entries.

    Removals wait while other files are changing, but not for ever. So additions come before
    removals: a renamed file's entries never disappear in between, and a folder that is being
    emptied file by file is judged as a whole.
    """
    reasons = _list_unreadable(contents)
    # A seed that was never accepted has no entries to withdraw.
    confirmed = [one for one in missing if one.seed.removal_accepted or not one.seed.entries]
    rest = [one for one in missing if one not in confirmed]
    removed = tuple(one.seed for one in confirmed)
    held = sum(one.seed.status is SeedStatus.MISSING for one in rest)
    due = _due(rest, settle=settle, unsettled=unsettled)
    if rest and contents.readable and not held and not due:
        return Removal(removed=removed, waiting=True, degraded=reasons)
    left = known - sum(seed.entries > 0 for seed in removed)
    if rest and (not contents.readable or must_brake(known=left, missing=len(rest), held=held)):
        brake = Reason(
            f"{len(rest)} of {left} files have disappeared: their entries stay published until you "
            "put the files back or run `feedsvc accept-removals`",
        )
        braked = tuple(one.seed for one in rest)
        return Removal(removed=removed, held=braked, degraded=(*reasons, brake))
    due_seeds = tuple(one.seed for one in due)
    return Removal(removed=(*removed, *due_seeds), waiting=len(due) < len(rest), degraded=reasons)


def _list_unreadable(contents: FolderContents) -> tuple[Reason, ...]:
    whole = "the seeds folder cannot be read"
    fact, advice = (f"part of {whole}", "") if contents.readable else (whole, ADVICE)
    return tuple(Reason(fact, f"{one.place}: {one.reason}{advice}") for one in contents.unreadable)


def _due(rest: Sequence[MissingSeed], *, settle: float, unsettled: bool) -> list[MissingSeed]:
    """The seeds that have been missing for long enough: all at once if nothing is changing."""
    if not unsettled and all(one.missing_for >= settle for one in rest):
        return list(rest)
    return [one for one in rest if one.missing_for >= PATIENCE_SECONDS]
