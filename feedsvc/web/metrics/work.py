"""Counts the work behind the feeds: how late files are taken in, how long transactions last."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram

from feedsvc.domain.scan import ScanReport

_LAGS = (0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600, 86_400)
_READ, _WRITE = "read", "write"


class WorkMetrics:
    """What scans and transactions cost."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._lag = Histogram(
            "feedsvc_ingest_lag_seconds",
            "Time from a file's last change to the commit of its entries.",
            buckets=_LAGS,
            registry=registry,
        )
        self._busy = Counter(
            "feedsvc_database_busy_seconds",
            "Time spent in transactions, waiting for their turn included.",
            ("access",),
            registry=registry,
        )
        for access in (_READ, _WRITE):
            self._busy.labels(access)

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
