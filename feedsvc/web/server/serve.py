"""Serves an application until a signal to stop or the crash of a background task."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

import structlog
from aiohttp import web

from feedsvc.settings import Settings
from feedsvc.web.server.http_server import HttpServer
from feedsvc.web.server.listen import NO_LISTENERS, Listeners

Tasks = Sequence[asyncio.Task[None]]
SwitchTo = Callable[[web.Application, Settings], Awaitable[None]]
# Switches to another application, or not; returns the background tasks from then on.
Reload = Callable[[SwitchTo], Awaitable[Tasks]]

log = structlog.get_logger(__name__)


async def serve_app(
    app: web.Application,
    settings: Settings,
    *,
    tasks: Tasks = (),
    listeners: Listeners = NO_LISTENERS,
    ready: Callable[[tuple[str, ...]], None] = lambda _addresses: None,
    started: Callable[[HttpServer], None] = lambda _server: None,
    reload: Reload | None = None,
    stop: asyncio.Event | None = None,
    hangup: asyncio.Event | None = None,
) -> int:
    """Serve until SIGTERM, SIGINT or `stop`, then drain; return the exit status.

    The status is 1 if one of the background `tasks` ended, or the one that follows the store.
    `ready` gets the addresses once connections are accepted, and `started` the server just before;
    `reload` is called on SIGHUP or `hangup`.

    Raises:
        ListenError: A port cannot be opened.
    """
    stop = stop or asyncio.Event()
    hangup = hangup or asyncio.Event()
    events = {signal.SIGTERM: stop, signal.SIGINT: stop}
    if reload is not None:
        events[signal.SIGHUP] = hangup
    with _set_by_signals(events):
        async with _running(app, settings, listeners=listeners) as server:
            started(server)
            ready(server.addresses)
            while True:
                ended = await _wait_for_end((*tasks, server.switch.follower), stop, hangup)
                if ended or stop.is_set() or reload is None:
                    return 1 if ended else 0
                hangup.clear()
                tasks = await reload(server.switch_to)


@asynccontextmanager
async def serving(
    app: web.Application,
    settings: Settings,
    *,
    listeners: Listeners = NO_LISTENERS,
) -> AsyncIterator[tuple[str, ...]]:
    """Accept connections inside the block; its value is the addresses, as URLs."""
    async with _running(app, settings, listeners=listeners) as server:
        yield server.addresses


@asynccontextmanager
async def _running(
    app: web.Application,
    settings: Settings,
    *,
    listeners: Listeners,
) -> AsyncIterator[HttpServer]:
    server = HttpServer(settings)
    async with AsyncExitStack() as stack:
        await server.switch_to(app, settings)
        await server.start(stack, settings, listeners)
        yield server


@contextmanager
def _set_by_signals(events: Mapping[signal.Signals, asyncio.Event]) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number, event in events.items():
        loop.add_signal_handler(number, event.set)
    try:
        yield
    finally:
        for number in events:
            loop.remove_signal_handler(number)


async def _wait_for_end(tasks: Tasks, stop: asyncio.Event, hangup: asyncio.Event) -> Tasks:
    """Wait for a signal or the end of a task; return the tasks that ended without being stopped."""
    signals = [asyncio.ensure_future(event.wait()) for event in (stop, hangup)]
    await asyncio.wait((*signals, *tasks), return_when=asyncio.FIRST_COMPLETED)
    for waiting in signals:
        waiting.cancel()
    if stop.is_set():
        return ()
    ended = tuple(task for task in tasks if task.done())
    for task in ended:
        error = None if task.cancelled() else task.exception()
        log.critical("fatal: background task crashed", task=task.get_name(), exc_info=error)
    return ended
