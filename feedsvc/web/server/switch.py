"""Stands between the connections and the application, so that another can take over unnoticed."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from aiohttp import web

from feedsvc.web.exchange import Exchange
from feedsvc.web.keys import FOLLOWER, METERS
from feedsvc.web.metrics.meters import Meters


class Switch:
    """Hands every request to the application of the day; connections never see a change.

    `patience` is for how many seconds a leaving application may finish what it has begun.
    """

    def __init__(self, *, patience: float) -> None:
        self._patience = patience
        self._back: _RunningApp | None = None
        self._leaving = False

    @property
    def app(self) -> web.Application:
        """The application that answers now."""
        return self._now.app

    @property
    def follower(self) -> asyncio.Task[None]:
        """The task with which that application follows the store."""
        return self.app[FOLLOWER]

    async def take_over(self, app: web.Application) -> None:
        """Start an application and let it answer from now on; the last one finishes and ends."""
        back = _RunningApp(app)
        await back.start()
        last, self._back = self._back, back
        if last is not None:
            await last.stop(patience=self._patience)

    async def close(self) -> None:
        """End the application."""
        if self._back is not None:
            await self._back.stop(patience=0)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """The answer to a request (aiohttp's request handler)."""
        response = await self._now.handle(request)
        if self._leaving:
            response.force_close()
        return response

    def leave(self) -> None:
        """From now on, every answer is the last one on its connection."""
        self._leaving = True

    def make_request(self, *args: Any) -> web.BaseRequest:
        """A request from what the parser found (aiohttp's request factory)."""
        return self._now.make_request(*args)

    @property
    def meters(self) -> Meters:
        """What counts for that application, and in a service for all of them."""
        return self.app[METERS]

    def count(self, exchange: Exchange) -> None:
        """Count a request among the figures of the application."""
        self.meters.requests.count(exchange)

    @property
    def _now(self) -> _RunningApp:
        if self._back is None:
            raise RuntimeError("no application has taken over yet")
        return self._back


class _RunningApp:
    """A started application and how many requests it is about to answer."""

    def __init__(self, app: web.Application) -> None:
        self.app = app
        self._runner = web.AppRunner(app)
        self._begun = 0
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
        self._begun += 1
        self._idle.clear()
        try:
            return await self._plain.request_handler(request)
        finally:
            self._begun -= 1
            if not self._begun:
                self._idle.set()

    def make_request(self, *args: Any) -> web.BaseRequest:
        return self._plain.request_factory(*args)

    @property
    def _plain(self) -> web.Server:
        """What aiohttp made of the application: how to make its requests and to answer them."""
        server = self._runner.server
        if server is None:
            raise RuntimeError("the application has ended")
        return server
