"""Judges the service's condition from its store, watcher and publisher: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from feedsvc.domain.scan import Reason
from feedsvc.services.watch import WatchStatus
from feedsvc.store.database import MIB, DiskUsage
from feedsvc.store.open_file import Loss
from feedsvc.store.records import StoreStatus

# Less than this is corrected by waiting.
AHEAD = timedelta(minutes=10)


class Condition(StrEnum):
    """The service's condition; the first two answer 503."""

    STARTING = "starting"
    NOT_READY = "not ready"
    DEGRADED = "degraded"
    READY = "ready"

    @property
    def status(self) -> int:
        """The HTTP status of `/readyz`: 200 whenever feeds can be served."""
        return 503 if self in {Condition.STARTING, Condition.NOT_READY} else 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """The condition, and why it is not better."""

    condition: Condition
    reasons: tuple[str, ...]


def judge(
    *,
    store: StoreStatus | None,
    loss: Loss | None,
    watch: WatchStatus | None,
    disk: DiskUsage,
    trouble: str,
    following: bool,
    named: bool,
    now: datetime,
) -> Readiness:
    """Judge the service's condition.

    `store` is None if the database does not answer, `watch` if no folder is watched here. `loss` is
    what happened to the database's file: what is in memory is served then. `trouble` is the
    publisher's last error, `following` is whether it still checks for changes, and `named` whether
    reasons may name files.
    """
    answers = store is not None or loss is not None
    if faults := _find_faults(answers=answers, watch=watch, following=following):
        return Readiness(condition=Condition.NOT_READY, reasons=faults)
    # A first scan that has failed says why below; until the next one, feeds show what there is.
    if watch is not None and watch.leader and watch.scans == 0 and not watch.degraded:
        return Readiness(condition=Condition.STARTING, reasons=("the first scan is still running",))
    warnings = (
        *format_reasons(list_reasons(watch, loss), named=named),
        *_find_warnings(store=store, watch=watch, disk=disk, trouble=trouble, now=now),
    )
    if warnings:
        return Readiness(condition=Condition.DEGRADED, reasons=warnings)
    return Readiness(condition=Condition.READY, reasons=())


def list_reasons(watch: WatchStatus | None, loss: Loss | None) -> tuple[Reason, ...]:
    """Return the watcher's reasons, and what happened to the database unless they include it."""
    reasons = watch.degraded if watch else ()
    if loss is None or any(loss.fact in reason.fact for reason in reasons):
        return reasons
    return (Reason(loss.fact), *reasons)


def describe_clock(clock: datetime, *, now: datetime) -> str:
    """Say that the database's clock is ahead, and what to do; empty if it is not."""
    if clock <= now + AHEAD:
        return ""
    return (
        f"the database's clock is ahead, at {clock:%Y-%m-%d %H:%M} UTC: new entries are dated "
        "after that, and feeds have no Last-Modified; if the system's clock is right, run "
        "`feedsvc settle-clock`"
    )


def format_reasons(reasons: tuple[Reason, ...], *, named: bool) -> tuple[str, ...]:
    """Return each reason once, without the part that names files if those are hidden."""
    texts = (str(reason) if named else reason.fact for reason in reasons)
    return tuple(dict.fromkeys(texts))


def _find_faults(
    *,
    answers: bool,
    watch: WatchStatus | None,
    following: bool,
) -> tuple[str, ...]:
    findings = (
        (not answers, "the database does not answer"),
        (watch is not None and not watch.alive, "the watcher has stopped"),
        (not following, "the publisher has stopped checking for changes"),
    )
    return tuple(reason for found, reason in findings if found)


def _find_warnings(
    *,
    store: StoreStatus | None,
    watch: WatchStatus | None,
    disk: DiskUsage,
    trouble: str,
    now: datetime,
) -> tuple[str, ...]:
    reasons = []
    if store and (ahead := describe_clock(store.clock, now=now)):
        reasons.append(ahead)
    if store and store.rejected:
        reasons.append(f"rejected files: {store.rejected}")
    # The process that watches gives its own reason, with more detail.
    if store and store.braked and not (watch and watch.leader):
        reasons.append("many files are missing; nothing has been removed, an operator must confirm")
    if disk.nearly_full:
        reasons.append(f"the database's disk is nearly full: {disk.free // MIB} MiB free")
    if trouble:
        reasons.append("the publisher could not read the database on its last attempt")
    return tuple(reasons)
