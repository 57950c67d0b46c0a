"""What every request passes through: errors, limits, canonical addresses, OPTIONS."""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import HttpVersion10, HttpVersion11, hdrs, web

from feedsvc.domain.query import QueryError
from feedsvc.services.publish import BusyError
from feedsvc.store.database import DatabaseError
from feedsvc.store.deadline import QueryTooBroadError
from feedsvc.web.client import client_address, rate_limit_key
from feedsvc.web.errors import BUSY, RETRY_SECONDS, respond_with_error
from feedsvc.web.exchange import OUTCOME, Outcome
from feedsvc.web.headers import add_preflight_headers, add_security_headers, allow_cross_origin
from feedsvc.web.keys import RATE_LIMIT, SETTINGS
from feedsvc.web.negotiation import Fields
from feedsvc.web.pages.refusals import handle_http_error
from feedsvc.web.redirects import find_canonical_location

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = structlog.get_logger(__name__)

_UNLIMITED = frozenset({"/healthz", "/readyz", "/metrics"})
_CROSS_ORIGIN = ("/feeds/", "/feeds.opml", "/api/")
_TOO_BROAD = "too many matches; add a word, region or topic to narrow the query down"
_METHODS = "GET, HEAD, OPTIONS"
_NOT_ALLOWED = 405
_BAD_REQUEST, _TOO_MANY, _TOO_LARGE = 400, 429, 413
_FAILED, _UNAVAILABLE, _VERSION = 500, 503, 505
# RFC 3986 §3.2.2: an address in brackets, or a name; then perhaps a port.
_HOST = re.compile(
    r"(?:\[[0-9A-Fa-f:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::\d*)?", re.ASCII
)


@web.middleware
async def handle_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Word every error; log a bug with its traceback and answer 500."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        return await handle_http_error(request, error)
    except QueryError as error:
        return respond_with_error(_BAD_REQUEST, reason=str(error))
    except QueryTooBroadError:
        return respond_with_error(_BAD_REQUEST, reason=_TOO_BROAD)
    except (BusyError, DatabaseError) as error:
        return _answer_unavailable(request, error)
    except Exception:
        log.exception("request failed", path=request.path)
        return respond_with_error(_FAILED)


@web.middleware
async def check_request(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 413 to a body, 400 to a wrong Host (RFC 9112 §3.2), 405 to CONNECT, 505 to HTTP/2."""
    if request.version not in {HttpVersion10, HttpVersion11}:
        # Otherwise aiohttp would answer in that version, and it would count as our failure.
        request._cache["version"] = HttpVersion11  # noqa: SLF001
        request[OUTCOME] = Outcome.REFUSED
        return _reject(_VERSION)
    if request.method == hdrs.METH_CONNECT:
        return _reject(_NOT_ALLOWED)
    if not has_valid_host(request.headers, needed=request.version == HttpVersion11):
        return _reject(_BAD_REQUEST)
    if request.body_exists:
        return _reject(_TOO_LARGE)
    return await handler(request)


def has_valid_host(fields: Fields, *, needed: bool) -> bool:
    """Whether a request names one host at most, well formed, and at least one if it is `needed`."""
    hosts = fields.getall(hdrs.HOST, [])
    if len(hosts) == 1:
        return _HOST.fullmatch(hosts[0]) is not None
    return not hosts and not needed


def refuse_body() -> web.Response:
    """Answer 413 and close the connection, before anything is asked for or read."""
    response = _reject(_TOO_LARGE)
    add_security_headers(response)
    return response


def spend_for_client(
    app: web.Application,
    transport: asyncio.BaseTransport | None,
    fields: Fields,
) -> float:
    """Count a request against its client's limit; return the seconds to wait, 0 if none."""
    limit = app.get(RATE_LIMIT)
    if limit is None:
        return 0.0
    address = client_address(transport, fields, app[SETTINGS].trusted_proxies)
    return limit.spend(rate_limit_key(address)) if address else 0.0


@web.middleware
async def limit_rate(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 429 with Retry-After to a client over its limit; health checks are exempt."""
    if request.path in _UNLIMITED:
        return await handler(request)
    wait = spend_for_client(request.app, request.transport, request.headers)
    if wait:
        return respond_with_error(_TOO_MANY, {hdrs.RETRY_AFTER: str(math.ceil(wait))})
    return await handler(request)


@web.middleware
async def redirect_to_canonical(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Redirect a trailing slash or upper case to the canonical address (301)."""
    if request.match_info.http_exception is not None:
        location = await find_canonical_location(request)
        if location:
            return web.Response(status=301, headers={hdrs.LOCATION: location})
    return await handler(request)


@web.middleware
async def answer_options(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer OPTIONS with 204 and Allow, unsupported methods with 405 and Allow."""
    if request.method == hdrs.METH_OPTIONS and request.raw_path == "*":
        return _answer_with_methods(request, _METHODS)
    error = request.match_info.http_exception
    if not isinstance(error, web.HTTPMethodNotAllowed):
        return await handler(request)
    allow = ", ".join(sorted({*error.allowed_methods, hdrs.METH_OPTIONS}))
    return _answer_with_methods(request, allow)


async def finish_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Complete the headers of every response; feeds and JSON are open to scripts of any site."""
    add_security_headers(response)
    if request.path.lower().startswith(_CROSS_ORIGIN):
        allow_cross_origin(response)
        if request.method == hdrs.METH_OPTIONS:
            add_preflight_headers(response)


def _answer_unavailable(request: web.Request, error: BusyError | DatabaseError) -> web.Response:
    headers: dict[str, str] = {hdrs.RETRY_AFTER: RETRY_SECONDS}
    if isinstance(error, BusyError):
        request[OUTCOME] = Outcome.REFUSED
        return respond_with_error(_UNAVAILABLE, headers, reason=BUSY)
    log.error("store does not answer", reason=str(error))
    return respond_with_error(_UNAVAILABLE, headers)


def _answer_with_methods(request: web.Request, allow: str) -> web.StreamResponse:
    if request.method == hdrs.METH_OPTIONS:
        return web.Response(status=204, headers={hdrs.ALLOW: allow})
    return respond_with_error(_NOT_ALLOWED, {hdrs.ALLOW: allow})


def _reject(status: int) -> web.Response:
    response = respond_with_error(
        status, {hdrs.ALLOW: _METHODS} if status == _NOT_ALLOWED else None
    )
    response.force_close()
    return response


MIDDLEWARES = (
    handle_errors,
    check_request,
    limit_rate,
    redirect_to_canonical,
    answer_options,
)
