"""Says in one status how the watchers of all processes of the service are doing."""

from __future__ import annotations

from collections.abc import Sequence

from feedsvc.services.watch import WatchStatus


def join_watchers(own: WatchStatus | None, others: Sequence[WatchStatus]) -> WatchStatus | None:
    """The status of this process's watcher and those of the other processes, as one.

    Scans of processes that have ended count, so that the service stays ready when another leads.
    """
    if own is None or not others:
        return own
    every = (own, *others)
    leading = [status for status in every if status.leader]
    return WatchStatus(
        alive=all(status.alive for status in every),
        leader=bool(leading),
        scans=sum(status.scans for status in every),
        wakeups=sum(status.wakeups for status in every),
        rescans=sum(status.rescans for status in every),
        last_scan=max((status.last_scan for status in every if status.last_scan), default=None),
        degraded=tuple(
            dict.fromkeys(reason for status in leading or every for reason in status.degraded)
        ),
    )
