"""Decides how the service is from what store, watcher and publisher say: pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from feedsvc.domain.scan import Reason
from feedsvc.services.watch import WatchStatus
from feedsvc.store.database import MIB, DiskUsage
from feedsvc.store.records import StoreStatus


class Condition(StrEnum):
    """How the service is; only the first two answer 503."""

    STARTING = "starting"
    NOT_READY = "not ready"
    DEGRADED = "degraded"
    READY = "ready"

    @property
    def status(self) -> int:
        """The HTTP status of `/readyz`: traffic is wanted whenever feeds can be served."""
        return 503 if self in {Condition.STARTING, Condition.NOT_READY} else 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """The condition and why it is not better."""

    condition: Condition
    reasons: tuple[str, ...]


def judge(
    *,
    store: StoreStatus | None,
    watch: WatchStatus | None,
    disk: DiskUsage,
    trouble: str,
    following: bool,
    named: bool,
) -> Readiness:
    """How the service is.

    `store` is None when it does not answer, `watch` when no folder is watched here, `disk` is the
    database's, `trouble` what kept the publisher from the store, `following` says whether it
    still looks, and `named` whether reasons may name files.
    """
    if broken := _find_faults(store=store, watch=watch, following=following):
        return Readiness(condition=Condition.NOT_READY, reasons=broken)
    if watch is not None and watch.leader and watch.scans == 0:
        return Readiness(condition=Condition.STARTING, reasons=("the first scan is under way",))
    amiss = (
        *(format_reasons(watch.degraded, named=named) if watch else ()),
        *_find_warnings(store=store, watch=watch, disk=disk, trouble=trouble),
    )
    if amiss:
        return Readiness(condition=Condition.DEGRADED, reasons=amiss)
    return Readiness(condition=Condition.READY, reasons=())


def format_reasons(reasons: tuple[Reason, ...], *, named: bool) -> tuple[str, ...]:
    """Reasons in plain words, once each; without what names files where those are not shown."""
    told = (str(reason) if named else reason.fact for reason in reasons)
    return tuple(dict.fromkeys(told))


def _find_faults(
    *,
    store: StoreStatus | None,
    watch: WatchStatus | None,
    following: bool,
) -> tuple[str, ...]:
    findings = (
        (store is None, "the store does not answer"),
        (watch is not None and not watch.alive, "the watcher is dead"),
        (not following, "the publisher no longer looks for changes"),
    )
    return tuple(reason for found, reason in findings if found)


def _find_warnings(
    *,
    store: StoreStatus | None,
    watch: WatchStatus | None,
    disk: DiskUsage,
    trouble: str,
) -> tuple[str, ...]:
    reasons = []
    if store and store.rejected:
        reasons.append(f"seeds rejected: {store.rejected}")
    # Who watches says it in more words.
    if store and store.braked and not (watch and watch.leader):
        reasons.append("many seeds are missing and nothing is withdrawn until someone says so")
    if disk.nearly_full:
        reasons.append(f"the disk of the database is nearly full: {disk.free // MIB} MiB free")
    if trouble:
        reasons.append("the publisher could not read the store the last time it tried")
    return tuple(reasons)
