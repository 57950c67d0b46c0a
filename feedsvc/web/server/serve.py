"""Serves an application until it is told to stop or a part of it dies, then drains."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from socket import socket
from typing import Any

import structlog
from aiohttp import web

from feedsvc.settings import Settings
from feedsvc.web.app import build_metrics_app
from feedsvc.web.server.connections import ConnectionFactory
from feedsvc.web.server.switch import Switch

BACKLOG = 1024
SOON = 0.01
LEAVE_SECONDS = 0.5

Vital = Sequence[asyncio.Task[None]]
TakeOver = Callable[[web.Application, "Settings"], Awaitable[None]]
# Makes another application take over; the tasks that are vital from then on.
Renew = Callable[[TakeOver], Awaitable[Vital]]

log = structlog.get_logger()


class ListenError(OSError):
    """An address cannot be listened on; the message names it and says why."""


async def run(
    app: web.Application,
    settings: Settings,
    *,
    vital: Vital = (),
    sockets: Sequence[socket] = (),
    ready: Callable[[tuple[str, ...]], None] = lambda _addresses: None,
    renew: Renew | None = None,
    stop: asyncio.Event | None = None,
) -> int:
    """Serves until SIGTERM, SIGINT or `stop`, drains open requests, and gives an exit status.

    The status is 1 when one of the `vital` tasks, or the one that follows the store, ended by
    itself. `sockets` are listening ones to use in place of host and port; `ready` is told the
    addresses once connections are accepted; `renew` is called on SIGHUP.

    Raises:
        ListenError: Host and port cannot be listened on.
    """
    stop = stop or asyncio.Event()
    hangup = asyncio.Event()
    wishes = {signal.SIGTERM: stop, signal.SIGINT: stop}
    if renew is not None:
        wishes[signal.SIGHUP] = hangup
    with _signals_set(wishes):
        async with _open(app, settings, sockets=sockets) as server:
            ready(server.addresses)
            while True:
                dead = await _wait_for_end(stop, hangup, (*vital, server.switch.follower))
                if dead or stop.is_set() or renew is None:
                    return 1 if dead else 0
                hangup.clear()
                vital = await renew(server.take_over)


@asynccontextmanager
async def serving(
    app: web.Application,
    settings: Settings,
    *,
    sockets: Sequence[socket] = (),
) -> AsyncIterator[tuple[str, ...]]:
    """Accepts connections inside of the block, whose value is the addresses, as URLs."""
    async with _open(app, settings, sockets=sockets) as server:
        yield server.addresses


class HttpServer:
    """The ports and the applications behind them."""

    def __init__(self, settings: Settings) -> None:
        self.switch = Switch(patience=settings.shutdown_seconds)
        self._metrics = Switch(patience=settings.shutdown_seconds)
        self._has_metrics = settings.metrics_port is not None
        self._server = ConnectionFactory(self.switch, settings=settings)
        # aiohttp would wait twice for what does not end; what is to be waited for is drained.
        self._runner = web.ServerRunner(self._server, shutdown_timeout=SOON)
        self._metrics_runner = web.ServerRunner(
            ConnectionFactory(self._metrics, settings=settings), shutdown_timeout=SOON
        )

    async def take_over(self, app: web.Application, settings: Settings) -> None:
        """Answer with another application from now on, to open connections, too."""
        self._server.apply_limits(settings)
        await self.switch.take_over(app)
        if self._has_metrics:
            await self._metrics.take_over(build_metrics_app(app))

    async def start(
        self,
        stack: AsyncExitStack,
        settings: Settings,
        sockets: Sequence[socket],
    ) -> None:
        """Accept connections from now on to the end of the stack."""
        for switch, runner in ((self._metrics, self._metrics_runner), (self.switch, self._runner)):
            stack.push_async_callback(switch.close)
            stack.push_async_callback(runner.cleanup)
            await runner.setup()
        stack.push_async_callback(self._leave, settings)
        for site in _sites(self._runner, settings, sockets):
            await _listen(site)
        if self._has_metrics:
            await _listen(web.TCPSite(self._metrics_runner, settings.host, settings.metrics_port))

    async def _leave(self, settings: Settings) -> None:
        """Accept no more, and let those that are there finish, for `shutdown_seconds` in all.

        Those just accepted are given the time to say what they want: closed at once, their
        requests on the way would be answered by a reset.
        """
        _stop_accepting(self._runner)
        await asyncio.sleep(SOON)  # what is accepted becomes a connection a little later
        for site in self._runner.sites:
            await site.stop()
        self.switch.leave()
        leaving = min(LEAVE_SECONDS, settings.shutdown_seconds)
        with suppress(TimeoutError):
            async with asyncio.timeout(leaving):
                while self._server.connections:  # noqa: ASYNC110 - aiohttp has no event for it
                    await asyncio.sleep(SOON)
        await self._server.drain(seconds=settings.shutdown_seconds - leaving)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where connections are accepted, as URLs."""
        runners = (self._runner, self._metrics_runner)
        return tuple(format_address(address) for one in runners for address in one.addresses)


