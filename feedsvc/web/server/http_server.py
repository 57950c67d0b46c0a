"""The HTTP server: its ports, and the application behind them, which a reload replaces."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from socket import socket
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from feedsvc.settings import Settings
from feedsvc.web.app import build_metrics_app
from feedsvc.web.server.connections import ConnectionFactory
from feedsvc.web.server.listen import Listeners, explain_listen_error
from feedsvc.web.server.switch import Switch

BACKLOG = 1024
STEP_SECONDS = 0.01
LAST_REQUEST_SECONDS = 0.5


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
        self._extra: dict[socket, web.BaseSite] = {}

    async def switch_to(self, app: web.Application, settings: Settings) -> None:
        """Answer with another application from now on, on open connections too."""
        self._factory.apply_limits(settings)
        await self.switch.switch_to(app)
        if self._has_metrics:
            await self._metrics.switch_to(build_metrics_app(app))

    async def start(self, stack: AsyncExitStack, settings: Settings, listeners: Listeners) -> None:
        """Accept connections until the stack is closed.

        Raises:
            ListenError: A port cannot be opened.
        """
        for switch, runner in ((self._metrics, self._metrics_runner), (self.switch, self._runner)):
            stack.push_async_callback(switch.close)
            stack.push_async_callback(runner.cleanup)
            await runner.setup()
        stack.push_async_callback(self._drain, settings)
        await _listen(
            self._runner,
            settings.host,
            settings.port,
            setting="port",
            sockets=listeners.main,
            shared=listeners.shared,
        )
        if self._has_metrics:
            await _listen(
                self._metrics_runner,
                settings.host,
                settings.metrics_port,
                setting="metrics_port",
                sockets=listeners.metrics,
            )

    async def accept_also_on(self, sockets: Sequence[socket]) -> None:
        """Accept connections on more sockets; end that on those given before and now not."""
        for ended in set(self._extra).difference(sockets):
            await self._stop_site(self._extra.pop(ended))
        for new in set(sockets).difference(self._extra):
            site = web.SockSite(self._runner, new.dup(), backlog=BACKLOG)
            self._extra[new] = site
            await site.start()

    async def _drain(self, settings: Settings) -> None:
        """Accept no more connections and let open requests finish, within `shutdown_seconds`.

        Connections just accepted get time to send a request: if they were closed at once, a request
        on its way would be answered by a reset.
        """
        await asyncio.gather(*map(self._stop_site, self._runner.sites))
        self.switch.close_after_answers()
        grace = min(LAST_REQUEST_SECONDS, settings.shutdown_seconds)
        with suppress(TimeoutError):
            async with asyncio.timeout(grace):
                while self._factory.connections:  # noqa: ASYNC110 - aiohttp has no event for it
                    await asyncio.sleep(STEP_SECONDS)
        await self._factory.drain(seconds=settings.shutdown_seconds - grace)

    async def _stop_site(self, site: web.BaseSite) -> None:
        """Leave new clients to another process, but keep those already accepted.

        When asyncio closes a server, it drops sockets that are accepted but not yet connections,
        and their clients read a reset. So first only stop watching the listening sockets.
        """
        loop = asyncio.get_running_loop()
        server = site._server  # noqa: SLF001 - a site exposes its addresses, but not its sockets
        for listener in server.sockets if isinstance(server, asyncio.Server) else ():
            loop.remove_reader(listener.fileno())
        await asyncio.sleep(STEP_SECONDS)  # an accepted socket becomes a connection a little later
        # Meanwhile, draining may have stopped one that is no longer needed, or the other way round.
        if site in self._runner.sites:
            await site.stop()

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


async def _listen(
    runner: web.ServerRunner,
    host: str,
    port: int | None,
    *,
    setting: str,
    sockets: Sequence[socket],
    shared: bool = False,
) -> None:
    for one in sockets:
        # asyncio accepts as many connections at a time as its backlog.
        await web.SockSite(runner, one, backlog=1 if shared else BACKLOG).start()
        one.listen(BACKLOG)
    if sockets:
        return
    site = web.TCPSite(runner, host, port, backlog=BACKLOG)
    try:
        await site.start()
    except OSError as error:
        number = urlsplit(site.name).port or 0
        raise explain_listen_error(error, name=site.name, port=number, setting=setting) from error
