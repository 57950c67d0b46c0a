"""Answers Prometheus."""

from __future__ import annotations

from aiohttp import hdrs, web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from feedsvc.web.health import ask_store, read_disk
from feedsvc.web.keys import METERS, READER, WATCH_STATUS


async def show_metrics(request: web.Request) -> web.Response:
    """`/metrics` in Prometheus' text format."""
    meters = request.app[METERS]
    meters.look_at(
        await ask_store(request.app[READER]), request.app[WATCH_STATUS](), read_disk(request)
    )
    return web.Response(
        body=generate_latest(meters.registry),
        headers={hdrs.CONTENT_TYPE: CONTENT_TYPE_LATEST, hdrs.CACHE_CONTROL: "no-store"},
    )
