"""Counts requests and connections as they come; label values come from closed sets."""

from __future__ import annotations

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from feedsvc.web.exchange import Exchange
from feedsvc.web.metrics.subscribers import Subscribers

_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)


class ConnectionMetrics:
    """Connections, and those that were one too many."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._open = Gauge("feedsvc_connections", "Connections open.", registry=registry)
        self._refused = Counter(
            "feedsvc_connections_refused",
            "Connections refused as too many.",
            registry=registry,
        )

    def count(self) -> None:
        """Counts one that opens."""
        self._open.inc()

    def count_end(self) -> None:
        """Counts one that has closed."""
        self._open.dec()

    def count_refusal(self) -> None:
        """Counts one that was one too many."""
        self._refused.inc()


class RequestMetrics:
    """Requests, and among them what readers poll."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests = Counter(
            "feedsvc_requests",
            "Requests answered.",
            ("method", "route", "status", "outcome"),
            registry=registry,
        )
        self._seconds = Histogram(
            "feedsvc_request_seconds",
            "Time from a request's head to the end of its response.",
            ("route",),
            buckets=_BUCKETS,
            registry=registry,
        )
        self._polls = Counter(
            "feedsvc_polls",
            "Polls of feeds, by family of readers and whether they carried a validator.",
            ("agent", "conditional"),
            registry=registry,
        )
        self._subscribers = Subscribers(time.monotonic)
        registry.register(self._subscribers)

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

    def _count_poll(self, exchange: Exchange) -> None:
        agent = exchange.agent
        self._polls.labels(agent.family, "yes" if exchange.conditional else "no").inc()
        if agent.subscribers is not None:
            self._subscribers.note(
                family=agent.family,
                path=exchange.path,
                subscribers=agent.subscribers,
            )
