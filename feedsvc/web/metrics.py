"""Counts what the service does, for Prometheus; label values come from closed sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.process_collector import ProcessCollector

from feedsvc.web.figures import DiskFigures, PublisherFigures, StoreFigures, WatchFigures

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.services.publish import Tally
    from feedsvc.services.watch import WatchStatus
    from feedsvc.store.records import StoreStatus
    from feedsvc.web.agents import Agent
    from feedsvc.web.answers import Outcome
    from feedsvc.web.disk import Disk

_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
_POLLS = "/feeds/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its response, as counted and logged; `route` is the pattern it matched."""

    method: str
    route: str
    status: int
    outcome: Outcome
    seconds: float
    agent: Agent
    conditional: bool


class Meters:
    """All figures of one service, in a registry of their own."""

    def __init__(self, tally: Callable[[], Tally]) -> None:
        # A second series for each, which nothing here needs.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.registry.register(PublisherFigures(tally))
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
        self._subscribers = Gauge(
            "feedsvc_reported_subscribers",
            "Subscribers that a family of readers reported last.",
            ("agent",),
            registry=self.registry,
        )
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
        if exchange.route.startswith(_POLLS):
            self._count_poll(exchange)

    def look_at(self, store: StoreStatus | None, watch: WatchStatus | None, disk: Disk) -> None:
        """Takes over how things stand; None for a store that is silent, for no watcher here."""
        self._store.look_at(store)
        self._folder.look_at(watch)
        self._disk.look_at(disk)

    def _count_poll(self, exchange: Exchange) -> None:
        agent = exchange.agent
        self._polls.labels(agent.family, "yes" if exchange.conditional else "no").inc()
        if agent.subscribers is not None:
            self._subscribers.labels(agent.family).set(agent.subscribers)
