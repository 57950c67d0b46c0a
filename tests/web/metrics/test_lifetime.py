"""Counters keep growing when parts are replaced."""

from __future__ import annotations

from feedsvc.services.publish import CacheStats
from feedsvc.services.watch import WatchStatus
from feedsvc.web.metrics.lifetime import LifetimeMetrics, Parts


def parts(*, hits: int, held: int, scans: int) -> Parts:
    stats = CacheStats(
        hits=hits, renders=2, render_seconds=0.5, documents=1, held_bytes=held, evictions=0
    )
    status = WatchStatus(scans=scans, wakeups=4, rescans=1)
    return Parts(stats=lambda: stats, watch=lambda: status)


def figures(lifetime: LifetimeMetrics) -> dict[str, float]:
    return {sample.name: sample.value for one in lifetime.collect() for sample in one.samples}


def test_counters_are_kept_and_gauges_are_not() -> None:
    lifetime = LifetimeMetrics()
    with lifetime.including(parts(hits=3, held=1000, scans=7)):
        assert figures(lifetime)["feedsvc_document_cache_bytes"] == 1000
    with lifetime.including(parts(hits=1, held=200, scans=0)):
        reported = figures(lifetime)
    assert reported["feedsvc_document_cache_hits_total"] == 4
    assert reported["feedsvc_renders_total"] == 4
    assert reported["feedsvc_render_seconds_total"] == 1
    assert reported["feedsvc_scans_total"] == 7
    assert reported["feedsvc_watcher_wakeups_total"] == 8
    assert reported["feedsvc_watcher_rescans_total"] == 2
    assert reported["feedsvc_document_cache_bytes"] == 200
    assert lifetime.scans == 7


def test_during_a_switch_both_applications_count() -> None:
    lifetime = LifetimeMetrics()
    with (
        lifetime.including(parts(hits=3, held=1000, scans=7)),
        lifetime.including(parts(hits=1, held=200, scans=2)),
    ):
        reported = figures(lifetime)
    assert reported["feedsvc_document_cache_hits_total"] == 4
    assert reported["feedsvc_document_cache_bytes"] == 1200
    assert reported["feedsvc_scans_total"] == 9


def test_without_a_watcher_there_are_no_scans() -> None:
    lifetime = LifetimeMetrics()
    stats = CacheStats(hits=0, renders=0, render_seconds=0, documents=0, held_bytes=0, evictions=0)
    with lifetime.including(Parts(stats=lambda: stats, watch=lambda: None)):
        assert lifetime.scans == 0
