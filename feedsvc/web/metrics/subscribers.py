"""Adds up the subscribers that feed readers claim to have, by their last claim for each feed.

Anyone can claim any number in a User-Agent, so each claim is capped and dated.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

# An aggregator silent for longer has dropped the feed.
EXPIRY_SECONDS = 2 * 86_400.0
MAX_REPORTS = 2_000
MAX_SUBSCRIBERS = 100_000  # of one feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one kind of reader claimed for a feed, and when by the timer."""

    family: str
    path: str
    subscribers: int
    heard: float


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
        """Record what a poll of a feed claimed, up to a limit, replacing its last claim."""
        claimed = min(subscribers, MAX_SUBSCRIBERS)
        self._keep(_Feed(family, path), _Report(claimed, self._timer()))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The last claims, oldest first."""
        return tuple(
            Claim(
                family=feed.family,
                path=feed.path,
                subscribers=report.subscribers,
                heard=report.heard,
            )
            for feed, report in self._reports.items()
        )

    def adopt(self, claims: Iterable[Claim]) -> None:
        """Add claims that were made elsewhere by the same timer, oldest first."""
        for claim in claims:
            self._keep(_Feed(claim.family, claim.path), _Report(claim.subscribers, claim.heard))

    def collect(self) -> Iterator[Metric]:
        """Yield the sums for each kind of reader, and how long ago the last claim was."""
        self._forget_old()
        sums: Counter[str] = Counter()
        ages: dict[str, float] = {}
        for feed, report in self._reports.items():
            sums[feed.family] += report.subscribers
            ages[feed.family] = self._timer() - report.heard  # the latest claim comes last
        metric = GaugeMetricFamily(
            "feedsvc_reported_subscribers",
            "Subscribers that feed readers claim in their User-Agent, over all feeds; unverified.",
            labels=("agent",),
        )
        for family, subscribers in sorted(sums.items()):
            metric.add_metric((family,), subscribers)
        yield metric
        latest = GaugeMetricFamily(
            "feedsvc_reported_subscribers_age_seconds",
            "Time since the last claim of subscribers.",
            labels=("agent",),
        )
        for family, age in sorted(ages.items()):
            latest.add_metric((family,), age)
        yield latest

    def _keep(self, feed: _Feed, report: _Report) -> None:
        self._reports.pop(feed, None)
        self._reports[feed] = report
        if len(self._reports) > MAX_REPORTS:
            self._reports.popitem(last=False)

    def _forget_old(self) -> None:
        oldest = self._timer() - EXPIRY_SECONDS
        while self._reports and next(iter(self._reports.values())).heard < oldest:
            self._reports.popitem(last=False)
