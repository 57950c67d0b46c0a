"""Counts what the service does, for Prometheus; label values come from closed sets."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.process_collector import ProcessCollector

from feedsvc.web.figures import DiskFigures, StoreFigures, WatchFigures
from feedsvc.web.lifetime import LifetimeFigures
from feedsvc.web.subscribers import Subscribers

if TYPE_CHECKING:
    from feedsvc.domain.scan import ScanReport
    from feedsvc.services.watch import WatchStatus
    from feedsvc.store.records import StoreStatus
    from feedsvc.web.agents import Agent
    from feedsvc.web.answers import Outcome
    from feedsvc.web.disk import Disk

_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
_LAGS = (0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600, 86_400)
_READ, _WRITE = "read", "write"
_FEEDS, _ARCHIVE = "/feeds/", "/archive/"
_ANSWERED = frozenset({200, 304})


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its response, as counted and logged.

    `route` is the pattern that it matched, `path` what it asked for, with its query where that
    makes another feed of it.
    """

    method: str
    route: str
    path: str
    status: int
    outcome: Outcome
    seconds: float
    agent: Agent
    conditional: bool

    @property
    def is_poll(self) -> bool:
        """Whether a reader looked for news: pages of the past are fetched once."""
        return (
            self.method == "GET"
            and self.status in _ANSWERED
            and self.route.startswith(_FEEDS)
            and _ARCHIVE not in self.route
        )


class Meters:
    """All figures of one process, in a registry of their own; a reload goes on counting."""

    def __init__(self) -> None:
        # A second series for each, which nothing here needs.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.lifetime = LifetimeFigures()
        self.registry.register(self.lifetime)
        self._subscribers = Subscribers(time.monotonic)
        self.registry.register(self._subscribers)
        self._requests = Counter(
            "feedsvc_requests",
            "Requests answered.",
            ("method", "route", "status", "outcome"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "feedsvc_request_seconds",
            "Time from a request's head to the end of its response.",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._polls = Counter(
            "feedsvc_polls",
            "Polls of feeds, by family of readers and whether they carried a validator.",
            ("agent", "conditional"),
            registry=self.registry,
        )
        self._connections = Gauge(
            "feedsvc_connections",
            "Connections open.",
            registry=self.registry,
        )
        self._refused = Counter(
            "feedsvc_connections_refused",
            "Connections refused as too many.",
            registry=self.registry,
        )
        self._lag = Histogram(
            "feedsvc_ingest_lag_seconds",
            "Time from a file's last change to the commit of its entries.",
            buckets=_LAGS,
            registry=self.registry,
        )
        self._busy = Counter(
            "feedsvc_database_busy_seconds",
            "Time spent in transactions, waiting for their turn included.",
            ("access",),
            registry=self.registry,
        )
        for access in (_READ, _WRITE):
            self._busy.labels(access)
        self._store = StoreFigures(self.registry)
        self._folder = WatchFigures(self.registry)
        self._disk = DiskFigures(self.registry)

    def count(self, exchange: Exchange) -> None:
        """Counts a request."""
        self._requests.labels(
            exchange.method,
            exchange.route,
            str(exchange.status),
            exchange.outcome.value,
        ).inc()
        self._seconds.labels(exchange.route).observe(exchange.seconds)
        if exchange.is_poll:
            self._count_poll(exchange)

    def count_connection(self) -> None:
        """Counts a connection that opens."""
        self._connections.inc()

    def count_end_of_connection(self) -> None:
        """Counts one that has closed."""
        self._connections.dec()

    def count_refusal(self) -> None:
        """Counts one that was one too many."""
        self._refused.inc()

    def count_scan(self, report: ScanReport) -> None:
        """Counts how late what a scan took in was."""
        for lag in report.lags:
            self._lag.observe(lag)

    def count_reading(self, seconds: float) -> None:
        """Counts a transaction that only read."""
        self._busy.labels(_READ).inc(seconds)

    def count_writing(self, seconds: float) -> None:
        """Counts a transaction that could write."""
        self._busy.labels(_WRITE).inc(seconds)

    def look_at(self, store: StoreStatus | None, watch: WatchStatus | None, disk: Disk) -> None:
        """Takes over how things stand; None for a store that is silent, for no watcher here."""
        self._store.look_at(store)
        self._folder.look_at(watch, store)
        self._disk.look_at(disk)

    def _count_poll(self, exchange: Exchange) -> None:
        agent = exchange.agent
        self._polls.labels(agent.family, "yes" if exchange.conditional else "no").inc()
        if agent.subscribers is not None:
            self._subscribers.note(
                family=agent.family,
                path=exchange.path,
                subscribers=agent.subscribers,
            )
