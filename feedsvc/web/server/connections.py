"""Client connections: their limits and timeouts, and the answers to malformed requests."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from functools import partial
from typing import cast

import structlog
from aiohttp import hdrs, web
from aiohttp.http_parser import RawRequestMessage
from aiohttp.streams import EMPTY_PAYLOAD, StreamReader
from aiohttp.web_protocol import RequestPayloadError

from feedsvc.settings import Settings
from feedsvc.web.dates import format_http_date
from feedsvc.web.errors import respond_with_error
from feedsvc.web.headers import add_security_headers
from feedsvc.web.keys import CLOCK
from feedsvc.web.middleware import has_valid_host, spend_for_client
from feedsvc.web.server.overload import HEALTH_RESERVE, Overflow
from feedsvc.web.server.parser import (
    FIELD_LIMIT,
    FIELDS_LIMIT,
    HEAD_END,
    LINE_LIMIT,
    PIPELINE_LIMIT,
    READ_SIZE,
    HeadParser,
    parser_status,
)
from feedsvc.web.server.request_log import RequestLog
from feedsvc.web.server.switch import Switch

log = structlog.get_logger(__name__)

_FAILED = 500
_LINGER_SECONDS = 2.0
_DRAIN_STEP = 0.01
_COSTLY = ("/feeds/query", "/search", "/api/")


class Connection(web.RequestHandler):
    """A client's connection; a request's head must be complete within `header_seconds`.

    If it is `reserved` for health checks, it is closed after one answer.
    """

    __slots__ = (
        "_closed",
        "_ended",
        "_head_seconds",
        "_head_timer",
        "_heads",
        "_request_log",
        "_reserved",
        "_server",
        "_unread_timer",
    )

    def __init__(
        self, server: ConnectionFactory, *, header_seconds: float, reserved: bool = False
    ) -> None:
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            keepalive_timeout=server.idle_seconds,
            lingering_time=_LINGER_SECONDS,
            access_log_class=server.request_log,  # type: ignore[arg-type] # it makes one
        )
        self._request_log = cast("RequestLog", self.access_logger)
        self._server = server
        self._reserved = reserved
        self._head_seconds = header_seconds
        self._head_timer: asyncio.TimerHandle | None = None
        self._closed = asyncio.Event()
        self._ended = False
        self._unread_timer: asyncio.TimerHandle | None = None
        self._limit_heads()

    @property
    def busy(self) -> bool:
        """Whether a request is being answered or is waiting, or an answer is not read yet."""
        return bool(self._request_in_progress or self._messages or self._unread_timer)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start waiting for a request."""
        super().connection_made(transport)
        # asyncio's default is four times as much, which every client could make us buffer; uvloop
        # has one buffer for all.
        if hasattr(transport, "max_size"):
            transport.max_size = READ_SIZE
        self._server.switch.meters.connections.count()
        self._start_head_timer()

    def data_received(self, data: bytes) -> None:
        """Feed the parser; a head must be complete in time, however slowly it arrives."""
        before = self._request_count
        super().data_received(data)
        if self._heads.failed is not None:
            self._heads.failed.__traceback__ = None  # it would keep the request's data alive
        if self._request_count > before:
            self._stop_head_timer()
            if data and not data.endswith(HEAD_END):
                self._start_head_timer()  # the next request has begun
        elif self._head_timer is None and not self._request_in_progress:
            self._start_head_timer()

    def eof_received(self) -> bool:  # type: ignore[override] # aiohttp's closes at once
        """Finish answering a client that sends no more (RFC 9112 §9.6); return whether to wait.

        It may also have left: then what it made up must not go on costing time.
        """
        self._ended = True
        is_idle = self._waiter is not None and not self._messages
        asked = self._current_request
        return not is_idle and not (asked is not None and asked.path.startswith(_COSTLY))

    def connection_lost(self, exc: BaseException | None) -> None:
        """Stop waiting."""
        self._stop_head_timer()
        self._stop_unread_timer()
        self._closed.set()
        self._server.switch.meters.connections.count_end()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Wait for a client that does not read; its next answer would wait in memory."""
        super().pause_writing()
        if not self._request_in_progress and self.transport is not None:
            self._unread_timer = self._loop.call_later(
                self.keepalive_timeout, _drop_slow_client, self.transport
            )

    def resume_writing(self) -> None:
        """Go on when the client has read enough."""
        self._stop_unread_timer()
        super().resume_writing()

    def handle_error(
        self,
        request: web.BaseRequest,  # noqa: ARG002
        status: int = _FAILED,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002 - it repeats what was sent
    ) -> web.StreamResponse:
        """Answer what the parser rejected in our own words, and close the connection."""
        if status >= _FAILED:
            log.error("request failed", exc_info=exc)
        response = respond_with_error(parser_status(exc) if status < _FAILED else _FAILED)
        # aiohttp takes it for HTTP/1.0 and does not call the application's signal handlers.
        response.headers[hdrs.DATE] = format_http_date(self._server.switch.app[CLOCK]())
        response.headers[hdrs.CONNECTION] = "close"
        add_security_headers(response)
        response.force_close()
        return response

    async def finish_response(
        self,
        request: web.BaseRequest,
        resp: web.StreamResponse,
        start_time: float | None,
    ) -> tuple[web.StreamResponse, bool]:
        """Send the response, errors in our words; drop a client that does not read it in time."""
        if isinstance(resp, web.HTTPException):
            resp = respond_with_error(resp.status, resp.headers)
        if self._reserved:
            resp.force_close()
        try:
            async with asyncio.timeout(self.keepalive_timeout):
                sent = await super().finish_response(request, resp, start_time)
        except TimeoutError:
            if self.transport is not None:
                _drop_slow_client(self.transport)
            return resp, True
        if self._server.switch.ready is not None:
            self._server.switch.ready.keep(request, resp)
        if self._heads.failed is not None and not resp.keep_alive:
            await self._linger()
        if self._ended and not self._messages:
            self.close()  # after the answer
        return sent

    def _answer_if_ready(self, message: RawRequestMessage, body: StreamReader) -> bool:
        """Answer a request here and now if its answer is ready; return whether it was.

        Whatever is unusual (a body, requests before or after it, a client that does not read, a
        service that is shutting down) is left to a handler.
        """
        began = time.perf_counter()
        transport, switch = self.transport, self._server.switch
        ready, fields = switch.ready, message.headers
        if ready is None or transport is None or body is not EMPTY_PAYLOAD:
            return False
        if switch.closing or not self._is_idle:
            return False
        answer = ready.find(message)
        if answer is None or not has_valid_host(fields, needed=True):
            return False
        if switch.has_rate_limit and spend_for_client(switch.app, transport, fields):
            return False
        transport.write(answer.data)
        ready.count_use()
        self._request_count += 1
        self._server.requests_count += 1
        self._next_keepalive_close_time = self._loop.time() + self.keepalive_timeout
        seconds = time.perf_counter() - began
        self._request_log.record_ready(answer, fields, seconds=seconds)
        return True

    @property
    def _is_idle(self) -> bool:
        """Whether an answer can be sent at once: nothing comes before it, and others may follow."""
        return (
            self._waiter is not None
            and not self._waiter.done()
            and not self._messages
            and not self._paused
            and not self._ended
            and not self._reserved
            and self._keepalive_handle is not None
        )

    async def _linger(self) -> None:
        """Wait for a client that is still sending: a reset would cost it the answer.

        What it sends is read and discarded (RFC 9112 §9.6).
        """
        if self.transport is not None and self.transport.can_write_eof():
            self.transport.write_eof()
        with suppress(TimeoutError):
            async with asyncio.timeout(_LINGER_SECONDS):
                await self._closed.wait()

    def _limit_heads(self) -> None:
        self._max_msg_queue_size = PIPELINE_LIMIT
        self._msg_queue_resume_size = PIPELINE_LIMIT // 2
        self._parser = self._heads = HeadParser(
            self,
            self._loop,
            self._read_bufsize,
            max_line_size=LINE_LIMIT,
            max_field_size=FIELD_LIMIT,
            max_headers=FIELDS_LIMIT,
            payload_exception=RequestPayloadError,
            auto_decompress=False,
            max_msg_queue_size=PIPELINE_LIMIT,
        )
        self._heads.answer = self._answer_if_ready

    def _stop_unread_timer(self) -> None:
        if self._unread_timer is not None:
            self._unread_timer.cancel()
            self._unread_timer = None

    def _start_head_timer(self) -> None:
        self._head_timer = self._loop.call_later(self._head_seconds, self._on_head_timeout)

    def _stop_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _on_head_timeout(self) -> None:
        self._head_timer = None
        if self.busy:
            self._start_head_timer()  # an earlier request is still being answered
        else:
            self.force_close()


def _drop_slow_client(transport: asyncio.Transport) -> None:
    # Closing would wait until the client reads the rest.
    transport.abort()
    log.info("connection closed: client too slow", reason="answer not read in time")


class Admission(asyncio.Protocol):
    """Decides whether to accept a client once it is connected, when the count is certain."""

    def __init__(self, server: ConnectionFactory) -> None:
        self._server = server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Hand the client to a `Connection`, or to an `Overflow`."""
        protocol = self._server.admit()
        cast("asyncio.Transport", transport).set_protocol(protocol)
        protocol.connection_made(transport)


