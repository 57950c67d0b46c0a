"""Words errors for clients: short plain text that repeats nothing of what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from aiohttp import hdrs, web

_REASONS = {
    400: "this request cannot be understood",
    404: "there is nothing at this address",
    405: "this address takes no such method",
    406: "none of the codings asked for is available",
    410: "what was here has been withdrawn",
    413: "requests to this service carry no body",
    414: "this address is too long",
    429: "too many requests; wait and ask again",
    431: "the header of this request is too large",
    500: "the service failed to answer; it has been logged",
    503: "the service cannot answer at the moment; ask again",
}
_KEPT = (hdrs.ALLOW, hdrs.RETRY_AFTER, hdrs.LOCATION, hdrs.VARY)


def word_error(
    status: int,
    headers: Mapping[str, str] | None = None,
    *,
    reason: str = "",
) -> web.Response:
    """The response to an error; of `headers`, only those that the status needs are kept.

    `reason` is ours and holds nothing of what was sent.
    """
    phrase = HTTPStatus(status).phrase
    reason = reason or _REASONS.get(status, "")
    text = f"{status} {phrase}: {reason}.\n" if reason else f"{status} {phrase}.\n"
    kept = {name: value for name, value in (headers or {}).items() if name in _KEPT}
    return web.Response(
        status=status,
        text=text,
        headers={hdrs.CACHE_CONTROL: "no-store", **kept},
    )
