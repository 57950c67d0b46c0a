"""Switches from one application to another on a reload, while connections stay open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog
from aiohttp import hdrs, web

from feedsvc.web.exchange import Exchange
from feedsvc.web.keys import FOLLOWER, METERS, RATE_LIMIT, READY
from feedsvc.web.metrics.meters import Meters
from feedsvc.web.middleware import refuse_body
from feedsvc.web.ready import ReadyAnswers
from feedsvc.web.server.request_log import log


class Switch:
    """Passes every request to the current application.

    `patience` is for how many seconds the previous application may finish its requests.
    """

    def __init__(self, *, patience: float) -> None:
        self._patience = patience
        self._current: _RunningApp | None = None
        self.closing = False
        # The answers that the application has given and that can be given again.
        self.ready: ReadyAnswers | None = None
        self.has_rate_limit = False
        self.logger: structlog.typing.FilteringBoundLogger = log.bind()

    @property
    def app(self) -> web.Application:
        """The current application."""
        return self._running.app

    @property
    def follower(self) -> asyncio.Task[None]:
        """The task with which that application follows the store."""
        return self.app[FOLLOWER]

    @property
    def meters(self) -> Meters:
        """The application's metrics; in a service, those of the whole process."""
        return self.app[METERS]

    async def switch_to(self, app: web.Application) -> None:
        """Start an application and make it the current one; wait for the previous one to end."""
        new = _RunningApp(app)
        await new.start()
        self.logger = log.bind()  # binding it for every request would take as long as writing
        previous, self._current = self._current, new
        self.ready = app[READY]
        self.has_rate_limit = app.get(RATE_LIMIT) is not None
        if previous is not None:
            await previous.stop(patience=self._patience)

    async def close(self) -> None:
        """End the application."""
        if self._current is not None:
            await self._current.stop(patience=0)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a request (aiohttp's request handler)."""
        # The application would first ask for the body (RFC 9110 §10.1.1).
        if request.body_exists and hdrs.EXPECT in request.headers:
            return refuse_body()
        response = await self._running.handle(request)
        if self.closing:
            response.force_close()
        return response

    def close_after_answers(self) -> None:
        """Close each connection after its next answer."""
        self.closing = True

    def make_request(self, *args: Any) -> web.BaseRequest:
        """Make a request from what the parser found (aiohttp's request factory)."""
        return self._running.make_request(*args)

    def count(self, exchange: Exchange) -> None:
        """Count a request in the application's metrics."""
        self.meters.requests.count(exchange)

    def prepare_count(self, exchange: Exchange) -> Callable[[float], None]:
        """Return what counts a request like this one, given its seconds."""
        return self.meters.requests.prepare(exchange)

    @property
    def _running(self) -> _RunningApp:
        if self._current is None:
            raise RuntimeError("no application has been started yet")
        return self._current


class _RunningApp:
    """A started application and the number of requests it is answering."""

    def __init__(self, app: web.Application) -> None:
        self.app = app
        self._runner = web.AppRunner(app)
        self._open_requests = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def start(self) -> None:
        await self._runner.setup()

    async def stop(self, *, patience: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._idle.wait()
        await self._runner.cleanup()

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self._open_requests += 1
        self._idle.clear()
        try:
            return await self._server.request_handler(request)
        finally:
            self._open_requests -= 1
            if not self._open_requests:
                self._idle.set()

    def make_request(self, *args: Any) -> web.BaseRequest:
        return self._server.request_factory(*args)

    @property
    def _server(self) -> web.Server:
        """The server aiohttp made from the application: it makes and answers requests."""
        server = self._runner.server
        if server is None:
            raise RuntimeError("the application has ended")
        return server
