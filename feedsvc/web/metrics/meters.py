"""All metrics of the process."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from prometheus_client import CollectorRegistry, disable_created_metrics, generate_latest
from prometheus_client.process_collector import ProcessCollector

from feedsvc.services.watch import WatchStatus
from feedsvc.store.database import DiskUsage
from feedsvc.store.records import StoreStatus
from feedsvc.web.metrics.gauges import DiskMetrics, StoreMetrics, WatcherMetrics
from feedsvc.web.metrics.lifetime import LifetimeMetrics
from feedsvc.web.metrics.snapshot import Snapshot, take_snapshot
from feedsvc.web.metrics.traffic import ConnectionMetrics, RequestMetrics
from feedsvc.web.metrics.work import WorkMetrics


class Meters:
    """All metrics of one process, in their own registry; they keep counting over reloads.

    If there are several processes, `gather` gives the sum over all of them in Prometheus's text
    format; it raises TimeoutError if that takes too long.
    """

    def __init__(self, gather: Callable[[], Awaitable[bytes]] | None = None) -> None:
        self.gather = gather
        # They would add a series for each counter, which nothing needs.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.lifetime = LifetimeMetrics()
        self.registry.register(self.lifetime)
        self.requests = RequestMetrics(self.registry)
        self.connections = ConnectionMetrics(self.registry)
        self.work = WorkMetrics(self.registry)
        self._store = StoreMetrics(self.registry)
        self._folder = WatcherMetrics(self.registry)
        self._disk = DiskMetrics(self.registry)

    def update(self, store: StoreStatus | None, watch: WatchStatus | None, disk: DiskUsage) -> None:
        """Set the gauges; `store` is None if it does not answer, `watch` if there is no watcher."""
        self._store.update(store)
        self._folder.update(watch, store)
        self._disk.update(disk)

    def expose(self) -> bytes:
        """The metrics of this process in Prometheus's text format."""
        return generate_latest(self.registry)

    def take_snapshot(self) -> Snapshot:
        """The metrics of this process, to be added to those of others."""
        return take_snapshot(self.registry, self.requests.subscribers)
