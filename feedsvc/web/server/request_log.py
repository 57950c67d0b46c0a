"""Logs and counts every request, even those that never reached a handler."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Protocol

import structlog
from aiohttp import hdrs, web
from aiohttp.abc import AbstractAccessLogger
from structlog.typing import FilteringBoundLogger

from feedsvc.logs import RepeatedLine, repeated_line
from feedsvc.web.agents import identify
from feedsvc.web.exchange import OUTCOME, Exchange, Outcome, find_route, is_conditional
from feedsvc.web.negotiation import Fields
from feedsvc.web.ready import ReadyAnswer

_QUERIES = "/feeds/query"
# Of one kind of answer; most addresses are polled by a few families of readers.
_MOST_RECORDERS = 4

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})

log: FilteringBoundLogger = structlog.get_logger(__name__)


class Service(Protocol):
    """Counts requests, and has a logger for them, bound to the present settings."""

    logger: FilteringBoundLogger

    def count(self, exchange: Exchange) -> None:
        """Count one."""

    def prepare_count(self, exchange: Exchange) -> Callable[[float], None]:
        """Return what counts one like it, given its seconds."""


class RequestLog(AbstractAccessLogger):
    """The access logger that aiohttp calls after each response."""

    def __init__(self, logger: logging.Logger, log_format: str, *, service: Service) -> None:
        super().__init__(logger, log_format)
        self._service = service

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        """Log and count the request; `time` is in seconds."""
        exchange = _describe(request, response, time)
        self.record(exchange, path=request.path, size=response.body_length)

    def record(self, exchange: Exchange, *, path: str, size: int) -> None:
        """Log and count a request to a path; `size` is the number of bytes sent."""
        self._service.count(exchange)
        logger = self._service.logger
        write = logger.debug if exchange.route in _QUIET else logger.info
        write("request answered", **_facts(exchange, path=path, size=size))

    def record_ready(self, answer: ReadyAnswer, fields: Fields, *, seconds: float) -> None:
        """Log and count a ready answer to a request with these fields."""
        kind = answer.kind
        agent = identify(fields.get(hdrs.USER_AGENT, ""))
        conditional = is_conditional(fields)
        recorder = kind.recorders.get((agent.family, conditional))
        # What readers claim of their subscribers differs from one to the next.
        if recorder is not None and agent.subscribers is None:
            recorder(seconds)
            return
        exchange = Exchange(
            method=kind.method,
            route=kind.route,
            path=kind.path,
            status=kind.status,
            outcome=kind.outcome,
            seconds=seconds,
            agent=agent,
            conditional=conditional,
        )
        size = len(answer.data)
        self.record(exchange, path=kind.path, size=size)
        facts = _facts(exchange, path=kind.path, size=size)
        line = repeated_line(__name__, "request answered", facts)
        if line is not None and len(kind.recorders) < _MOST_RECORDERS:
            count = self._service.prepare_count(exchange)
            kind.recorders[agent.family, conditional] = _make_recorder(line, count)


def _make_recorder(line: RepeatedLine, count: Callable[[float], None]) -> Callable[[float], None]:
    def record(seconds: float) -> None:
        count(seconds)
        line.repeat(_milliseconds(seconds))

    return record


def _facts(exchange: Exchange, *, path: str, size: int) -> dict[str, Any]:
    return {
        "method": exchange.method,
        "route": exchange.route,
        "path": path,
        "status": exchange.status,
        "outcome": exchange.outcome.value,
        "ms": _milliseconds(exchange.seconds),
        "bytes": size,
        "agent": exchange.agent.family,
    }


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 2)


def _describe(request: web.BaseRequest, response: web.StreamResponse, time: float) -> Exchange:
    route = find_route(request)
    return Exchange(
        method=request.method if request.method in _METHODS else "other",
        route=route,
        path=request.path_qs if route.startswith(_QUERIES) else request.path,
        status=response.status,
        outcome=request.get(OUTCOME) or _get_outcome(response.status),
        seconds=time,
        agent=identify(request.headers.get(hdrs.USER_AGENT, "")),
        conditional=is_conditional(request.headers),
    )


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
