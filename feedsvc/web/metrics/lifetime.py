"""Counters that keep growing when a reload replaces the publisher and the watcher."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from feedsvc.services.publish import CacheStats
from feedsvc.services.watch import WatchStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Where to read the counts of a publisher and a watcher; `watch` gives None without one."""

    stats: Callable[[], CacheStats]
    watch: Callable[[], WatchStatus | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counts:
    hits: float = 0
    evictions: float = 0
    renders: float = 0
    render_seconds: float = 0
    scans: float = 0
    wakeups: float = 0
    rescans: float = 0

    def __add__(self, other: _Counts) -> _Counts:
        names = self.__slots__
        pairs = zip(names, astuple(self), astuple(other), strict=True)
        return _Counts(**{name: one + two for name, one, two in pairs})


_COUNTERS = (
    ("hits", "document_cache_hits", "Documents served from the cache."),
    ("evictions", "document_cache_evictions", "Documents evicted from the cache."),
    ("renders", "renders", "Documents rendered."),
    ("render_seconds", "render_seconds", "Time spent rendering and compressing."),
    ("scans", "scans", "Completed scans of the folder."),
    ("wakeups", "watcher_wakeups", "Changes reported by the file system."),
    ("rescans", "watcher_rescans", "Scans that no reported change triggered."),
)


class LifetimeMetrics(Collector):
    """Sums over all publishers and watchers since the process started."""

    def __init__(self) -> None:
        self._current: list[Parts] = []
        self._past = _Counts()

    @contextmanager
    def including(self, parts: Parts) -> Iterator[None]:
        """Include these parts during the block, and keep their sums after it."""
        self._current.append(parts)
        try:
            yield
        finally:
            self._current.remove(parts)
            self._past += _read_counts(parts)

    @property
    def scans(self) -> int:
        """Completed scans since the process started."""
        return int(self._sum().scans)

    def collect(self) -> Iterator[Metric]:
        """Yield the current values."""
        counts = self._sum()
        for field, name, meaning in _COUNTERS:
            yield CounterMetricFamily(f"feedsvc_{name}", meaning, value=getattr(counts, field))
        cached = [parts.stats() for parts in self._current]
        yield GaugeMetricFamily(
            "feedsvc_document_cache_documents",
            "Documents in the cache.",
            value=sum(stats.documents for stats in cached),
        )
        yield GaugeMetricFamily(
            "feedsvc_document_cache_bytes",
            "Memory used by cached documents in all encodings.",
            value=sum(stats.held_bytes for stats in cached),
        )

    def _sum(self) -> _Counts:
        return sum(map(_read_counts, self._current), start=self._past)


def _read_counts(parts: Parts) -> _Counts:
    stats, watch = parts.stats(), parts.watch()
    return _Counts(
        hits=stats.hits,
        evictions=stats.evictions,
        renders=stats.renders,
        render_seconds=stats.render_seconds,
        scans=watch.scans if watch else 0,
        wakeups=watch.wakeups if watch else 0,
        rescans=watch.rescans if watch else 0,
    )