class ConnectionFactory(web.Server):
    """Makes a `Connection` for every client, up to a limit (asyncio's protocol factory)."""

    def __init__(self, switch: Switch, *, settings: Settings) -> None:
        super().__init__(
            switch.handle,
            request_factory=switch.make_request,
            # A client that leaves ends its query.
            handler_cancellation=True,
        )
        self.switch = switch
        self.request_log = partial(RequestLog, service=switch)
        self._overflow: dict[Overflow, None] = {}
        self.apply_limits(settings)

    def apply_limits(self, settings: Settings) -> None:
        """Take the limits of new connections from the settings."""
        self._limit = settings.max_connections
        self._head_seconds = settings.header_seconds
        self.idle_seconds = settings.idle_seconds

    def __call__(self) -> asyncio.Protocol:  # type: ignore[override]
        """Return a protocol for a new connection."""
        return Admission(self)

    def admit(self) -> asyncio.Protocol:
        """Return the protocol for one more client."""
        if len(self._connections) < self._limit:
            return Connection(self, header_seconds=self._head_seconds)
        return Overflow(
            self._overflow,
            admit=self._admit_health_check,
            rejected=self.switch.meters.connections.count_rejection,
        )

    def _admit_health_check(self) -> asyncio.Protocol | None:
        """Return the protocol for a health check, from the reserve; None if that is used up."""
        if len(self._connections) >= self._limit + HEALTH_RESERVE:
            return None
        return Connection(self, header_seconds=self._head_seconds, reserved=True)

    async def drain(self, *, seconds: float) -> None:
        """Close idle connections and let the others finish, within so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._close_idle():  # noqa: ASYNC110 - aiohttp has no event for it
                    await asyncio.sleep(_DRAIN_STEP)

    def _close_idle(self) -> bool:
        """Close idle connections; return whether any busy one is left."""
        busy = False
        for connection in self.connections:
            if isinstance(connection, Connection) and connection.busy:
                busy = True
            else:
                connection.force_close()
        return busy
