"""What every request passes, outermost first: errors, limits, canonical addresses, OPTIONS."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import HttpVersion11, hdrs, web

from feedsvc.domain.query import QueryError
from feedsvc.store.budget import QueryTooBroadError
from feedsvc.store.engine import DatabaseError
from feedsvc.web.client import client_address, household
from feedsvc.web.errors import word_error
from feedsvc.web.headers import answer_preflight, harden, open_to_scripts
from feedsvc.web.keys import RATE_LIMIT, SETTINGS
from feedsvc.web.pages.refusals import answer_refusal
from feedsvc.web.redirects import canonical_location

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = structlog.get_logger()

_UNLIMITED = frozenset({"/healthz", "/readyz", "/metrics"})
_OPEN = ("/feeds/", "/feeds.opml", "/api/")
_SOON = "5"
_TOO_BROAD = "this question takes too long to answer; expected fewer or rarer words"
_METHODS = "GET, HEAD, OPTIONS"
_NOT_ALLOWED = 405
_BAD_REQUEST, _TOO_MANY, _TOO_LARGE, _FAILED, _SILENT_STORE = 400, 429, 413, 500, 503


@web.middleware
async def word_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every error in few words; a bug is logged with its trace and told as 500."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        return answer_refusal(request, error)
    except QueryError as error:
        return word_error(_BAD_REQUEST, reason=str(error))
    except QueryTooBroadError:
        return word_error(_BAD_REQUEST, reason=_TOO_BROAD)
    except DatabaseError as error:
        log.error("store does not answer", reason=str(error))  # noqa: TRY400 - it says why
        return word_error(_SILENT_STORE, {hdrs.RETRY_AFTER: _SOON})
    except Exception:
        log.exception("request failed", path=request.path)
        return word_error(_FAILED)


@web.middleware
async def refuse_bodies(request: web.Request, handler: Handler) -> web.StreamResponse:
    """413 to a request with a body, 400 to one without the Host that HTTP/1.1 demands."""
    if request.method == hdrs.METH_CONNECT:
        return _refuse(_NOT_ALLOWED)
    if request.version >= HttpVersion11 and hdrs.HOST not in request.headers:
        return _refuse(_BAD_REQUEST)
    if request.body_exists:
        return _refuse(_TOO_LARGE)
    return await handler(request)


@web.middleware
async def limit_rate(request: web.Request, handler: Handler) -> web.StreamResponse:
    """429 with Retry-After to an address whose bucket is empty; health is always answered."""
    limit = request.app.get(RATE_LIMIT)
    if limit is None or request.path in _UNLIMITED:
        return await handler(request)
    address = client_address(request, request.app[SETTINGS].trusted_proxies)
    wait = limit.spend(household(address)) if address else 0.0
    if wait:
        return word_error(_TOO_MANY, {hdrs.RETRY_AFTER: str(math.ceil(wait))})
    return await handler(request)


@web.middleware
async def redirect_to_canonical(request: web.Request, handler: Handler) -> web.StreamResponse:
    """301 from a closing slash and from upper case to the address that there is."""
    if request.match_info.http_exception is not None:
        location = await canonical_location(request)
        if location:
            return web.Response(status=301, headers={hdrs.LOCATION: location})
    return await handler(request)


@web.middleware
async def answer_options(request: web.Request, handler: Handler) -> web.StreamResponse:
    """204 with Allow to OPTIONS, 405 with it to what is not taken."""
    if request.method == hdrs.METH_OPTIONS and request.raw_path == "*":
        return _tell_methods(request, _METHODS)
    refusal = request.match_info.http_exception
    if not isinstance(refusal, web.HTTPMethodNotAllowed):
        return await handler(request)
    allow = ", ".join(sorted({*refusal.allowed_methods, hdrs.METH_OPTIONS}))
    return _tell_methods(request, allow)


async def finish_headers(request: web.Request, response: web.StreamResponse) -> None:
    """The last hand on every response: feeds and JSON are open to the programs of any site."""
    harden(response)
    if request.path.lower().startswith(_OPEN):
        open_to_scripts(response)
        if request.method == hdrs.METH_OPTIONS:
            answer_preflight(response)


def _tell_methods(request: web.Request, allow: str) -> web.StreamResponse:
    if request.method == hdrs.METH_OPTIONS:
        return web.Response(status=204, headers={hdrs.ALLOW: allow})
    return word_error(_NOT_ALLOWED, {hdrs.ALLOW: allow})


def _refuse(status: int) -> web.Response:
    response = word_error(status, {hdrs.ALLOW: _METHODS} if status == _NOT_ALLOWED else None)
    response.force_close()
    return response


MIDDLEWARES = (
    word_errors,
    refuse_bodies,
    limit_rate,
    redirect_to_canonical,
    answer_options,
)
