"""Logs and counts every request, even those that never reached a handler."""

from __future__ import annotations

import logging
from typing import Protocol

import structlog
from aiohttp import hdrs, web
from aiohttp.abc import AbstractAccessLogger

from feedsvc.web.agents import identify
from feedsvc.web.exchange import OUTCOME, Exchange, Outcome

UNROUTED = "none"

_QUERIES = "/feeds/query"

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
_CONDITIONS = (hdrs.IF_NONE_MATCH, hdrs.IF_MODIFIED_SINCE)

log = structlog.get_logger(__name__)


class Counts(Protocol):
    """Something that counts requests."""

    def count(self, exchange: Exchange) -> None:
        """Count one."""


class RequestLog(AbstractAccessLogger):
    """The access logger that aiohttp calls after each response."""

    def __init__(self, logger: logging.Logger, log_format: str, *, meters: Counts) -> None:
        super().__init__(logger, log_format)
        self._meters = meters

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        """Log and count the request; `time` is in seconds."""
        exchange = _describe(request, response, time)
        self._meters.count(exchange)
        write = log.debug if exchange.route in _QUIET else log.info
        write(
            "request answered",
            method=exchange.method,
            route=exchange.route,
            path=request.path,
            status=exchange.status,
            outcome=exchange.outcome.value,
            ms=round(time * 1000, 2),
            bytes=response.body_length,
            agent=exchange.agent.family,
        )


def _describe(request: web.BaseRequest, response: web.StreamResponse, time: float) -> Exchange:
    route = _get_route(request)
    return Exchange(
        method=request.method if request.method in _METHODS else "other",
        route=route,
        path=request.path_qs if route.startswith(_QUERIES) else request.path,
        status=response.status,
        outcome=request.get(OUTCOME) or _get_outcome(response.status),
        seconds=time,
        agent=identify(request.headers.get(hdrs.USER_AGENT, "")),
        conditional=any(name in request.headers for name in _CONDITIONS),
    )


def _get_route(request: web.BaseRequest) -> str:
    """Return the pattern that the request matched: one of few values, whatever clients ask for."""
    # Requests rejected by the parser have no route, and their match_info raises.
    found = request._match_info if isinstance(request, web.Request) else None  # noqa: SLF001
    resource = found.route.resource if found is not None else None
    return resource.canonical if resource is not None else UNROUTED


def _get_outcome(status: int) -> Outcome:
    match status // 100:
        case 2:
            return Outcome.SERVED
        case 3:
            return Outcome.REDIRECTED
        case 4:
            return Outcome.REFUSED
        case _:
            return Outcome.FAILED
