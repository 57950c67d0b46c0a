"""Every address of the service, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.web.feeds import show_feed
from feedsvc.web.health import show_health, show_readiness
from feedsvc.web.opml import show_opml
from feedsvc.web.scrape import show_metrics

if TYPE_CHECKING:
    from aiohttp.web import UrlDispatcher

_SLUG = "[a-z0-9-]+"
_FORM = "{form:rss|atom|json}"
_REGION, _COUNTRY, _TOPIC = (f"{{{name}:{_SLUG}}}" for name in ("region", "country", "topic"))


def add_routes(router: UrlDispatcher) -> None:
    """All of them but metrics, which may have a port of their own."""
    add_feed_routes(router)
    router.add_get("/healthz", show_health)
    router.add_get("/readyz", show_readiness)


def add_feed_routes(router: UrlDispatcher) -> None:
    """Feeds and their list."""
    router.add_get("/feeds.opml", show_opml)
    router.add_get(f"/feeds/all.{_FORM}", show_feed)
    router.add_get(f"/feeds/regions/{_REGION}.{_FORM}", show_feed)
    router.add_get(f"/feeds/countries/{_COUNTRY}.{_FORM}", show_feed)
    router.add_get(f"/feeds/topics/{_TOPIC}.{_FORM}", show_feed)
    router.add_get(f"/feeds/regions/{_REGION}/topics/{_TOPIC}.{_FORM}", show_feed)


def add_metrics_route(router: UrlDispatcher) -> None:
    """What Prometheus asks for."""
    router.add_get("/metrics", show_metrics)
