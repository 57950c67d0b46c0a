"""Counts what the service does, for Prometheus; label values come from closed sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prometheus_client.core import Metric

    from feedsvc.services.publish import Tally
    from feedsvc.store.records import StoreStatus
    from feedsvc.web.agents import Agent
    from feedsvc.web.answers import Outcome

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
        self.registry.register(_PublisherFigures(tally))
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
        self._store = _StoreFigures(self.registry)

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

    def look_at(self, status: StoreStatus | None) -> None:
        """Takes over the store's figures; None when it does not answer."""
        self._store.look_at(status)

    def _count_poll(self, exchange: Exchange) -> None:
        agent = exchange.agent
        self._polls.labels(agent.family, "yes" if exchange.conditional else "no").inc()
        if agent.subscribers is not None:
            self._subscribers.labels(agent.family).set(agent.subscribers)


class _StoreFigures:
    """Gauges that say how the store stands."""

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


class _PublisherFigures(Collector):
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
