"""The HTTP server: its ports, and the application behind them, which a reload replaces."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from socket import socket
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from feedsvc.settings import Settings
from feedsvc.web.app import build_metrics_app
from feedsvc.web.server.connections import ConnectionFactory
from feedsvc.web.server.switch import Switch

BACKLOG = 1024
STEP_SECONDS = 0.01
LAST_REQUEST_SECONDS = 0.5


class ListenError(OSError):
    """A port cannot be opened; `setting` is the one to change."""

    def __init__(self, message: str, *, setting: str) -> None:
        super().__init__(message)
        self.setting = setting


class HttpServer:
    """Listens on the main port and, if it has one of its own, on that for metrics."""

    def __init__(self, settings: Settings) -> None:
        self.switch = Switch(patience=settings.shutdown_seconds)
        self._metrics = Switch(patience=settings.shutdown_seconds)
        self._has_metrics = settings.metrics_port is not None
        self._factory = ConnectionFactory(self.switch, settings=settings)
        # aiohttp would wait for open requests a second time; `_drain` does that.
        self._runner = web.ServerRunner(self._factory, shutdown_timeout=STEP_SECONDS)
        self._metrics_runner = web.ServerRunner(
            ConnectionFactory(self._metrics, settings=settings), shutdown_timeout=STEP_SECONDS
        )

    async def switch_to(self, app: web.Application, settings: Settings) -> None:
        """Answer with another application from now on, on open connections too."""
        self._factory.apply_limits(settings)
        await self.switch.switch_to(app)
        if self._has_metrics:
            await self._metrics.switch_to(build_metrics_app(app))

    async def start(
        self,
        stack: AsyncExitStack,
        settings: Settings,
        sockets: Sequence[socket],
    ) -> None:
        """Accept connections until the stack is closed.

        Raises:
            ListenError: A port cannot be opened.
        """
        for switch, runner in ((self._metrics, self._metrics_runner), (self.switch, self._runner)):
            stack.push_async_callback(switch.close)
            stack.push_async_callback(runner.cleanup)
            await runner.setup()
        stack.push_async_callback(self._drain, settings)
        for site in _sites(self._runner, settings, sockets):
            await _listen(site, setting="port")
        if self._has_metrics:
            site = web.TCPSite(self._metrics_runner, settings.host, settings.metrics_port)
            await _listen(site, setting="metrics_port")

    async def _drain(self, settings: Settings) -> None:
        """Accept no more connections and let open requests finish, within `shutdown_seconds`.

        Connections just accepted get time to send a request: if they were closed at once, a request
        on its way would be answered by a reset.
        """
        _stop_accepting(self._runner)
        await asyncio.sleep(STEP_SECONDS)  # an accepted socket becomes a connection a little later
        for site in self._runner.sites:
            await site.stop()
        self.switch.close_after_answers()
        grace = min(LAST_REQUEST_SECONDS, settings.shutdown_seconds)
        with suppress(TimeoutError):
            async with asyncio.timeout(grace):
                while self._factory.connections:  # noqa: ASYNC110 - aiohttp has no event for it
                    await asyncio.sleep(STEP_SECONDS)
        await self._factory.drain(seconds=settings.shutdown_seconds - grace)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where connections are accepted, as URLs."""
        runners = (self._runner, self._metrics_runner)
        return tuple(format_address(address) for one in runners for address in one.addresses)


def format_address(address: Any) -> str:
    """A socket's address as a URL, or the path of a socket in the file system."""
    match address:
        case (str(host), int(port), *_):
            return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        case _:
            return str(address)


def _sites(
    runner: web.ServerRunner,
    settings: Settings,
    sockets: Sequence[socket],
) -> tuple[web.BaseSite, ...]:
    if sockets:
        return tuple(web.SockSite(runner, one, backlog=BACKLOG) for one in sockets)
    return (web.TCPSite(runner, settings.host, settings.port, backlog=BACKLOG),)


async def _listen(site: web.BaseSite, *, setting: str) -> None:
    try:
        await site.start()
    except OSError as error:
        # A resolver's error numbers are negative; asyncio's own message repeats the address.
        number = error.errno or 0
        if number == errno.EADDRINUSE:
            message = f"port {urlsplit(site.name).port} is already in use"
            raise ListenError(message, setting=setting) from error
        if number < 0 or number == errno.EADDRNOTAVAIL:
            setting = "host"
        reason = os.strerror(number) if number > 0 else error.strerror or str(error)
        raise ListenError(f"cannot listen on {site.name}: {reason}", setting=setting) from error


def _stop_accepting(runner: web.ServerRunner) -> None:
    """Leave new clients to the next process, but keep those already accepted.

    When asyncio closes a server, it drops sockets that are accepted but not yet connections, and
    their clients read a reset. So first only stop watching the listening sockets.
    """
    loop = asyncio.get_running_loop()
    for site in runner.sites:
        server = site._server  # noqa: SLF001 - a site exposes its addresses, but not its sockets
        for listener in server.sockets if isinstance(server, asyncio.Server) else ():
            loop.remove_reader(listener.fileno())
