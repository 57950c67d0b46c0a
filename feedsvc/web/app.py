"""Builds the application."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime

from aiohttp import web

from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.services.publish import BoundedQueue, Publisher
from feedsvc.services.watch import WatchStatus
from feedsvc.settings import Settings
from feedsvc.store.reader import Reader
from feedsvc.web import keys
from feedsvc.web.metrics.lifetime import Parts
from feedsvc.web.metrics.meters import Meters
from feedsvc.web.middleware import MIDDLEWARES, finish_headers
from feedsvc.web.rate import RateLimit
from feedsvc.web.ready import ReadyAnswers
from feedsvc.web.routes import add_metrics_route, add_routes

# Readers come from their feeds to entries, which take a few milliseconds each.
ENTRIES_WAITING = 1000
ENTRIES_PATIENCE_SECONDS = 10.0


def build_app(
    settings: Settings,
    *,
    reader: Reader,
    publisher: Publisher,
    taxonomy: Taxonomy,
    watch_status: Callable[[], WatchStatus | None],
    clock: Callable[[], datetime],
    meters: Meters | None = None,
    other_watchers: Callable[[], Sequence[WatchStatus]] = tuple,
) -> web.Application:
    """Build the application; it follows the store while it runs.

    `watch_status` returns None if no folder is watched, `clock` the time in UTC. `meters` are the
    metrics of the process, if they outlive this application. `other_watchers` returns the statuses
    of the watchers in the service's other processes.
    """
    app = web.Application(middlewares=MIDDLEWARES)
    app[keys.SETTINGS] = settings
    app[keys.READER] = reader
    app[keys.PUBLISHER] = publisher
    app[keys.TAXONOMY] = taxonomy
    app[keys.WATCH_STATUS] = watch_status
    app[keys.OTHER_WATCHERS] = other_watchers
    app[keys.FILES_QUEUE] = BoundedQueue()
    app[keys.ENTRIES_QUEUE] = BoundedQueue(
        most_waiting=ENTRIES_WAITING, patience=ENTRIES_PATIENCE_SECONDS
    )
    app[keys.CLOCK] = clock
    app[keys.METERS] = meters or Meters()
    app[keys.RATE_LIMIT] = _rate_limit(settings)
    app[keys.READY] = ReadyAnswers(
        clock, read_version=lambda: publisher.channels.version, count_use=publisher.count_hit
    )
    app.cleanup_ctx.append(follow_store)
    app.on_response_prepare.append(finish_headers)
    add_routes(app.router)
    if settings.metrics_port is None:
        add_metrics_route(app.router)
    return app


def build_metrics_app(app: web.Application) -> web.Application:
    """Build an application that only serves the metrics of `app`, for a separate port."""
    metrics = web.Application(middlewares=MIDDLEWARES)
    metrics[keys.SETTINGS] = app[keys.SETTINGS]
    metrics[keys.READER] = app[keys.READER]
    metrics[keys.METERS] = app[keys.METERS]
    metrics[keys.WATCH_STATUS] = app[keys.WATCH_STATUS]
    metrics[keys.CLOCK] = app[keys.CLOCK]
    metrics[keys.RATE_LIMIT] = None
    metrics[keys.READY] = ReadyAnswers(app[keys.CLOCK])
    metrics.on_response_prepare.append(finish_headers)
    add_metrics_route(metrics.router)
    return metrics


async def follow_store(app: web.Application) -> AsyncIterator[None]:
    """Learn what is stored before the first request, and what changes while serving."""
    publisher = app[keys.PUBLISHER]
    await publisher.channels.refresh()
    follower = asyncio.create_task(publisher.channels.keep_fresh(), name="follow the store")
    app[keys.FOLLOWER] = follower
    parts = Parts(stats=lambda: publisher.stats, watch=app[keys.WATCH_STATUS])
    with app[keys.METERS].lifetime.including(parts):
        yield
    follower.cancel()
    await asyncio.gather(follower, return_exceptions=True)
    await publisher.close()


def _rate_limit(settings: Settings) -> RateLimit | None:
    if not settings.rate_limit:
        return None
    return RateLimit(rate=settings.rate_limit, burst=settings.rate_burst, timer=time.monotonic)
