"""`/healthz`, `/readyz` and `/metrics`."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

from aiohttp import hdrs, web
from prometheus_client import CONTENT_TYPE_LATEST

from feedsvc.services.publish import ChannelIndex
from feedsvc.services.watch import WatchStatus
from feedsvc.store.database import DatabaseError, DiskUsage
from feedsvc.store.reader import Reader
from feedsvc.store.records import StoreStatus
from feedsvc.web.dates import format_optional_timestamp
from feedsvc.web.headers import NO_STORE
from feedsvc.web.health.readiness import Readiness, judge
from feedsvc.web.health.watch import join_watchers
from feedsvc.web.keys import (
    CLOCK,
    FOLLOWER,
    METERS,
    OTHER_WATCHERS,
    PUBLISHER,
    READER,
    SETTINGS,
    WATCH_STATUS,
)

STORE_SECONDS = 2.0


async def show_health(_request: web.Request) -> web.Response:
    """`/healthz`: 200 while the process runs."""
    return _respond_with_json(200, {"status": "alive"})


async def show_readiness(request: web.Request) -> web.Response:
    """`/readyz`: 200 when ready or degraded, 503 when starting or not ready, with the reasons.

    Once it is ready, the feeds contain everything from the scans so far.
    """
    # Read the watcher's status first: what its scans found is then in the store.
    watch = read_watch(request)
    store = await ask_store(request.app[READER], channels=request.app[PUBLISHER].channels)
    readiness = assess(request, store=store, watch=watch)
    body = {
        "status": readiness.condition.value,
        "reasons": list(readiness.reasons),
        "store": _describe_store(store) if store else None,
        "watcher": _describe_watcher(watch) if watch else None,
    }
    return _respond_with_json(readiness.condition.status, body)


def assess(
    request: web.Request, *, store: StoreStatus | None, watch: WatchStatus | None
) -> Readiness:
    """Judge the condition of the service, whose store and watcher have just been asked."""
    return judge(
        store=store,
        loss=request.app[READER].file.find_loss(),
        watch=watch,
        disk=_read_disk(request.app),
        trouble=request.app[PUBLISHER].channels.trouble,
        following=not request.app[FOLLOWER].done(),
        named=request.app[SETTINGS].show_file_names,
        now=request.app[CLOCK](),
    )


async def show_metrics(request: web.Request) -> web.Response:
    """`/metrics`: metrics in Prometheus's text format."""
    meters = request.app[METERS]
    try:
        if meters.gather is None:
            await update_metrics(request.app)
            body = meters.expose()
        else:
            body = await meters.gather()
    except TimeoutError as error:
        raise web.HTTPServiceUnavailable from error
    return web.Response(
        body=body,
        headers={hdrs.CONTENT_TYPE: CONTENT_TYPE_LATEST, hdrs.CACHE_CONTROL: NO_STORE},
    )


def read_watch(request: web.Request) -> WatchStatus | None:
    """Return the status of the service's watchers, with the scans since the service started.

    After a reload, which begins with a new watcher, the service stays ready.
    """
    watch = request.app[WATCH_STATUS]()
    own = replace(watch, scans=request.app[METERS].lifetime.scans) if watch else None
    return join_watchers(own, request.app[OTHER_WATCHERS]())


async def update_metrics(app: web.Application) -> None:
    """Set the gauges that describe the application now."""
    app[METERS].update(await ask_store(app[READER]), app[WATCH_STATUS](), _read_disk(app))


def _read_disk(app: web.Application) -> DiskUsage:
    return app[SETTINGS].database.disk_usage()


async def ask_store(reader: Reader, *, channels: ChannelIndex | None = None) -> StoreStatus | None:
    """Return the store's status; None if it is lost, fails or takes longer than two seconds.

    With `channels`, they catch up first: ready means that feeds show everything.
    """
    try:
        async with asyncio.timeout(STORE_SECONDS):
            reader.file.check()
            if channels is not None:
                await channels.refresh()
            return await reader.status()
    except DatabaseError:
        await asyncio.to_thread(reader.file.inspect)  # the answer says what has happened to it
        return None
    except TimeoutError:
        return None


def _describe_store(status: StoreStatus) -> dict[str, Any]:
    return {
        "entries": status.entries,
        "seeds": status.seeds,
        "rejected": status.rejected,
        "missing": status.missing,
        "last_ingest": format_optional_timestamp(status.last_ingest),
        "last_scan": format_optional_timestamp(status.last_scan),
        "removals_held": status.braked,
    }


def _describe_watcher(watch: WatchStatus) -> dict[str, Any]:
    return {
        "alive": watch.alive,
        "leader": watch.leader,
        "scans": watch.scans,
        "last_scan": format_optional_timestamp(watch.last_scan),
    }


def _respond_with_json(status: int, body: dict[str, Any]) -> web.Response:
    return web.Response(
        status=status,
        body=json.dumps(body, ensure_ascii=False, indent=1).encode() + b"\n",
        headers={hdrs.CONTENT_TYPE: "application/json", hdrs.CACHE_CONTROL: NO_STORE},
    )
