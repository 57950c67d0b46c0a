"""Figures that are set when Prometheus asks: of store, watcher and disk."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Gauge

from feedsvc.services.watch import WatchStatus
from feedsvc.store.database import DiskUsage
from feedsvc.store.records import StoreStatus


class StoreMetrics:
    """How the store stands."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._answers = Gauge(
            "feedsvc_store_up",
            "1 while the store answers.",
            registry=registry,
        )
        self._seeds = Gauge(
            "feedsvc_seeds",
            "Seeds by status.",
            ("status",),
            registry=registry,
        )
        self._entries = Gauge("feedsvc_entries", "Entries published.", registry=registry)
        self._ingest = Gauge(
            "feedsvc_last_ingest_timestamp_seconds",
            "When a seed was last taken in.",
            registry=registry,
        )
        self._braked = Gauge(
            "feedsvc_removals_held",
            "1 while many seeds are missing and their removal waits for a word.",
            registry=registry,
        )

    def update(self, status: StoreStatus | None) -> None:
        """Sets them; what is known stays when nothing new is."""
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
    """How the watching goes; nothing where no folder is watched."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._alive = Gauge(
            "feedsvc_watcher_alive",
            "1 while the folder is watched here.",
            registry=registry,
        )
        self._leads = Gauge(
            "feedsvc_watcher_leads",
            "1 while this process is the one that takes seeds in.",
            registry=registry,
        )
        self._scan = Gauge(
            "feedsvc_last_scan_timestamp_seconds",
            "When the folder was last scanned to its end.",
            registry=registry,
        )
        self._degraded = Gauge(
            "feedsvc_watcher_degraded",
            "Reasons for which what is published may not be what the folder holds.",
            registry=registry,
        )

    def update(self, watch: WatchStatus | None, store: StoreStatus | None) -> None:
        """Sets them; the store notes only scans that found something, but those of any process."""
        scans = (watch and watch.last_scan, store and store.last_scan)
        if last := max((scan for scan in scans if scan), default=None):
            self._scan.set(last.timestamp())
        if watch is None:
            return
        self._alive.set(watch.alive)
        self._leads.set(watch.leader)
        self._degraded.set(len(watch.degraded))


class DiskMetrics:
    """What room there is."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._size = Gauge(
            "feedsvc_database_bytes",
            "Size of the database with its journal.",
            registry=registry,
        )
        self._free = Gauge(
            "feedsvc_disk_free_bytes",
            "Room that is left on the disk of the database.",
            registry=registry,
        )

    def update(self, disk: DiskUsage) -> None:
        """Sets them."""
        self._size.set(disk.database)
        self._free.set(disk.free)
