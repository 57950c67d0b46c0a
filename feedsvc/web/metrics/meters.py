"""All that Prometheus is told, together."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, disable_created_metrics
from prometheus_client.process_collector import ProcessCollector

from feedsvc.services.watch import WatchStatus
from feedsvc.store.records import StoreStatus
from feedsvc.web.disk import Disk
from feedsvc.web.metrics.gauges import DiskFigures, StoreFigures, WatchFigures
from feedsvc.web.metrics.lifetime import LifetimeFigures
from feedsvc.web.metrics.traffic import ConnectionFigures, RequestFigures
from feedsvc.web.metrics.work import WorkFigures


class Meters:
    """All figures of one process, in a registry of their own; a reload goes on counting."""

    def __init__(self) -> None:
        # A second series for each, which nothing here needs.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.lifetime = LifetimeFigures()
        self.registry.register(self.lifetime)
        self.requests = RequestFigures(self.registry)
        self.connections = ConnectionFigures(self.registry)
        self.work = WorkFigures(self.registry)
        self._store = StoreFigures(self.registry)
        self._folder = WatchFigures(self.registry)
        self._disk = DiskFigures(self.registry)

    def look_at(self, store: StoreStatus | None, watch: WatchStatus | None, disk: Disk) -> None:
        """Takes over how things stand; None for a store that is silent, for no watcher here."""
        self._store.look_at(store)
        self._folder.look_at(watch, store)
        self._disk.look_at(disk)
