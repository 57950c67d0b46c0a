"""Plain-text errors for clients: short, and never repeating what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from aiohttp import hdrs, web

from feedsvc.web.headers import NO_STORE

# When a client that got 503 may try again.
RETRY_SECONDS = "5"
BUSY = "too many requests like this at the moment; try again in a few seconds"

_REASONS = {
    400: "malformed request",
    404: "there is no page or feed at this address",
    405: "only GET, HEAD and OPTIONS are supported",
    406: "none of the requested encodings is available",
    410: "this entry is no longer published",
    412: "the document is not the one that If-Match or If-Unmodified-Since asks for",
    413: "this service does not accept request bodies",
    414: "the address is too long",
    417: "the Expect header is not supported",
    429: "too many requests; try again later",
    431: "the request header is too large",
    500: "an internal error occurred and was logged",
    505: "only HTTP/1.0 and HTTP/1.1 are supported",
    503: "temporarily unavailable; try again in a few seconds",
}
_KEPT = (hdrs.ALLOW, hdrs.RETRY_AFTER, hdrs.LOCATION, hdrs.VARY)


def respond_with_error(
    status: int,
    headers: Mapping[str, str] | None = None,
    *,
    reason: str = "",
) -> web.Response:
    """Return the response to an error, with only those `headers` that the status needs.

    `reason` replaces the usual explanation; it must contain nothing that the client sent.
    """
    phrase = HTTPStatus(status).phrase
    reason = reason or _REASONS.get(status, "")
    text = f"{status} {phrase}: {reason}.\n" if reason else f"{status} {phrase}.\n"
    kept = {name: value for name, value in (headers or {}).items() if name in _KEPT}
    return web.Response(
        status=status,
        text=text,
        headers={hdrs.CACHE_CONTROL: NO_STORE, **kept},
    )
