"""Serving from the first connection to the last, with real signals and sockets."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from aiohttp import web

from feedsvc.settings import Settings
from feedsvc.web.app import build_app
from feedsvc.web.keys import FOLLOWER
from feedsvc.web.server.http_server import HttpServer
from feedsvc.web.server.listen import NO_LISTENERS, ListenError, Listeners
from feedsvc.web.server.serve import serve_app
from tests.web.conftest import ServiceHarness  # type: ignore[import-not-found]


class Service:
    """An application next to the harness's own, run as the program runs it."""

    def __init__(self, harness: ServiceHarness, **changes: object) -> None:
        self.settings = Settings(**{"port": 0, "shutdown_seconds": 5} | changes)
        self.app = build_app(
            self.settings,
            reader=harness.reader,
            publisher=harness.publisher,
            taxonomy=harness.taxonomy,
            watch_status=lambda: None,
            clock=harness.clock,
        )
        self.addresses: asyncio.Future[tuple[str, ...]] = asyncio.get_running_loop().create_future()

    def start(self, **arguments: object) -> asyncio.Task[int]:
        return asyncio.create_task(
            serve_app(self.app, self.settings, ready=self.addresses.set_result, **arguments),
        )


@asynccontextmanager
async def connection(
    address: str,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    host, port = address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        yield reader, writer
    finally:
        writer.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_lets_open_requests_finish_and_ends_with_0(
    harness: ServiceHarness,
    number: signal.Signals,
) -> None:
    service = Service(harness)
    entered, leave = asyncio.Event(), asyncio.Event()

    async def slow(_request: web.Request) -> web.Response:
        entered.set()
        await leave.wait()
        return web.Response(text="done")

    service.app.router.add_get("/slow", slow)
    running = service.start()
    (address,) = await service.addresses
    async with connection(address) as (reader, writer):
        writer.write(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        await entered.wait()
        os.kill(os.getpid(), number)
        async with asyncio.timeout(10):
            while not await _refused(address):  # noqa: ASYNC110
                await asyncio.sleep(0)
        leave.set()
        answer = await asyncio.wait_for(reader.read(), 10)
    assert answer.endswith(b"done")
    assert await asyncio.wait_for(running, 60) == 0


@asynccontextmanager
async def stuck_request(service: Service) -> AsyncIterator[asyncio.Event]:
    """A running service with a request that never ends; the event tells the service to stop."""
    entered, stop = asyncio.Event(), asyncio.Event()

    async def stuck(_request: web.Request) -> web.Response:
        entered.set()
        await asyncio.Event().wait()
        return web.Response()

    service.app.router.add_get("/stuck", stuck)
    running = service.start(stop=stop)
    (address,) = await service.addresses
    async with connection(address) as (_reader, writer):
        writer.write(b"GET /stuck HTTP/1.1\r\nHost: a\r\n\r\n")
        await entered.wait()
        yield stop
        assert await asyncio.wait_for(running, 60) == 0


async def test_a_request_that_does_not_end_is_cut_off(harness: ServiceHarness) -> None:
    async with stuck_request(Service(harness, shutdown_seconds=0.1)) as stop:
        stop.set()


async def test_draining_takes_no_longer_than_set_if_requests_are_stuck(
    harness: ServiceHarness,
) -> None:
    clock = asyncio.get_running_loop().time
    async with stuck_request(Service(harness, shutdown_seconds=6)) as stop:
        began = clock()
        stop.set()
    # Twice as long is what two waits would take.
    assert 6 <= clock() - began < 11.9


async def test_idle_connections_do_not_delay_the_end(harness: ServiceHarness) -> None:
    service = Service(harness, shutdown_seconds=600)
    stop = asyncio.Event()
    running = service.start(stop=stop)
    (address,) = await service.addresses
    async with connection(address) as (silent, _), connection(address) as (begun, writer):
        writer.write(b"GET / HTTP/1.1\r\nHost:")
        await asyncio.sleep(0)
        stop.set()
        assert await asyncio.wait_for(running, 60) == 0
        assert (await silent.read(), await begun.read()) == (b"", b"")


async def test_a_background_task_that_crashes_ends_the_service_with_1(
    harness: ServiceHarness,
) -> None:
    async def die() -> None:
        raise RuntimeError("the watcher broke")

    service = Service(harness)
    task = asyncio.create_task(die(), name="watch the folder")
    assert await asyncio.wait_for(service.start(tasks=(task,)), 10) == 1


async def test_a_crashed_follower_ends_the_service_with_1(harness: ServiceHarness) -> None:
    service = Service(harness)
    running = service.start()
    await service.addresses
    service.app[FOLLOWER].cancel()
    assert await asyncio.wait_for(running, 10) == 1


async def test_inherited_listening_sockets_are_used(
    harness: ServiceHarness,
    tmp_path: pytest.TempPathFactory,
) -> None:
    path = f"{tmp_path}/feedsvc.sock"
    over_file = socket.socket(socket.AF_UNIX)
    over_file.bind(path)
    over_ip = socket.create_server(("127.0.0.1", 0))
    service = Service(harness)
    stop = asyncio.Event()
    running = service.start(listeners=Listeners(main=(over_file, over_ip)), stop=stop)
    addresses = await service.addresses
    assert addresses == (path, f"http://127.0.0.1:{over_ip.getsockname()[1]}")
    reader, writer = await asyncio.open_unix_connection(path)
    writer.write(b"GET /feeds/all.rss HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert (await asyncio.wait_for(reader.read(), 10)).startswith(b"HTTP/1.1 200 OK\r\n")
    writer.close()
    stop.set()
    assert await asyncio.wait_for(running, 60) == 0


async def test_clients_that_connect_during_a_restart_are_answered_by_the_old_or_the_new_process(
    harness: ServiceHarness,
) -> None:
    def knock() -> socket.socket:
        client = socket.create_connection(listener.getsockname(), timeout=10)
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        return client

    def answer(client: socket.socket) -> bytes:
        with client, client.makefile("rb") as said:
            return said.read(12)

    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        for steps in range(12):
            stops = asyncio.Event(), asyncio.Event()
            first, second = Service(harness), Service(harness)
            running = first.start(listeners=Listeners(main=(listener.dup(),)), stop=stops[0])
            await first.addresses
            stops[0].set()
            for _ in range(steps):
                await asyncio.sleep(0)
            clients = [knock() for _ in range(8)]
            assert await running == 0
            running = second.start(listeners=Listeners(main=(listener.dup(),)), stop=stops[1])
            answers = await asyncio.gather(*(asyncio.to_thread(answer, one) for one in clients))
            stops[1].set()
            assert await running == 0
            assert set(answers) == {b"HTTP/1.1 200"}


async def test_a_port_in_use_is_an_error_and_nothing_is_left_behind(
    harness: ServiceHarness,
    open_harness: Callable[..., Awaitable[ServiceHarness]],  # noqa: ARG001
) -> None:
    port = int(harness.address.rpartition(":")[2])
    for setting in ("port", "metrics_port"):
        service = Service(harness, **{setting: port})
        with pytest.raises(ListenError, match=f"^port {port} is already in use$") as caught:
            await service.start()
        assert caught.value.setting == setting


async def test_an_address_of_another_machine_is_an_error(harness: ServiceHarness) -> None:
    service = Service(harness, host="192.0.2.1")
    reason = r"cannot listen on http://192\.0\.2\.1:0: Cannot assign"
    with pytest.raises(ListenError, match=reason) as caught:
        await service.start()
    assert caught.value.setting == "host"


async def _refused(address: str) -> bool:
    try:
        async with connection(address):
            return False
    except (ConnectionRefusedError, ConnectionResetError):
        # A reset is for who came after the last look at the socket and before its end.
        return True


async def test_a_port_may_be_given_up_while_the_server_stops(harness: ServiceHarness) -> None:
    service = Service(harness)
    server = HttpServer(service.settings)
    with socket.create_server(("127.0.0.1", 0)) as extra:
        async with AsyncExitStack() as stack:
            await server.switch_to(service.app, service.settings)
            await server.start(stack, service.settings, NO_LISTENERS)
            await server.accept_also_on([extra])
            giving_up = asyncio.create_task(server.accept_also_on([]))
            await asyncio.sleep(0)
        await giving_up
