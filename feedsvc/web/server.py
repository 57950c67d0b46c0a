"""The connection: its limits, its patience, and the words for what aiohttp's parser refuses."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
from aiohttp import hdrs, web

from feedsvc.web.answers import http_date
from feedsvc.web.errors import FIELD_LIMIT, FIELDS_LIMIT, LINE_LIMIT, parser_status, word_error
from feedsvc.web.headers import harden
from feedsvc.web.request_log import RequestLog

if TYPE_CHECKING:
    from feedsvc.settings import Settings
    from feedsvc.web.front import Front

log = structlog.get_logger()

_FAILED = 500
_LINGER_SECONDS = 2.0
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Retry-After: 2\r\nConnection: close\r\nContent-Length: 51\r\n\r\n"
    b"503 Service Unavailable: too many connections now.\n"
)


class Connection(web.RequestHandler):
    """A client's connection: a request's head has to be complete in `header_seconds`."""

    __slots__ = ("_head_seconds", "_head_timer")

    def __init__(self, manager: web.Server, *, header_seconds: float, **kwargs: Any) -> None:
        super().__init__(manager, **kwargs)
        self._head_seconds = header_seconds
        self._head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Expects a request."""
        super().connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Feeds the parser; a head that has begun has to end in time, however it dribbles."""
        before = self._request_count
        super().data_received(data)
        if self._request_count > before:
            self._forget_head()
        elif self._head_timer is None and not self._request_in_progress:
            self._expect_head()

    def connection_lost(self, exc: BaseException | None) -> None:
        """Nothing is expected any more."""
        self._forget_head()
        super().connection_lost(exc)

    def handle_error(
        self,
        request: web.BaseRequest,  # noqa: ARG002
        status: int = _FAILED,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002 - it repeats what was sent
    ) -> web.StreamResponse:
        """The answer to what the parser refused, in our words; the connection is closed."""
        if status >= _FAILED:
            log.error("request failed", exc_info=exc)
        response = word_error(parser_status(exc) if status < _FAILED else _FAILED)
        # It is of HTTP/1.0 to aiohttp and does not pass the application's hook.
        response.headers[hdrs.DATE] = http_date(datetime.now(UTC))
        response.headers[hdrs.CONNECTION] = "close"
        harden(response)
        response.force_close()
        return response

    async def finish_response(
        self,
        request: web.BaseRequest,
        resp: web.StreamResponse,
        start_time: float | None,
    ) -> tuple[web.StreamResponse, bool]:
        """Sends the response in our words, such as 417; who does not take it in time is let go."""
        if isinstance(resp, web.HTTPException):
            resp = word_error(resp.status, resp.headers)
        try:
            async with asyncio.timeout(self.keepalive_timeout):
                return await super().finish_response(request, resp, start_time)
        except TimeoutError:
            # Closing alone would wait for what is not taken to be taken.
            if isinstance(self.transport, asyncio.WriteTransport):
                self.transport.abort()
            log.info("client let go", reason="it does not take its answer")
            return resp, True

    def _expect_head(self) -> None:
        self._head_timer = self._loop.call_later(self._head_seconds, self._give_up)

    def _forget_head(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _give_up(self) -> None:
        self._head_timer = None
        self.force_close()


class Refusal(asyncio.Protocol):
    """What a connection beyond the limit meets: 503 and the end."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Says so and closes, without waiting for a request."""
        if isinstance(transport, asyncio.WriteTransport):
            transport.write(_FULL)
            transport.close()


class Server(web.Server):
    """Makes a `Connection` for every client, up to a limit."""

    def __init__(self, front: Front, *, settings: Settings) -> None:
        super().__init__(front.handle, request_factory=front.make_request)
        self._request_log = partial(RequestLog, meters=front)
        self.adopt(settings)

    def adopt(self, settings: Settings) -> None:
        """Takes the limits of new connections from the settings."""
        self._limit = settings.max_connections
        self._connect = partial(
            Connection,
            self,
            loop=asyncio.get_running_loop(),
            header_seconds=settings.header_seconds,
            keepalive_timeout=settings.idle_seconds,
            lingering_time=_LINGER_SECONDS,
            max_line_size=LINE_LIMIT,
            max_field_size=FIELD_LIMIT,
            max_headers=FIELDS_LIMIT,
            auto_decompress=False,
            access_log_class=self._request_log,
        )

    def __call__(self) -> asyncio.Protocol:  # type: ignore[override]
        """A protocol for a new connection."""
        return self._connect() if len(self.connections) < self._limit else Refusal()
