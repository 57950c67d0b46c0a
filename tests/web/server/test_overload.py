"""Health checks are answered even if all connections are taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.web.conftest import ServiceHarness  # type: ignore[import-not-found]

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def connect(harness: ServiceHarness) -> Streams:
    host, port = harness.address.removeprefix("http://").split(":")
    return await asyncio.open_connection(host, int(port))


@asynccontextmanager
async def taking_connections(harness: ServiceHarness, number: int) -> AsyncIterator[list[Streams]]:
    taken = [await connect(harness) for _ in range(number)]
    await asyncio.sleep(0.05)
    try:
        yield taken
    finally:
        for _, writer in taken:
            writer.close()


@pytest.mark.parametrize("idle", [2, 600])
async def test_health_checks_are_answered_when_all_connections_are_taken(
    open_harness: Callable[..., Awaitable[ServiceHarness]], idle: int
) -> None:
    harness = await open_harness(max_connections=2)
    async with taking_connections(harness, idle):
        for path, words in (("/healthz", "alive"), ("/readyz", "status")):
            one = f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"
            reply = await harness.exchange(one.encode() * 2)  # closed after the first answer
            assert reply.status == 200
            assert reply.headers["Connection"] == "close"
            assert words in reply.text
        other = await harness.exchange(b"GET /feeds/all.rss HTTP/1.1\r\nHost: a\r\n\r\n")
        assert (other.status, other.headers["Retry-After"]) == (503, "2")
        similar = await harness.exchange(b"GET /healthz/x HTTP/1.1\r\nHost: a\r\n\r\n")
        assert similar.status == 503


async def test_a_health_check_may_arrive_in_pieces(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(max_connections=1)
    async with taking_connections(harness, 1):
        reader, writer = await connect(harness)
        for piece in (b"GE", b"T /hea", b"lthz HTTP/1.1\r\nHo", b"st: a\r\n\r\n"):
            writer.write(piece)
            await asyncio.sleep(0.02)
        assert (await asyncio.wait_for(reader.read(), 10)).startswith(b"HTTP/1.1 200 OK")
        writer.close()


async def test_the_reserve_is_limited_too(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(max_connections=1)
    async with taking_connections(harness, 1), taking_connections(harness, 30) as clients:
        for _, writer in clients:
            writer.write(b"GET /healthz HTTP/1.1\r\nX: ")  # and never ends
        await asyncio.sleep(0.1)
        waiting = await asyncio.gather(
            *(asyncio.wait_for(reader.read(12), 0.5) for reader, _ in clients),
            return_exceptions=True,
        )
    assert waiting.count(b"HTTP/1.1 503") == 14
