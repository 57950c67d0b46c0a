"""Header fields that every response carries or must not carry."""

from __future__ import annotations

from aiohttp import hdrs, web

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def harden(response: web.StreamResponse) -> None:
    """No sniffing, no referrer to other sites, no version of ours; pages run only their own."""
    response.headers[hdrs.X_CONTENT_TYPE_OPTIONS] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers[hdrs.SERVER] = "feedsvc"
    if response.content_type == "text/html":
        response.headers["Content-Security-Policy"] = PAGE_POLICY


def open_to_scripts(response: web.StreamResponse) -> None:
    """Lets programs in any page of any site read the response (Fetch §3.2)."""
    response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = "*"
    response.headers[hdrs.ACCESS_CONTROL_EXPOSE_HEADERS] = "ETag, Link, Retry-After"


def answer_preflight(response: web.StreamResponse) -> None:
    """Tells a page's program what it may send (Fetch §3.2.2)."""
    response.headers[hdrs.ACCESS_CONTROL_ALLOW_METHODS] = "GET, HEAD"
    response.headers[hdrs.ACCESS_CONTROL_ALLOW_HEADERS] = "If-Modified-Since, If-None-Match"
    response.headers[hdrs.ACCESS_CONTROL_MAX_AGE] = "86400"