def _stop_accepting(runner: web.ServerRunner) -> None:
    """Leave new clients to who listens next, but keep those that were accepted.

    A server of asyncio that is closed drops what it has accepted and not yet made a connection of:
    the client reads a reset. So the listening sockets are first only no longer looked at.
    """
    loop = asyncio.get_running_loop()
    for site in runner.sites:
        server = site._server  # noqa: SLF001 - it tells its addresses, but not its sockets
        for listener in server.sockets if isinstance(server, asyncio.Server) else ():
            loop.remove_reader(listener.fileno())


@asynccontextmanager
async def _open(
    app: web.Application,
    settings: Settings,
    *,
    sockets: Sequence[socket],
) -> AsyncIterator[HttpServer]:
    server = HttpServer(settings)
    async with AsyncExitStack() as stack:
        await server.take_over(app, settings)
        await server.start(stack, settings, sockets)
        yield server


def _sites(
    runner: web.ServerRunner,
    settings: Settings,
    sockets: Sequence[socket],
) -> tuple[web.BaseSite, ...]:
    if sockets:
        return tuple(web.SockSite(runner, one, backlog=BACKLOG) for one in sockets)
    return (web.TCPSite(runner, settings.host, settings.port, backlog=BACKLOG),)


async def _listen(site: web.BaseSite) -> None:
    try:
        await site.start()
    except OSError as error:
        # The resolver's numbers are negative; asyncio's own words repeat the address.
        number = error.errno or 0
        reason = os.strerror(number) if number > 0 else error.strerror or str(error)
        raise ListenError(f"cannot listen on {site.name}: {reason}") from error


@contextmanager
def _signals_set(wishes: dict[signal.Signals, asyncio.Event]) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number, wish in wishes.items():
        loop.add_signal_handler(number, wish.set)
    try:
        yield
    finally:
        for number in wishes:
            loop.remove_signal_handler(number)


async def _wait_for_end(stop: asyncio.Event, hangup: asyncio.Event, vital: Vital) -> Vital:
    """The vital tasks that have ended when one does, or none when a wish came first."""
    wishes = [asyncio.ensure_future(wish.wait()) for wish in (stop, hangup)]
    await asyncio.wait((*wishes, *vital), return_when=asyncio.FIRST_COMPLETED)
    for wish in wishes:
        wish.cancel()
    if stop.is_set():
        return ()
    dead = tuple(task for task in vital if task.done())
    for task in dead:
        error = None if task.cancelled() else task.exception()
        log.critical("vital task ended", task=task.get_name(), exc_info=error)
    return dead


def format_address(address: Any) -> str:
    """A socket's own address as a URL, or the path of one in the file system."""
    match address:
        case (str(host), int(port), *_):
            return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        case _:
            return str(address)
