"""Gauges set on each scrape: the state of store, watcher and disk."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Gauge

from feedsvc.services.watch import WatchStatus
from feedsvc.store.database import DiskUsage
from feedsvc.store.records import StoreStatus


class StoreMetrics:
    """The state of the store."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._answers = Gauge(
            "feedsvc_store_up",
            "1 while the database answers.",
            registry=registry,
        )
        self._seeds = Gauge(
            "feedsvc_seeds",
            "Files by status.",
            ("status",),
            registry=registry,
        )
        self._entries = Gauge("feedsvc_entries", "Entries published.", registry=registry)
        self._ingest = Gauge(
            "feedsvc_last_ingest_timestamp_seconds",
            "Time of the last file ingested.",
            registry=registry,
        )
        self._braked = Gauge(
            "feedsvc_removals_held",
            "1 while many files are missing and their removal awaits confirmation.",
            registry=registry,
        )

    def update(self, status: StoreStatus | None) -> None:
        """Set the gauges; if the store does not answer, keep the last values."""
        self._answers.set(status is not None)
        if status is None:
            return
        accepted = status.seeds - status.rejected - status.missing
        self._seeds.labels("accepted").set(accepted)
        self._seeds.labels("rejected").set(status.rejected)
        self._seeds.labels("missing").set(status.missing)
        self._entries.set(status.entries)
        self._braked.set(status.braked)
        if status.last_ingest:
            self._ingest.set(status.last_ingest.timestamp())


class WatcherMetrics:
    """The state of the watcher; without one, nothing is set."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._alive = Gauge(
            "feedsvc_watcher_alive",
            "1 while this process watches the folder.",
            registry=registry,
        )
        self._leads = Gauge(
            "feedsvc_watcher_leads",
            "1 while this process is the leader, which ingests files.",
            registry=registry,
        )
        self._scan = Gauge(
            "feedsvc_last_scan_timestamp_seconds",
            "Time of the last complete scan of the folder.",
            registry=registry,
        )
        self._degraded = Gauge(
            "feedsvc_watcher_degraded",
            "Number of reasons why published entries may differ from the folder.",
            registry=registry,
        )

    def update(self, watch: WatchStatus | None, store: StoreStatus | None) -> None:
        """Set the gauges; the store knows scans of all processes, but only those with changes."""
        scans = (watch and watch.last_scan, store and store.last_scan)
        if last := max((scan for scan in scans if scan), default=None):
            self._scan.set(last.timestamp())
        if watch is None:
            return
        self._alive.set(watch.alive)
        self._leads.set(watch.leader)
        self._degraded.set(len(watch.degraded))


class DiskMetrics:
    """Disk usage."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._size = Gauge(
            "feedsvc_database_bytes",
            "Size of the database, including its write-ahead log.",
            registry=registry,
        )
        self._free = Gauge(
            "feedsvc_disk_free_bytes",
            "Free space on the database's disk.",
            registry=registry,
        )

    def update(self, disk: DiskUsage) -> None:
        """Set the gauges."""
        self._size.set(disk.database)
        self._free.set(disk.free)
