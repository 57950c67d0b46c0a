"""Timeouts and limits of connections, with real sockets and small settings."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest
import structlog

from feedsvc.domain.model import Draft, Stated
from tests.waiting import until
from tests.web.conftest import ServiceHarness  # type: ignore[import-not-found]

REQUEST = b"GET /feeds/all.rss HTTP/1.1\r\nHost: a\r\n\r\n"


async def connect(
    harness: ServiceHarness,
    *,
    takes: int | None = None,
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection; `takes` is how many bytes the system holds for a client that reads nothing."""
    host, port = harness.address.removeprefix("http://").split(":")
    client = socket.socket()
    client.setblocking(False)  # noqa: FBT003 - the name is socket's
    if takes is not None:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, takes)
    await asyncio.get_running_loop().sock_connect(client, (host, int(port)))
    return await asyncio.open_connection(sock=client)


async def read_response(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    return head + await reader.readexactly(length)


@pytest.mark.parametrize("sent", [b"", b"GET /feeds/all.rss HTTP/1.1\r\nA: "])
async def test_a_silent_connection_is_closed(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
    sent: bytes,
) -> None:
    harness = await open_harness(header_seconds=0.05)
    assert await harness.send(sent) == b""


async def test_a_slow_head_is_cut_off_while_others_are_answered(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(header_seconds=0.2)
    reader, writer = await connect(harness)

    async def dribble() -> None:
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.01)

    writer.write(b"GET /")
    slow = asyncio.create_task(dribble())
    try:
        assert (await harness.get("/feeds/all.rss")).status == 200
        with pytest.raises(ConnectionError):
            await asyncio.wait_for(slow, 10)
    finally:
        writer.close()
    assert not await _rest(reader)


async def test_a_second_request_has_the_same_time_limit(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(header_seconds=0.1)
    reader, writer = await connect(harness)
    writer.write(REQUEST)
    assert b" 200 OK" in await read_response(reader)
    writer.write(b"GET /feeds/all.rss HT")
    assert await asyncio.wait_for(reader.read(), 10) == b""
    writer.close()


async def test_a_pipelined_request_has_the_same_time_limit(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(header_seconds=0.1, idle_seconds=60)
    answer = await harness.send(REQUEST + b"GET /feeds/all.rss HT")
    assert answer.count(b"HTTP/1.1 200 OK\r\n") == 1


async def test_an_idle_connection_is_kept_for_its_time_and_then_closed(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(header_seconds=5, idle_seconds=0.1)
    reader, writer = await connect(harness)
    writer.write(REQUEST)
    assert b" 200 OK" in await read_response(reader)
    assert await asyncio.wait_for(reader.read(), 10) == b""
    writer.close()


async def test_a_client_that_does_not_read_its_answers_is_dropped(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    drafts = [
        Draft(
            ordinal=n,
            line=n,
            stated=Stated(title=f"Note {n}", text="What was seen at the pier. " * 40),
        )
        for n in range(1, 51)
    ]
    harness = await open_harness(*drafts, idle_seconds=2)
    reader, writer = await connect(harness, takes=4096)
    with structlog.testing.capture_logs() as lines:
        writer.write(REQUEST * 2000)
        await until(
            lambda: "connection closed: client too slow" in [line["event"] for line in lines],
            what="the client is let go",
        )
    assert (await harness.get("/feeds/all.rss")).status == 200
    assert len(await _rest(reader)) < 2000 * 50_000
    writer.close()


async def test_pipelined_requests_are_answered_in_order(harness: ServiceHarness) -> None:
    reader, writer = await connect(harness)
    writer.write(REQUEST + REQUEST.replace(b".rss", b".json") + REQUEST.replace(b"all", b"none"))
    answers = [await read_response(reader) for _ in range(3)]
    assert [b"rss+xml" in answers[0], b"feed+json" in answers[1]] == [True, True]
    assert b" 404 " in answers[2].split(b"\r\n")[0] + b" "
    writer.close()


async def test_a_connection_over_the_limit_gets_503(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(max_connections=1)
    reader, writer = await connect(harness)
    writer.write(REQUEST)
    await read_response(reader)
    refused = await harness.exchange(b"")
    assert refused.status == 503
    assert refused.headers["Retry-After"] == "2"
    assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert len(refused.body) == int(refused.headers["Content-Length"])
    writer.close()


async def test_connections_arriving_at_once_are_limited_too(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(max_connections=3)
    asked = REQUEST.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    clients = [await connect(harness) for _ in range(40)]
    # All of them are connected before any sends a byte.
    for _, writer in clients:
        writer.write(asked)
    answers = [await _rest(reader) for reader, _ in clients]
    statuses = Counter(answer[9:12] for answer in answers)
    assert statuses == {b"200": 3, b"503": 37}
    for _, writer in clients:
        writer.close()


async def test_a_body_is_rejected_before_it_is_sent(harness: ServiceHarness) -> None:
    head = b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n"
    reader, writer = await connect(harness)
    writer.write(head)
    assert b" 413 " in await read_response(reader)
    writer.close()


async def test_an_upgrade_request_is_ignored(harness: ServiceHarness) -> None:
    reply = await harness.exchange(
        b"GET /feeds/all.rss HTTP/1.1\r\nHost: a\r\n"
        b"Connection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n",
    )
    assert reply.status == 200


async def _rest(reader: asyncio.StreamReader) -> bytes:
    try:
        return await asyncio.wait_for(reader.read(), 10)
    except ConnectionError:
        return b""


async def test_a_client_still_sending_a_rejected_head_can_read_the_answer(
    harness: ServiceHarness,
) -> None:
    reader, writer = await connect(harness)
    writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: " + b"x" * 4_000_000)
    answer = await _rest(reader)
    writer.close()
    assert answer.split(b" ")[1] == b"431"
    assert (await harness.get("/feeds/all.rss")).status == 200
