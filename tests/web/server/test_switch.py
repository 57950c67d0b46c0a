"""One application replaces another while connections stay open."""

from __future__ import annotations

import asyncio
import os
import signal

from aiohttp import web

from feedsvc.settings import Settings
from feedsvc.web.app import build_app
from feedsvc.web.server.serve import SwitchTo, Tasks, serve_app
from tests.web.conftest import ServiceHarness  # type: ignore[import-not-found]

SETTINGS = Settings(port=0, shutdown_seconds=5)


def build(harness: ServiceHarness, name: str) -> web.Application:
    app = build_app(
        SETTINGS,
        reader=harness.reader,
        publisher=harness.publisher,
        taxonomy=harness.taxonomy,
        watch_status=lambda: None,
        clock=harness.clock,
    )

    async def say_name(_request: web.Request) -> web.Response:
        return web.Response(text=name)

    app.router.add_get("/name", say_name)
    return app


async def test_after_a_reload_the_new_application_answers_open_connections(
    harness: ServiceHarness,
) -> None:
    entered, leave, reloaded = asyncio.Event(), asyncio.Event(), asyncio.Event()
    first, second = build(harness, "first"), build(harness, "second")

    async def slow(_request: web.Request) -> web.Response:
        entered.set()
        await leave.wait()
        return web.Response(text="late")

    first.router.add_get("/slow", slow)
    stop = asyncio.Event()
    addresses: asyncio.Future[tuple[str, ...]] = asyncio.get_running_loop().create_future()

    async def reload(switch_to: SwitchTo) -> Tasks:
        await switch_to(second, SETTINGS)
        reloaded.set()
        return ()

    running = asyncio.create_task(
        serve_app(first, SETTINGS, ready=addresses.set_result, reload=reload, stop=stop),
    )
    (address,) = await addresses
    async with harness.session.get(f"{address}/name") as response:
        assert await response.text() == "first"
    begun = asyncio.create_task(_text(harness, f"{address}/slow"))
    await entered.wait()
    os.kill(os.getpid(), signal.SIGHUP)
    async with asyncio.timeout(10):
        while await _text(harness, f"{address}/name") != "second":
            pass
    assert not reloaded.is_set(), "the first one still has a request to finish"
    leave.set()
    assert await begun == "late"
    await asyncio.wait_for(reloaded.wait(), 10)
    stop.set()
    assert await asyncio.wait_for(running, 10) == 0


async def _text(harness: ServiceHarness, address: str) -> str:
    async with harness.session.get(address) as response:
        return await response.text()
