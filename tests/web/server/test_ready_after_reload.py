"""An answer that was under way during a reload is not given again by the application after it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from aiohttp import web

from feedsvc.services.publish import Publisher
from feedsvc.settings import Settings
from feedsvc.web.app import build_app
from feedsvc.web.server.serve import serve_app
from tests.waiting import until
from tests.web.conftest import DRAFTS, T0

SETTINGS = Settings(port=0, shutdown_seconds=5)


async def test_a_late_answer_of_the_application_before_is_not_repeated(open_harness: Any) -> None:
    harness = await open_harness(DRAFTS[0])
    before, after = publisher_of(harness), publisher_of(harness)
    entered, leave = asyncio.Event(), asyncio.Event()
    get_feed = before.get_feed

    async def get_feed_late(*args: Any) -> Any:
        answer = await get_feed(*args)
        entered.set()
        await leave.wait()
        return answer

    before.get_feed = get_feed_late
    stop, hangup, reloaded = asyncio.Event(), asyncio.Event(), asyncio.Event()
    first_app = app_of(harness, before)
    servers: list[Any] = []
    bound = asyncio.get_running_loop().create_future()

    async def reload(switch_to: Any) -> tuple[()]:
        await switch_to(app_of(harness, after), SETTINGS)
        reloaded.set()
        return ()

    serving = asyncio.create_task(
        serve_app(
            first_app,
            SETTINGS,
            ready=bound.set_result,
            started=servers.append,
            reload=reload,
            stop=stop,
            hangup=hangup,
        )
    )
    (address,) = await bound

    async def ask() -> str:
        url = f"{address}/feeds/all.rss"
        async with harness.session.get(url, headers={"Accept-Encoding": "identity"}) as answer:
            return str(await answer.text())

    late = asyncio.create_task(ask())
    await entered.wait()
    hangup.set()
    (server,) = servers
    await until(lambda: server.switch.app is not first_app, what="the next application answers")
    leave.set()
    await late
    await asyncio.wait_for(reloaded.wait(), 30)
    revision = after.channels.revision
    harness.clock.now += timedelta(minutes=5)
    await harness.write(DRAFTS[1], seed="b.txt", now=T0 + timedelta(minutes=64))
    await until(lambda: after.channels.revision > revision, what="the index has grown")
    harness.clock.now += timedelta(minutes=5)
    first, second = await ask(), await ask()
    stop.set()
    await serving
    assert DRAFTS[1].stated.title in first
    assert DRAFTS[1].stated.title in second


def publisher_of(harness: Any) -> Any:
    return Publisher(
        reader=harness.reader,
        custom_reader=harness.reader,
        site=harness.publisher.site,
        taxonomy=harness.taxonomy,
        feed_size=50,
        cache_bytes=10**7,
    )


def app_of(harness: Any, publisher: Any) -> web.Application:
    return build_app(
        SETTINGS,
        reader=harness.reader,
        publisher=publisher,
        taxonomy=harness.taxonomy,
        watch_status=lambda: None,
        clock=harness.clock,
    )
