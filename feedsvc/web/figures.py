"""Figures that are read when Prometheus asks: of store, watcher, disk and publisher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prometheus_client.core import Metric

    from feedsvc.services.publish import Tally
    from feedsvc.services.watch import WatchStatus
    from feedsvc.store.records import StoreStatus
    from feedsvc.web.disk import Disk


class StoreFigures:
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
        self._scan = Gauge(
            "feedsvc_last_scan_timestamp_seconds",
            "When the folder was last scanned to its end.",
            registry=registry,
        )
        self._braked = Gauge(
            "feedsvc_removals_held",
            "1 while many seeds are missing and their removal waits for a word.",
            registry=registry,
        )

    def look_at(self, status: StoreStatus | None) -> None:
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
        if status.last_scan:
            self._scan.set(status.last_scan.timestamp())


class WatchFigures:
    """How the watching goes; nothing where no folder is watched."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._scans = Gauge(
            "feedsvc_scans",
            "Scans of the folder that ended well since the start.",
            registry=registry,
        )
        self._wakeups = Gauge(
            "feedsvc_watcher_wakeups",
            "Times that the file system reported a change since the start.",
            registry=registry,
        )
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
        self._degraded = Gauge(
            "feedsvc_watcher_degraded",
            "Reasons for which what is published may not be what the folder holds.",
            registry=registry,
        )

    def look_at(self, watch: WatchStatus | None) -> None:
        """Sets them."""
        if watch is None:
            return
        self._scans.set(watch.scans)
        self._wakeups.set(watch.wakeups)
        self._alive.set(watch.alive)
        self._leads.set(watch.leader)
        self._degraded.set(len(watch.degraded))


class DiskFigures:
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

    def look_at(self, disk: Disk) -> None:
        """Sets them."""
        self._size.set(disk.database)
        self._free.set(disk.free)


class PublisherFigures(Collector):
    """Reads the publisher's tally when it is asked for."""

    def __init__(self, tally: Callable[[], Tally]) -> None:
        self._tally = tally

    def collect(self) -> Iterator[Metric]:
        """The figures as they stand."""
        tally = self._tally()
        yield CounterMetricFamily(
            "feedsvc_document_cache_hits",
            "Documents answered from memory.",
            value=tally.hits,
        )
        yield CounterMetricFamily(
            "feedsvc_document_cache_evictions",
            "Documents given up for others.",
            value=tally.evictions,
        )
        yield GaugeMetricFamily(
            "feedsvc_document_cache_documents",
            "Documents in memory.",
            value=tally.documents,
        )
        yield GaugeMetricFamily(
            "feedsvc_document_cache_bytes",
            "Memory that documents take, all codings together.",
            value=tally.held_bytes,
        )
        yield CounterMetricFamily(
            "feedsvc_renders",
            "Documents rendered.",
            value=tally.renders,
        )
        yield CounterMetricFamily(
            "feedsvc_render_seconds",
            "Time spent rendering and compressing.",
            value=tally.render_seconds,
        )
