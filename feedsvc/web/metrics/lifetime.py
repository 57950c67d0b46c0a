"""Figures that go on growing while a reload puts one publisher and watcher in another's place."""

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
    """What tells how a publisher and a watcher do, the latter None where no folder is watched."""

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
    ("hits", "document_cache_hits", "Documents answered from memory."),
    ("evictions", "document_cache_evictions", "Documents given up for others."),
    ("renders", "renders", "Documents rendered."),
    ("render_seconds", "render_seconds", "Time spent rendering and compressing."),
    ("scans", "scans", "Scans of the folder that ended well."),
    ("wakeups", "watcher_wakeups", "Times that the file system reported a change."),
    ("rescans", "watcher_rescans", "Looks at the folder that no reported change asked for."),
)


class LifetimeMetrics(Collector):
    """What all parts of the process' life have counted together."""

    def __init__(self) -> None:
        self._living: list[Parts] = []
        self._past = _Counts()

    @contextmanager
    def following(self, parts: Parts) -> Iterator[None]:
        """Counts what these parts do in the block, and keeps the sum after it."""
        self._living.append(parts)
        try:
            yield
        finally:
            self._living.remove(parts)
            self._past += _counts_of(parts)

    @property
    def scans(self) -> int:
        """Scans that ended well since the process began."""
        return int(self._sum().scans)

    def collect(self) -> Iterator[Metric]:
        """The figures as they stand."""
        counts = self._sum()
        for field, name, meaning in _COUNTERS:
            yield CounterMetricFamily(f"feedsvc_{name}", meaning, value=getattr(counts, field))
        cached = [parts.stats() for parts in self._living]
        yield GaugeMetricFamily(
            "feedsvc_document_cache_documents",
            "Documents in memory.",
            value=sum(stats.documents for stats in cached),
        )
        yield GaugeMetricFamily(
            "feedsvc_document_cache_bytes",
            "Memory that documents take, all codings together.",
            value=sum(stats.held_bytes for stats in cached),
        )

    def _sum(self) -> _Counts:
        return sum(map(_counts_of, self._living), start=self._past)


def _counts_of(parts: Parts) -> _Counts:
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
