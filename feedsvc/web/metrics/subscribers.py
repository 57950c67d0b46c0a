"""How many subscribers families of readers report, each feed's last word counted once."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

# An aggregator that has not asked for so long has given the feed up.
LASTING_SECONDS = 2 * 86_400.0
REPORTS = 2_000


@dataclass(frozen=True, slots=True)
class _Feed:
    """A feed as a family of readers asks for it."""

    family: str
    path: str


@dataclass(frozen=True, slots=True)
class _Report:
    subscribers: int
    heard: float


class Subscribers(Collector):
    """Remembers a bounded number of reports; the longest unheard is forgotten first."""

    def __init__(self, timer: Callable[[], float]) -> None:
        self._timer = timer
        self._reports: OrderedDict[_Feed, _Report] = OrderedDict()

    def note(self, *, family: str, path: str, subscribers: int) -> None:
        """Takes down what a poll of a feed said, in place of what the last one did."""
        feed = _Feed(family, path)
        self._reports.pop(feed, None)
        self._reports[feed] = _Report(subscribers, self._timer())
        if len(self._reports) > REPORTS:
            self._reports.popitem(last=False)

    def collect(self) -> Iterator[Metric]:
        """The sums by family."""
        self._forget_old()
        sums: Counter[str] = Counter()
        for feed, report in self._reports.items():
            sums[feed.family] += report.subscribers
        metric = GaugeMetricFamily(
            "feedsvc_reported_subscribers",
            "Subscribers that readers report, all their feeds together.",
            labels=("agent",),
        )
        for family, subscribers in sorted(sums.items()):
            metric.add_metric((family,), subscribers)
        yield metric

    def _forget_old(self) -> None:
        oldest = self._timer() - LASTING_SECONDS
        while self._reports and next(iter(self._reports.values())).heard < oldest:
            self._reports.popitem(last=False)
