"""Health, readiness and metrics as supervisors see them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from structlog.testing import capture_logs

from feedsvc.domain.model import Channel, Draft, Stated
from feedsvc.domain.scan import Reason
from feedsvc.services.watch import WatchStatus
from feedsvc.store.records import SeedReading
from feedsvc.web.keys import FOLLOWER, METERS
from feedsvc.web.metrics.lifetime import Parts
from tests.builders import T0
from tests.web.conftest import ServiceHarness  # type: ignore[import-not-found]

SCANNED = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


def watched(**changes: Any) -> WatchStatus:
    return WatchStatus(**{"leader": True, "scans": 1, "last_scan": SCANNED} | changes)


async def readiness(harness: ServiceHarness) -> tuple[int, str, list[str]]:
    reply = await harness.get("/readyz")
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.headers["Cache-Control"] == "no-store"
    body = json.loads(reply.body)
    return reply.status, body["status"], body["reasons"]


async def test_a_running_process_is_alive(harness: ServiceHarness) -> None:
    reply = await harness.get("/healthz")
    assert (reply.status, json.loads(reply.body)) == (200, {"status": "alive"})


async def test_it_is_starting_until_the_first_scan_is_done(harness: ServiceHarness) -> None:
    harness.watch.append(watched(scans=0, last_scan=None))
    assert await readiness(harness) == (503, "starting", ["the first scan is still running"])
    harness.watch.append(watched())
    assert await readiness(harness) == (200, "ready", [])


async def test_once_ready_the_feeds_contain_the_first_scan(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness()
    harness.watch.append(watched(scans=0, last_scan=None))
    assert (await readiness(harness))[1] == "starting"
    await harness.write(Draft(ordinal=1, line=1, stated=Stated(title="Rain", text="It rained.")))
    harness.watch.append(watched())
    assert (await readiness(harness))[1] == "ready"
    assert "Rain" in (await harness.get("/feeds/all.rss")).text


async def test_after_a_reload_the_service_does_not_wait_for_the_new_watcher(
    harness: ServiceHarness,
) -> None:
    before = Parts(stats=lambda: harness.publisher.stats, watch=watched)
    with harness.app[METERS].lifetime.including(before):
        pass
    harness.watch.append(watched(scans=0, last_scan=None))
    assert await readiness(harness) == (200, "ready", [])


async def test_a_process_that_only_serves_does_not_wait_for_a_scan(harness: ServiceHarness) -> None:
    harness.watch.append(watched(leader=False, scans=0, last_scan=None))
    assert await readiness(harness) == (200, "ready", [])


async def test_without_a_watcher_it_is_ready(harness: ServiceHarness) -> None:
    assert await readiness(harness) == (200, "ready", [])


async def test_metrics_are_served(harness: ServiceHarness) -> None:
    harness.watch.append(watched())
    body = json.loads((await harness.get("/readyz")).body)
    assert body["store"] == {
        "entries": 2,
        "seeds": 1,
        "rejected": 0,
        "missing": 0,
        "last_ingest": "2026-03-01T12:00:00Z",
        "last_scan": None,
        "removals_held": False,
    }
    assert body["watcher"] == {
        "alive": True,
        "leader": True,
        "scans": 1,
        "last_scan": "2026-03-01T12:30:00Z",
    }


async def test_a_rejected_file_degrades_the_service_but_feeds_keep_working(
    harness: ServiceHarness,
) -> None:
    reading = SeedReading(
        path="bad.txt",
        hash=b"0" * 32,
        size=1,
        mtime=1,
        encoding="",
        reason="binary",
        line=1,
    )
    async with harness.writer.transaction() as transaction:
        await transaction.write([reading], now=T0)
    harness.watch.append(watched(degraded=(Reason("the folder is missing", "/srv/seeds"),)))
    assert await readiness(harness) == (
        200,
        "degraded",
        ["the folder is missing", "rejected files: 1"],
    )
    assert (await harness.get("/feeds/all.rss")).status == 200


async def test_shown_file_names_come_with_full_reasons(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(show_file_names=True)
    harness.watch.append(watched(degraded=(Reason("the folder is missing", "/srv/seeds"),)))
    assert await readiness(harness) == (200, "degraded", ["the folder is missing: /srv/seeds"])


async def test_after_a_crash_of_the_watcher_the_service_is_not_ready(
    harness: ServiceHarness,
) -> None:
    harness.watch.append(watched(alive=False))
    assert await readiness(harness) == (503, "not ready", ["the watcher has stopped"])


async def test_without_a_publisher_the_service_is_not_ready(harness: ServiceHarness) -> None:
    harness.app[FOLLOWER].cancel()
    await asyncio.wait([harness.app[FOLLOWER]])
    assert await readiness(harness) == (
        503,
        "not ready",
        ["the publisher has stopped checking for changes"],
    )


async def test_a_failing_database_leaves_cached_feeds_online(
    harness: ServiceHarness,
) -> None:
    tag = (await harness.get("/feeds/all.rss")).headers["ETag"]
    harness.corrupt_database()
    with capture_logs() as lines:
        assert (await harness.get("/feeds/topics/sport.rss")).status == 503
    assert "store does not answer" in [line["event"] for line in lines]
    status, condition, reasons = await readiness(harness)
    assert (status, condition) == (200, "degraded")
    assert any("overwritten or is damaged" in reason for reason in reasons)
    assert (await harness.get("/feeds/all.rss")).headers["ETag"] == tag
    assert (await harness.get("/feeds/topics/sport.rss")).status == 503
    # What was current serves readers better than an error, though it is known to be old by now.
    everything = harness.publisher.channels.state(Channel())
    harness.publisher.channels.update(replace(everything, revision=everything.revision + 1))
    assert (await harness.get("/feeds/all.rss")).headers["ETag"] == tag
    async with asyncio.timeout(10):
        while not harness.publisher.channels.trouble:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_change_is_served_without_notification(harness: ServiceHarness) -> None:
    tag = (await harness.get("/feeds/all.rss")).headers["ETag"]
    draft = Draft(ordinal=1, line=1, stated=Stated(title="Rain", text="It rained."))
    await harness.write(draft, seed="b.txt")
    async with asyncio.timeout(10):
        while (await harness.get("/feeds/all.rss")).headers["ETag"] == tag:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
