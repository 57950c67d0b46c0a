"""Counts requests and connections; label values come from closed sets."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from feedsvc.web.exchange import Exchange
from feedsvc.web.metrics.subscribers import Subscribers

_QUERIES = "/feeds/query"
_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)


class ConnectionMetrics:
    """Open and rejected connections."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._open = Gauge("feedsvc_connections", "Open connections.", registry=registry)
        self._refused = Counter(
            "feedsvc_connections_refused",
            "Connections rejected because there were too many.",
            registry=registry,
        )

    def count(self) -> None:
        """Count a new connection."""
        self._open.inc()

    def count_end(self) -> None:
        """Count a closed connection."""
        self._open.dec()

    def count_rejection(self) -> None:
        """Count a rejected connection."""
        self._refused.inc()


class RequestMetrics:
    """Requests, and polls by feed readers among them."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests = Counter(
            "feedsvc_requests",
            "Requests answered.",
            ("method", "route", "status", "outcome"),
            registry=registry,
        )
        self._seconds = Histogram(
            "feedsvc_request_seconds",
            "Time from the request header to the end of the response.",
            ("route",),
            buckets=_BUCKETS,
            registry=registry,
        )
        self._polls = Counter(
            "feedsvc_polls",
            "Feed polls by kind of reader; conditional if they sent a validator.",
            ("agent", "conditional"),
            registry=registry,
        )
        # The library's own look-up takes longer than counting; label values are few.
        self._requests_with = cache(self._requests.labels)
        self._seconds_of = cache(self._seconds.labels)
        self._polls_by = cache(self._polls.labels)
        self.subscribers = Subscribers(time.monotonic)
        registry.register(self.subscribers)

    def count(self, exchange: Exchange) -> None:
        """Count a request."""
        labels = (exchange.method, exchange.route, exchange.status, exchange.outcome)
        self._requests_with(*labels).inc()
        self._seconds_of(exchange.route).observe(exchange.seconds)
        if exchange.is_poll:
            self._count_poll(exchange)

    def prepare(self, exchange: Exchange) -> Callable[[float], None]:
        """Return what counts a request like this one, given its seconds.

        Subscribers are not counted again: each claim has a time of its own.
        """
        labels = (exchange.method, exchange.route, exchange.status, exchange.outcome)
        counters = [self._requests_with(*labels)]
        if exchange.is_poll:
            conditional = "yes" if exchange.conditional else "no"
            counters.append(self._polls_by(exchange.agent.family, conditional))
        increments = [counter.inc for counter in counters]
        observe = self._seconds_of(exchange.route).observe

        def count(seconds: float) -> None:
            for increment in increments:
                increment()
            observe(seconds)

        return count

    def _count_poll(self, exchange: Exchange) -> None:
        agent = exchange.agent
        self._polls_by(agent.family, "yes" if exchange.conditional else "no").inc()
        if agent.subscribers is not None:
            self.subscribers.record(
                family=agent.family,
                # What clients make up must not push out claims for the channels.
                path=exchange.route if exchange.route.startswith(_QUERIES) else exchange.path,
                subscribers=agent.subscribers,
            )
