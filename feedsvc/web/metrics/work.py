"""Measures ingest lag and the time spent in transactions."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram

from feedsvc.domain.scan import ScanReport

_LAGS = (0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600, 86_400)
_READ, _WRITE = "read", "write"


class WorkMetrics:
    """Ingest lag and database time."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._lag = Histogram(
            "feedsvc_ingest_lag_seconds",
            "Time from a file's last change until its entries are committed.",
            buckets=_LAGS,
            registry=registry,
        )
        self._busy = Counter(
            "feedsvc_database_busy_seconds",
            "Time spent in transactions, including waiting for them.",
            ("access",),
            registry=registry,
        )
        for access in (_READ, _WRITE):
            self._busy.labels(access)

    def count_scan(self, report: ScanReport) -> None:
        """Observe the lag of every file that a scan ingested."""
        for lag in report.lags:
            self._lag.observe(lag)

    def count_reading(self, seconds: float) -> None:
        """Count a read-only transaction."""
        self._busy.labels(_READ).inc(seconds)

    def count_writing(self, seconds: float) -> None:
        """Count a writing transaction."""
        self._busy.labels(_WRITE).inc(seconds)
