"""Adds up the metrics of several processes, and what those counted that have ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import Metric
from prometheus_client.registry import Collector
from prometheus_client.samples import Sample

from feedsvc.web.metrics.subscribers import Claim, Subscribers

Combine = Callable[[float, float], float]

# Gauges that describe what all processes share, or that mean nothing as a sum. The rest are added.
GAUGES: dict[str, Combine] = {
    "feedsvc_store_up": min,
    "feedsvc_seeds": max,
    "feedsvc_entries": max,
    "feedsvc_last_ingest_timestamp_seconds": max,
    "feedsvc_last_scan_timestamp_seconds": max,
    "feedsvc_removals_held": max,
    "feedsvc_watcher_alive": min,
    "feedsvc_watcher_leads": max,
    "feedsvc_watcher_degraded": max,
    "feedsvc_database_bytes": max,
    "feedsvc_disk_free_bytes": min,
    "process_start_time_seconds": min,
    "process_max_fds": min,
}
_GROWING = frozenset({"counter", "histogram"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The metrics of one process at one moment; feed readers' claims stay apart until the end."""

    families: tuple[Metric, ...] = ()
    claims: tuple[Claim, ...] = ()

    def retire(self) -> Snapshot:
        """What remains when the process has ended: everything that only grows."""
        growing = tuple(family for family in self.families if family.type in _GROWING)
        return Snapshot(families=growing, claims=self.claims)


def take_snapshot(registry: CollectorRegistry, subscribers: Subscribers) -> Snapshot:
    """The metrics of this process."""
    claimed = {metric.name for metric in subscribers.collect()}
    families = tuple(family for family in registry.collect() if family.name not in claimed)
    return Snapshot(families=families, claims=subscribers.claims)


def add_up(snapshots: Iterable[Snapshot]) -> Snapshot:
    """The metrics of several processes as if they were one."""
    sums: dict[str, _Sum] = {}
    claims: list[Claim] = []
    for snapshot in snapshots:
        claims += snapshot.claims
        for family in snapshot.families:
            sums.setdefault(family.name, _Sum(family)).add(family)
    latest = sorted(claims, key=lambda claim: claim.heard)
    return Snapshot(families=tuple(one.family() for one in sums.values()), claims=tuple(latest))


def expose(snapshot: Snapshot, *, timer: Callable[[], float] = time.monotonic) -> bytes:
    """The metrics in Prometheus's text format."""
    registry = CollectorRegistry()
    registry.register(_Collected(snapshot.families))
    subscribers = Subscribers(timer)
    subscribers.adopt(snapshot.claims)
    registry.register(subscribers)
    return generate_latest(registry)


@dataclass(slots=True)
class _Sum:
    """A family being added up; samples keep the order in which they first appeared."""

    first: Metric
    values: dict[tuple[str, tuple[tuple[str, str], ...]], float] = field(default_factory=dict)

    def add(self, family: Metric) -> None:
        combine = GAUGES.get(family.name) if family.type == "gauge" else None
        for sample in family.samples:
            key = sample.name, tuple(sorted(sample.labels.items()))
            known = self.values.get(key)
            if known is None:
                self.values[key] = sample.value
            else:
                self.values[key] = combine(known, sample.value) if combine else known + sample.value

    def family(self) -> Metric:
        first = self.first
        whole = Metric(first.name, first.documentation, first.type, first.unit)
        whole.samples = [
            Sample(name, dict(labels), value) for (name, labels), value in self.values.items()
        ]
        return whole


class _Collected(Collector):
    def __init__(self, families: tuple[Metric, ...]) -> None:
        self._families = families

    def collect(self) -> Iterator[Metric]:
        yield from self._families
