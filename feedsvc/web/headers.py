"""Header fields: Cache-Control, and what every response carries or must not carry."""

from __future__ import annotations

from aiohttp import hdrs, web

from feedsvc.settings import Settings

NO_STORE = "no-store"
CACHE_FOREVER = "max-age=31536000, immutable"
CACHE_AN_HOUR = "max-age=3600"
DAY_SECONDS = 86_400

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def public_cache_control(settings: Settings, *, max_age: int | None = None) -> str:
    """Cache-Control for documents that anyone may see (RFC 9111 §5.2.2, RFC 5861)."""
    fresh = settings.max_age if max_age is None else max_age
    return (
        f"max-age={fresh}, "
        f"stale-while-revalidate={settings.stale_while_revalidate}, "
        f"stale-if-error={settings.stale_if_error}"
    )


def add_security_headers(response: web.StreamResponse) -> None:
    """Forbid sniffing, hide referrers and our version; pages run only their own scripts."""
    response.headers[hdrs.X_CONTENT_TYPE_OPTIONS] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers[hdrs.SERVER] = "feedsvc"
    if response.content_type == "text/html":
        response.headers["Content-Security-Policy"] = PAGE_POLICY


def allow_cross_origin(response: web.StreamResponse) -> None:
    """Let scripts on any site read the response (Fetch §3.2)."""
    response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = "*"
    response.headers[hdrs.ACCESS_CONTROL_EXPOSE_HEADERS] = "ETag, Link, Retry-After"


def add_preflight_headers(response: web.StreamResponse) -> None:
    """Say what a script may send (Fetch §3.2.2)."""
    response.headers[hdrs.ACCESS_CONTROL_ALLOW_METHODS] = "GET, HEAD"
    response.headers[hdrs.ACCESS_CONTROL_ALLOW_HEADERS] = "If-Modified-Since, If-None-Match"
    response.headers[hdrs.ACCESS_CONTROL_MAX_AGE] = "86400"
