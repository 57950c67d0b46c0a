"""What supervisors are told."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from feedsvc.domain.model import Channel, Draft, Stated
from feedsvc.domain.scan import Reason
from feedsvc.services.watch import WatchStatus
from feedsvc.store.records import SeedReading
from feedsvc.web.keys import FOLLOWER, METERS
from feedsvc.web.metrics.lifetime import Parts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.web.conftest import Stand  # type: ignore[import-not-found]

SCANNED = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


def watched(**changes: Any) -> WatchStatus:
    return WatchStatus(**{"leader": True, "scans": 1, "last_scan": SCANNED} | changes)


async def readiness(stand: Stand) -> tuple[int, str, list[str]]:
    reply = await stand.get("/readyz")
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.headers["Cache-Control"] == "no-store"
    body = json.loads(reply.body)
    return reply.status, body["status"], body["reasons"]


async def test_a_living_process_says_so(stand: Stand) -> None:
    reply = await stand.get("/healthz")
    assert (reply.status, json.loads(reply.body)) == (200, {"status": "alive"})


async def test_it_is_starting_until_the_first_scan_is_done(stand: Stand) -> None:
    stand.watch.append(watched(scans=0, last_scan=None))
    assert await readiness(stand) == (503, "starting", ["the first scan is still running"])
    stand.watch.append(watched())
    assert await readiness(stand) == (200, "ready", [])


async def test_when_it_is_ready_feeds_show_what_the_first_scan_brought(
    open_stand: Callable[..., Awaitable[Stand]],
) -> None:
    stand = await open_stand()
    stand.watch.append(watched(scans=0, last_scan=None))
    assert (await readiness(stand))[1] == "starting"
    await stand.write(Draft(ordinal=1, line=1, stated=Stated(title="Rain", text="It rained.")))
    stand.watch.append(watched())
    assert (await readiness(stand))[1] == "ready"
    assert "Rain" in (await stand.get("/feeds/all.rss")).text


async def test_a_watcher_that_a_reload_has_put_in_place_is_not_waited_for(stand: Stand) -> None:
    before = Parts(stats=lambda: stand.publisher.stats, watch=watched)
    with stand.app[METERS].lifetime.including(before):
        pass
    stand.watch.append(watched(scans=0, last_scan=None))
    assert await readiness(stand) == (200, "ready", [])


async def test_one_that_only_serves_waits_for_no_scan(stand: Stand) -> None:
    stand.watch.append(watched(leader=False, scans=0, last_scan=None))
    assert await readiness(stand) == (200, "ready", [])


async def test_without_a_watcher_it_is_ready(stand: Stand) -> None:
    assert await readiness(stand) == (200, "ready", [])


async def test_it_tells_the_figures(stand: Stand) -> None:
    stand.watch.append(watched())
    body = json.loads((await stand.get("/readyz")).body)
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


async def test_a_rejected_seed_degrades_it_and_feeds_go_on(stand: Stand) -> None:
    reading = SeedReading(
        path="bad.txt",
        hash=b"0" * 32,
        size=1,
        mtime=1,
        encoding="",
        reason="binary",
        line=1,
    )
    async with stand.writer.transaction() as transaction:
        await transaction.reject(reading)
    stand.watch.append(watched(degraded=(Reason("the folder is missing", "/srv/seeds"),)))
    assert await readiness(stand) == (
        200,
        "degraded",
        ["the folder is missing", "rejected files: 1"],
    )
    assert (await stand.get("/feeds/all.rss")).status == 200


async def test_where_file_names_are_shown_reasons_are_told_in_full(
    open_stand: Callable[..., Awaitable[Stand]],
) -> None:
    stand = await open_stand(show_file_names=True)
    stand.watch.append(watched(degraded=(Reason("the folder is missing", "/srv/seeds"),)))
    assert await readiness(stand) == (200, "degraded", ["the folder is missing: /srv/seeds"])


async def test_a_dead_watcher_makes_it_not_ready(stand: Stand) -> None:
    stand.watch.append(watched(alive=False))
    assert await readiness(stand) == (503, "not ready", ["the watcher has stopped"])


async def test_a_dead_publisher_makes_it_not_ready(stand: Stand) -> None:
    stand.app[FOLLOWER].cancel()
    await asyncio.wait([stand.app[FOLLOWER]])
    assert await readiness(stand) == (
        503,
        "not ready",
        ["the publisher has stopped checking for changes"],
    )


async def test_a_store_that_fails_makes_it_not_ready_and_current_feeds_go_on(stand: Stand) -> None:
    tag = (await stand.get("/feeds/all.rss")).headers["ETag"]
    stand.corrupt_database()
    status, condition, reasons = await readiness(stand)
    assert (status, condition) == (503, "not ready")
    assert "the database does not answer" in reasons
    assert (await stand.get("/feeds/all.rss")).headers["ETag"] == tag
    assert (await stand.get("/feeds/topics/sport.rss")).status == 503
    # What was current serves readers better than an error, though it is known to be old by now.
    everything = stand.publisher.channels.state(Channel())
    stand.publisher.channels.update(replace(everything, revision=everything.revision + 1))
    assert (await stand.get("/feeds/all.rss")).headers["ETag"] == tag
    async with asyncio.timeout(10):
        while not stand.publisher.channels.trouble:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_change_is_served_without_being_told(stand: Stand) -> None:
    tag = (await stand.get("/feeds/all.rss")).headers["ETag"]
    draft = Draft(ordinal=1, line=1, stated=Stated(title="Rain", text="It rained."))
    await stand.write(draft, seed="b.txt")
    async with asyncio.timeout(10):
        while (await stand.get("/feeds/all.rss")).headers["ETag"] == tag:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
