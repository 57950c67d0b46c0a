"""Metrics as Prometheus reads them, and the log line of a request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import structlog
from prometheus_client.parser import text_string_to_metric_families

from feedsvc.domain.scan import Reason, ScanReport
from feedsvc.services.watch import WatchStatus
from feedsvc.web.keys import METERS
from tests.waiting import until
from tests.web.conftest import ServiceHarness  # type: ignore[import-not-found]

SCANNED = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
WATCHED = WatchStatus(
    leader=True, scans=3, wakeups=7, rescans=2, last_scan=SCANNED, degraded=(Reason("a reason"),)
)


async def figures(harness: ServiceHarness) -> dict[str, float]:
    text = (await harness.get("/metrics")).text
    return {
        f"{sample.name}{sorted(sample.labels.values())}": sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_requests_are_counted_by_route_status_and_outcome(harness: ServiceHarness) -> None:
    tag = (await harness.get("/feeds/regions/asia.rss")).headers["ETag"]
    await harness.get("/feeds/regions/europe.rss")
    await harness.get("/feeds/regions/asia.rss")
    await harness.get("/feeds/regions/asia.rss", If_None_Match=tag)
    await harness.get("/feeds/regions/nowhere.rss")
    await harness.get("/a/path/of/my/own")
    await harness.send(b"garbage\r\n\r\n")
    counts = await figures(harness)
    route = "/feeds/regions/{region}.{form}"
    name = "feedsvc_requests_total"
    assert counts[f"{name}{sorted([route, 'GET', '200', 'rendered'])}"] == 2
    assert counts[f"{name}{sorted([route, 'GET', '200', 'fresh'])}"] == 1
    assert counts[f"{name}{sorted([route, 'GET', '304', 'not_modified'])}"] == 1
    assert counts[f"{name}{sorted([route, 'GET', '404', 'refused'])}"] == 1
    assert counts[f"{name}{sorted(['none', 'GET', '404', 'refused'])}"] == 1
    assert counts[f"{name}{sorted(['none', 'other', '400', 'refused'])}"] == 1
    assert counts[f"feedsvc_request_seconds_count{[route]}"] == 5


async def make_up(harness: ServiceHarness, number: int) -> None:
    """Send requests that no other client sends."""
    agent = f"Agent{number}/{number}.0 ({number} subscribers)"
    for path in (
        "/feeds/regions/asia.rss",
        f"/feeds/regions/r{number}.rss",
        f"/feeds/query.rss?q=word{number}",
        f"/entries/{number}",
        f"/path{number}",
    ):
        await harness.get(path, User_Agent=agent)
    await harness.ask(f"BREW{'X' * number}"[:30], "/", User_Agent=agent)


async def test_thousands_of_made_up_requests_add_no_series(harness: ServiceHarness) -> None:
    for number in range(2):
        await make_up(harness, number)
        before = set(await figures(harness))  # the second time with the first one's request
    for number in range(2, 400):
        await make_up(harness, number)
    after = await figures(harness)
    assert set(after) == before
    # The last claim for the one channel, and the last one for all queries.
    assert after["feedsvc_reported_subscribers['other']"] == 2 * 399


async def test_no_client_can_add_label_values(harness: ServiceHarness) -> None:
    await harness.get("/")
    before = set(await figures(harness))
    for number in range(5):
        await harness.get(f"/feeds/regions/r{number}.rss", User_Agent=f"agent {number}")
        await harness.get(f"/path{number}", User_Agent=f"agent {number}")
        await harness.ask("POST", f"/path{number}")
    added = set(await figures(harness)) - before
    assert not [name for name in added if "agent" in name or "path" in name]


async def test_documents_and_store_have_metrics(harness: ServiceHarness) -> None:
    await harness.get("/feeds/all.rss")
    await harness.get("/feeds/all.rss")
    counts = await figures(harness)
    assert counts["feedsvc_renders_total[]"] == 1
    assert counts["feedsvc_document_cache_hits_total[]"] == 1
    assert counts["feedsvc_document_cache_documents[]"] == 1
    assert counts["feedsvc_document_cache_bytes[]"] > 1000
    assert counts["feedsvc_document_cache_evictions_total[]"] == 0
    assert counts["feedsvc_render_seconds_total[]"] > 0
    assert counts["feedsvc_entries[]"] == 2
    assert counts["feedsvc_seeds['accepted']"] == 1
    assert counts["feedsvc_store_up[]"] == 1
    assert counts["feedsvc_last_ingest_timestamp_seconds[]"] == 1772366400
    assert counts["process_open_fds[]"] > 0


async def test_watcher_and_disk_have_metrics(harness: ServiceHarness) -> None:
    harness.watch.append(WATCHED)
    counts = await figures(harness)
    assert counts["feedsvc_scans_total[]"] == 3
    assert counts["feedsvc_watcher_wakeups_total[]"] == 7
    assert counts["feedsvc_watcher_rescans_total[]"] == 2
    assert counts["feedsvc_last_scan_timestamp_seconds[]"] == SCANNED.timestamp()
    assert counts["feedsvc_watcher_alive[]"] == 1
    assert counts["feedsvc_watcher_leads[]"] == 1
    assert counts["feedsvc_watcher_degraded[]"] == 1
    assert counts["feedsvc_database_bytes[]"] > 4096
    assert counts["feedsvc_disk_free_bytes[]"] > 0


async def test_metrics_are_served_while_the_database_does_not_answer(
    harness: ServiceHarness,
) -> None:
    harness.corrupt_database()
    assert (await figures(harness))["feedsvc_store_up[]"] == 0


async def test_polls_are_counted_by_reader_with_their_subscribers(harness: ServiceHarness) -> None:
    agent = "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 42 subscribers; like FeedFetcher)"
    tag = (await harness.get("/feeds/all.rss", User_Agent=agent)).headers["ETag"]
    await harness.get("/feeds/all.rss", User_Agent=agent, If_None_Match=tag)
    await harness.get("/feeds/all.rss", User_Agent="newsboat/2.32")
    counts = await figures(harness)
    assert counts["feedsvc_polls_total['feedly', 'no']"] == 1
    assert counts["feedsvc_polls_total['feedly', 'yes']"] == 1
    assert counts["feedsvc_polls_total['newsboat', 'no']"] == 1
    assert counts["feedsvc_reported_subscribers['feedly']"] == 42


async def test_what_a_family_reports_of_several_feeds_is_summed(harness: ServiceHarness) -> None:
    for path, reported in (("all.rss", 4), ("all.atom", 2), ("all.rss", 5), ("query.rss?q=a", 1)):
        agent = f"NewsBlur Feed Fetcher - {reported} subscribers"
        assert (await harness.get(f"/feeds/{path}", User_Agent=agent)).status == 200
    assert (await figures(harness))["feedsvc_reported_subscribers['newsblur']"] == 8


async def test_only_successful_feed_requests_are_polls(harness: ServiceHarness) -> None:
    agent = "Feedly/1.0 (900 subscribers)"
    for path in ("nowhere.rss", "all/archive/1.rss", "regions/nowhere.rss"):
        assert (await harness.get(f"/feeds/{path}", User_Agent=agent)).status == 404
    await harness.ask("HEAD", "/feeds/all.rss", User_Agent=agent)
    await harness.ask("POST", "/feeds/all.rss", User_Agent=agent)
    counts = await figures(harness)
    assert not [name for name in counts if "feedly" in name]


async def test_ingest_lag_is_measured(harness: ServiceHarness) -> None:
    harness.app[METERS].work.count_scan(ScanReport(accepted=2, lags=(0.7, 40)))
    counts = await figures(harness)
    assert counts["feedsvc_ingest_lag_seconds_count[]"] == 2
    assert counts["feedsvc_ingest_lag_seconds_sum[]"] == 40.7
    assert counts["feedsvc_ingest_lag_seconds_bucket['1.0']"] == 1


async def test_connections_are_counted(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(max_connections=1)
    assert (await figures(harness))["feedsvc_connections[]"] == 1
    refused = await harness.send(b"GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
    assert refused.startswith(b"HTTP/1.1 503 ")
    counts = await figures(harness)
    assert counts["feedsvc_connections_refused_total[]"] == 1
    assert counts["feedsvc_connections[]"] == 1


async def test_metrics_can_have_a_port_of_their_own(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
    unused_tcp_port: int,
) -> None:
    harness = await open_harness(metrics_port=unused_tcp_port)
    assert (await harness.get("/metrics")).status == 404
    async with harness.session.get(f"http://127.0.0.1:{unused_tcp_port}/metrics") as response:
        assert response.status == 200
        assert "feedsvc_entries" in await response.text()
    async with harness.session.get(f"http://127.0.0.1:{unused_tcp_port}/feeds/all.rss") as response:
        assert response.status == 404


async def test_a_request_is_logged_in_one_line(harness: ServiceHarness) -> None:
    with structlog.testing.capture_logs() as lines:
        await harness.get("/feeds/regions/asia.rss?q=1", User_Agent="newsboat/2.32")
        await harness.get("/feeds/regions/asia.rss", If_None_Match="*")
        await harness.send(b"garbage\r\n\r\n")
        await harness.get("/healthz")
        # The line follows the answer.
        await until(
            lambda: any(line.get("path") == "/healthz" for line in lines), what="all logged"
        )
    answered = [line for line in lines if line["event"] == "request answered"]
    outcomes = [(line["status"], line["outcome"], line["log_level"]) for line in answered]
    assert outcomes == [
        (200, "rendered", "info"),
        (304, "not_modified", "info"),
        (400, "refused", "info"),
        (200, "served", "debug"),
    ]
    first = answered[0]
    assert first["method"] == "GET"
    assert first["route"] == "/feeds/regions/{region}.{form}"
    assert first["path"] == "/feeds/regions/asia.rss"
    assert first["agent"] == "newsboat"
    assert first["bytes"] > 1000
    assert first["ms"] >= 0
