"""The metrics of several processes as if they were one."""

from __future__ import annotations

import re

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from feedsvc.web.metrics.meters import Meters
from feedsvc.web.metrics.snapshot import GAUGES, Snapshot, add_up, expose, take_snapshot
from feedsvc.web.metrics.subscribers import Subscribers

# Gauges of which every process has its own part.
ADDED = {
    "feedsvc_connections",
    "feedsvc_document_cache_documents",
    "feedsvc_document_cache_bytes",
    "process_virtual_memory_bytes",
    "process_resident_memory_bytes",
    "process_open_fds",
}


class Process:
    """The metrics of a process, with one of each kind."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter("requests", "Answered.", ("route",), registry=self.registry)
        self.seconds = Histogram("seconds", "Time.", buckets=(1, 2), registry=self.registry)
        self.connections = Gauge("connections", "Open.", registry=self.registry)
        self.free = Gauge("feedsvc_disk_free_bytes", "Free.", registry=self.registry)
        self.subscribers = Subscribers(lambda: 1000.0)

    def snapshot(self) -> Snapshot:
        return take_snapshot(self.registry, self.subscribers)


def figures(*snapshots: Snapshot) -> dict[str, float]:
    text = expose(add_up(snapshots), timer=lambda: 1000.0).decode()
    return {
        name: float(value) for name, value in re.findall(r"^([^#]\S*) (\S+)$", text, re.MULTILINE)
    }


def test_what_grows_is_added_and_what_all_share_is_not() -> None:
    one, other = Process(), Process()
    one.requests.labels("/feeds").inc(3)
    other.requests.labels("/feeds").inc(4)
    other.requests.labels("/status").inc()
    one.seconds.observe(0.5)
    other.seconds.observe(1.5)
    one.connections.set(7)
    other.connections.set(5)
    one.free.set(900)
    other.free.set(800)
    found = figures(one.snapshot(), other.snapshot())
    assert found['requests_total{route="/feeds"}'] == 7
    assert found['requests_total{route="/status"}'] == 1
    assert found['seconds_bucket{le="1.0"}'] == 1
    assert found['seconds_bucket{le="+Inf"}'] == found["seconds_count"] == 2
    assert found["seconds_sum"] == 2
    assert found["connections"] == 12
    assert found["feedsvc_disk_free_bytes"] == 800


def test_a_process_that_has_ended_leaves_its_counts_and_nothing_else() -> None:
    ended, running = Process(), Process()
    ended.requests.labels("/feeds").inc(3)
    ended.connections.set(7)
    ended.free.set(1)
    ended.subscribers.record(family="newsboat", path="/a.rss", subscribers=2)
    running.requests.labels("/feeds").inc(1)
    running.free.set(800)
    past = add_up((Snapshot(), ended.snapshot())).retire()
    found = figures(past, running.snapshot())
    assert found['requests_total{route="/feeds"}'] == 4
    assert found["connections"] == 0
    assert found["feedsvc_disk_free_bytes"] == 800
    assert found['feedsvc_reported_subscribers{agent="newsboat"}'] == 2
    assert figures(add_up((past, past)).retire())['requests_total{route="/feeds"}'] == 6


def test_of_claims_for_one_feed_only_the_latest_counts_wherever_it_was_heard() -> None:
    one, other = Process(), Process()
    one.subscribers = Subscribers(lambda: 10.0)
    other.subscribers = Subscribers(lambda: 20.0)
    one.subscribers.record(family="feedly", path="/a.rss", subscribers=5)
    other.subscribers.record(family="feedly", path="/a.rss", subscribers=6)
    one.subscribers.record(family="feedly", path="/b.rss", subscribers=1)
    found = figures(other.snapshot(), one.snapshot())
    assert found['feedsvc_reported_subscribers{agent="feedly"}'] == 7
    assert found['feedsvc_reported_subscribers_age_seconds{agent="feedly"}'] == 980


def test_a_sum_over_one_process_is_what_it_reports_itself() -> None:
    meters = Meters()
    meters.requests.subscribers.record(family="feedly", path="/a.rss", subscribers=5)
    alone = meters.expose().decode().splitlines()
    summed = expose(add_up((meters.take_snapshot(),))).decode().splitlines()

    def stable(lines: list[str]) -> set[str]:
        moving = ("process_cpu", "process_virtual", "process_resident", "feedsvc_reported")
        return {line for line in lines if not line.startswith(moving)}

    assert stable(summed) == stable(alone)


def test_it_is_decided_for_every_gauge_whether_it_is_added() -> None:
    snapshot = Meters().take_snapshot()
    gauges = {family.name for family in snapshot.families if family.type == "gauge"}
    assert gauges == ADDED | GAUGES.keys()
