"""Serves an application until it is told to stop or a part of it dies, then drains."""

from __future__ import annotations

import asyncio
import signal
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

import structlog
from aiohttp import web

from feedsvc.web.app import build_metrics_app
from feedsvc.web.keys import FOLLOWER, METERS
from feedsvc.web.server import Runner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence
    from socket import socket

    from feedsvc.settings import Settings

BACKLOG = 1024

log = structlog.get_logger()


async def run(
    app: web.Application,
    settings: Settings,
    *,
    vital: Sequence[asyncio.Task[None]] = (),
    sockets: Sequence[socket] = (),
    ready: Callable[[tuple[str, ...]], None] = lambda _addresses: None,
    stop: asyncio.Event | None = None,
) -> int:
    """Serves until SIGTERM, SIGINT or `stop`, drains open requests, and gives an exit status.

    The status is 1 when one of the `vital` tasks, or the one that follows the store, ended by
    itself. `sockets` are listening ones to use in place of host and port; `ready` is told the
    addresses once connections are accepted.
    """
    stop = stop or asyncio.Event()
    with _stopped_by_signals(stop):
        async with serving(app, settings, sockets=sockets) as addresses:
            ready(addresses)
            dead = await _wait_for_an_end(stop, (*vital, app[FOLLOWER]))
    return 1 if dead else 0


@asynccontextmanager
async def serving(
    app: web.Application,
    settings: Settings,
    *,
    sockets: Sequence[socket] = (),
) -> AsyncIterator[tuple[str, ...]]:
    """Accepts connections inside of the block, whose value is the addresses, as URLs."""
    async with AsyncExitStack() as stack:
        runner = await _set_up(stack, app, app, settings)
        for site in _sites(runner, settings, sockets):
            await site.start()
        if settings.metrics_port is not None:
            metrics = await _set_up(stack, build_metrics_app(app), app, settings)
            await web.TCPSite(metrics, settings.host, settings.metrics_port).start()
        yield tuple(_tell_address(address) for address in runner.addresses)


async def _set_up(
    stack: AsyncExitStack,
    app: web.Application,
    main: web.Application,
    settings: Settings,
) -> Runner:
    runner = Runner(app, settings=settings, meters=main[METERS])
    stack.push_async_callback(runner.cleanup)
    await runner.setup()
    return runner


def _sites(
    runner: Runner,
    settings: Settings,
    sockets: Sequence[socket],
) -> tuple[web.BaseSite, ...]:
    if sockets:
        return tuple(web.SockSite(runner, one, backlog=BACKLOG) for one in sockets)
    return (web.TCPSite(runner, settings.host, settings.port, backlog=BACKLOG),)


@contextmanager
def _stopped_by_signals(stop: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


async def _wait_for_an_end(
    stop: asyncio.Event,
    vital: tuple[asyncio.Task[None], ...],
) -> tuple[asyncio.Task[None], ...]:
    """The vital tasks that have ended when one does, or none when it was the wish to stop."""
    wish = asyncio.ensure_future(stop.wait())
    await asyncio.wait((wish, *vital), return_when=asyncio.FIRST_COMPLETED)
    if stop.is_set():
        return ()
    wish.cancel()
    dead = tuple(task for task in vital if task.done())
    for task in dead:
        error = None if task.cancelled() else task.exception()
        log.critical("vital task ended", task=task.get_name(), exc_info=error)
    return dead


def _tell_address(address: Any) -> str:
    match address:
        case (str(host), int(port), *_):
            return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        case _:
            return str(address)
