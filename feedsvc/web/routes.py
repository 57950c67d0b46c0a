"""Every address of the service, on one page."""

from __future__ import annotations

from aiohttp.web import UrlDispatcher

from feedsvc.domain.render import Format
from feedsvc.web.api.channels import show_channels
from feedsvc.web.api.entries import show_entries, show_one_entry
from feedsvc.web.api.openapi import show_openapi
from feedsvc.web.api.seeds import show_seeds
from feedsvc.web.feeds import show_archive, show_feed, show_query
from feedsvc.web.health.endpoints import show_health, show_metrics, show_readiness
from feedsvc.web.opml import show_opml
from feedsvc.web.pages.assets import show_asset, show_favicon
from feedsvc.web.pages.handlers import (
    show_channel,
    show_entry,
    show_index,
    show_search,
    show_status,
)

_SLUG = "[a-z0-9-]+"
_ID = "{id:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}}"
_URN = _ID.replace("{id:", "{id:(?:urn:uuid:)?")
_FORM = f"{{form:{'|'.join(Format)}}}"
_REGION, _COUNTRY, _TOPIC = (f"{{{name}:{_SLUG}}}" for name in ("region", "country", "topic"))
_PAGE = "{page:[1-9][0-9]{0,8}}"
_CHANNELS = (
    "/all",
    f"/regions/{_REGION}",
    f"/countries/{_COUNTRY}",
    f"/topics/{_TOPIC}",
    f"/regions/{_REGION}/topics/{_TOPIC}",
)


def add_routes(router: UrlDispatcher) -> None:
    """Add all routes except metrics, which may have a port of their own."""
    add_feed_routes(router)
    add_api_routes(router)
    add_page_routes(router)
    router.add_get("/healthz", show_health)
    router.add_get("/readyz", show_readiness)


def add_feed_routes(router: UrlDispatcher) -> None:
    """Add feeds, their archives, and their list."""
    router.add_get("/feeds.opml", show_opml)
    router.add_get(f"/feeds/query.{_FORM}", show_query)
    for channel in _CHANNELS:
        router.add_get(f"/feeds{channel}.{_FORM}", show_feed)
        router.add_get(f"/feeds{channel}/archive/{_PAGE}.{_FORM}", show_archive)


def add_api_routes(router: UrlDispatcher) -> None:
    """Add the JSON API."""
    router.add_get("/api/openapi.json", show_openapi)
    router.add_get("/api/v1/entries", show_entries)
    router.add_get(f"/api/v1/entries/{_URN}", show_one_entry)
    router.add_get("/api/v1/channels", show_channels)
    router.add_get("/api/v1/seeds", show_seeds)


def add_page_routes(router: UrlDispatcher) -> None:
    """Add pages, and the files they need."""
    router.add_get("/", show_index)
    router.add_get("/all", show_channel)
    router.add_get(f"/regions/{_REGION}", show_channel)
    router.add_get(f"/countries/{_COUNTRY}", show_channel)
    router.add_get(f"/topics/{_TOPIC}", show_channel)
    router.add_get(f"/regions/{_REGION}/topics/{_TOPIC}", show_channel)
    router.add_get(f"/entries/{_ID}", show_entry)
    router.add_get("/search", show_search)
    router.add_get("/status", show_status)
    router.add_get("/static/{name}", show_asset)
    router.add_get("/favicon.ico", show_favicon)


def add_metrics_route(router: UrlDispatcher) -> None:
    """Add the metrics for Prometheus."""
    router.add_get("/metrics", show_metrics)
