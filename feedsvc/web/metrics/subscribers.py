"""Counts the subscribers that feed readers report, using the last report for each feed."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

# An aggregator silent for longer has dropped the feed.
EXPIRY_SECONDS = 2 * 86_400.0
MAX_REPORTS = 2_000


@dataclass(frozen=True, slots=True)
class _Feed:
    """A feed as requested by one kind of reader."""

    family: str
    path: str


@dataclass(frozen=True, slots=True)
class _Report:
    subscribers: int
    heard: float


class Subscribers(Collector):
    """Keeps a bounded number of reports, dropping the oldest first."""

    def __init__(self, timer: Callable[[], float]) -> None:
        self._timer = timer
        self._reports: OrderedDict[_Feed, _Report] = OrderedDict()

    def record(self, *, family: str, path: str, subscribers: int) -> None:
        """Record what a poll of a feed reported, replacing its last report."""
        feed = _Feed(family, path)
        self._reports.pop(feed, None)
        self._reports[feed] = _Report(subscribers, self._timer())
        if len(self._reports) > MAX_REPORTS:
            self._reports.popitem(last=False)

    def collect(self) -> Iterator[Metric]:
        """Yield the sums for each kind of reader."""
        self._forget_old()
        sums: Counter[str] = Counter()
        for feed, report in self._reports.items():
            sums[feed.family] += report.subscribers
        metric = GaugeMetricFamily(
            "feedsvc_reported_subscribers",
            "Subscribers reported by feed readers, over all feeds.",
            labels=("agent",),
        )
        for family, subscribers in sorted(sums.items()):
            metric.add_metric((family,), subscribers)
        yield metric

    def _forget_old(self) -> None:
        oldest = self._timer() - EXPIRY_SECONDS
        while self._reports and next(iter(self._reports.values())).heard < oldest:
            self._reports.popitem(last=False)
