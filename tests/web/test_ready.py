"""Ready answers are, byte for byte, what a handler would answer, and obey the same limits."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from itertools import product
from typing import Any

import pytest
import structlog

from feedsvc.domain.model import Draft, Stated
from feedsvc.web.server.connections import Connection
from tests.waiting import until
from tests.web.conftest import DRAFTS, T0, ServiceHarness  # type: ignore[import-not-found]

FEED = "/feeds/all.rss"
PATHS = (FEED, "/feeds/all.atom", "/feeds/regions/asia.json", "/feeds.opml", "/", "/all")
ENCODINGS = (None, "br", "gzip", "identity", "br;q=0.5, gzip", "gzip;q=0", "*;q=0", "x-gzip", "")
CHANGED, BEFORE, AFTER = (
    f"Sun, 01 Mar 2026 {time} GMT" for time in ("12:00:00", "11:59:59", "12:30:00")
)
CONDITIONS: tuple[dict[str, str], ...] = (
    {},
    {"If-None-Match": "<tag>"},
    {"if-none-match": "<tag>"},
    {"If-None-Match": "W/<tag>"},
    {"If-None-Match": '"other", <tag>'},
    {"If-None-Match": "*"},
    {"If-None-Match": '"other"'},
    {"If-None-Match": ""},
    {"If-Modified-Since": CHANGED},
    {"If-Modified-Since": AFTER},
    {"If-Modified-Since": BEFORE},
    {"If-Modified-Since": "yesterday"},
    {"If-None-Match": '"other"', "If-Modified-Since": CHANGED},
    {"If-None-Match": "<tag>", "If-Modified-Since": BEFORE},
    {"If-Match": "<tag>"},
    {"If-Match": '"other"'},
    {"if-match": '"other"'},
    {"If-Unmodified-Since": BEFORE},
    {"If-Unmodified-Since": AFTER},
    {"Range": "bytes=0-9"},
    {"Range": "bytes=0-9", "If-Range": "<tag>"},
    {"Expect": "100-continue"},
    {"Upgrade": "websocket", "Connection": "Upgrade"},
    {"Connection": "keep-alive"},
    {"Connection": "close"},
    {"Origin": "https://reader.example", "Cookie": "a=b", "Accept": "text/html"},
)
ODD = {
    "HTTP/1.0": b"GET /feeds/all.rss HTTP/1.0\r\n\r\n",
    "HTTP/1.0, kept alive": b"GET /feeds/all.rss HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    "no host": b"GET /feeds/all.rss HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /feeds/all.rss HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
    "a bad host": b"GET /feeds/all.rss HTTP/1.1\r\nHost: a b\r\n\r\n",
    "a body": b"GET /feeds/all.rss HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx",
    "an empty body": b"GET /feeds/all.rss HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
    "chunks": (
        b"GET /feeds/all.rss HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    ),
    "a query": b"GET /feeds/all.rss?a=b HTTP/1.1\r\nHost: a\r\n\r\n",
    "escapes": b"GET /feeds/%61ll.rss HTTP/1.1\r\nHost: a\r\n\r\n",
    "a whole address": b"GET http://a/feeds/all.rss HTTP/1.1\r\nHost: a\r\n\r\n",
    "upper case": b"GET /feeds/ALL.rss HTTP/1.1\r\nHost: a\r\n\r\n",
    "a line of its own": b"\r\nGET /feeds/all.rss HTTP/1.1\r\nHost: a\r\n\r\n",
    "two lists of encodings": (
        b"GET /feeds/all.rss HTTP/1.1\r\nHost: a\r\n"
        b"Accept-Encoding: br;q=0\r\nAccept-Encoding: gzip\r\n\r\n"
    ),
    "POST": b"POST /feeds/all.rss HTTP/1.1\r\nHost: a\r\n\r\n",
    "OPTIONS": b"OPTIONS /feeds/all.rss HTTP/1.1\r\nHost: a\r\n\r\n",
    "get": b"get /feeds/all.rss HTTP/1.1\r\nHost: a\r\n\r\n",
    "garbage": b"\x16\x03\x01\r\n\r\n",
}


@dataclass
class Ways:
    """Whether requests may be answered from what is ready, and which of them were."""

    open: bool = True
    answered: list[bool] = field(default_factory=list)
    last: Connection | None = None


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> Ways:
    found = Ways()
    ready = Connection._answer_if_ready

    def answer(self: Connection, message: Any, body: Any) -> bool:
        found.last = self
        found.answered.append(found.open and ready(self, message, body))
        return found.answered[-1]

    monkeypatch.setattr(Connection, "_answer_if_ready", answer)
    return found


@pytest.fixture
async def service(ways: Ways, harness: ServiceHarness) -> ServiceHarness:  # noqa: ARG001 - first
    return harness


@dataclass
class Client:
    """One connection, opened again after the service has closed it."""

    address: tuple[str, int]
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def ask(self, request: bytes) -> bytes:
        if self.reader is None or self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(*self.address)
        self.writer.write(request)
        async with asyncio.timeout(30):
            return await self._read(request)

    async def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None

    async def _read(self, request: bytes) -> bytes:
        assert self.reader is not None
        head = await self.reader.readuntil(b"\r\n\r\n")
        if head.startswith(b"HTTP/1.1 100 "):
            return head + await self._read(request)
        fields = head.lower()
        is_old = b"HTTP/1.0" in request and b"keep-alive" not in request
        if b"\r\nconnection: close" in fields or is_old:
            rest = await self.reader.read()
            await self.close()
            return head + rest
        if request.startswith(b"HEAD") or head[9:12] in {b"304", b"204"}:
            return head
        length = int(fields.split(b"content-length: ")[1].split(b"\r\n")[0])
        return head + await self.reader.readexactly(length)


@asynccontextmanager
async def client_of(harness: ServiceHarness) -> AsyncIterator[Client]:
    host, port = harness.address.removeprefix("http://").split(":")
    client = Client((host, int(port)))
    try:
        yield client
    finally:
        await client.close()


def request(path: str = FEED, method: str = "GET", **fields: str | None) -> bytes:
    lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: a", *lines, "", ""]).encode()


def field_of(answer: bytes, name: str) -> str | None:
    lines = answer.partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
    values = [
        value for key, value in (line.split(": ", 1) for line in lines) if key.lower() == name
    ]
    return values[0] if values else None


async def ask_both_ways(ways: Ways, client: Client, asked: bytes) -> tuple[bytes, bool]:
    """The answer, which is the same both ways, and whether it was ready the second time."""
    ways.open = False
    ordinary = await client.ask(asked)
    ways.open = True
    first = await client.ask(asked)
    ways.answered.clear()
    again = await client.ask(asked)
    was_ready = any(ways.answered)
    assert _without_real_time(first) == _without_real_time(ordinary)
    assert _without_real_time(again) == _without_real_time(ordinary)
    return ordinary, was_ready


def _without_real_time(answer: bytes) -> bytes:
    """An error's Date is aiohttp's own; every other comes from the test's clock."""
    is_error = re.search(rb"^HTTP/1.1 4", answer, re.MULTILINE)
    return re.sub(rb"\r\nDate: [^\r]+", b"", answer) if is_error else answer


@pytest.mark.parametrize("path", PATHS)
async def test_both_ways_give_the_same_bytes(
    service: ServiceHarness, ways: Ways, path: str
) -> None:
    ready = set()
    async with client_of(service) as client:
        tags = {
            accept: field_of(await client.ask(request(path, **{"Accept-Encoding": accept})), "etag")
            for accept in ENCODINGS
        }
        for method, accept, condition in product(("GET", "HEAD"), ENCODINGS, CONDITIONS):
            tag = tags[accept] or '"none"'
            fields = {name: value.replace("<tag>", tag) for name, value in condition.items()}
            asked = request(path, method, **{"Accept-Encoding": accept, **fields})
            answer, was_ready = await ask_both_ways(ways, client, asked)
            if was_ready:
                ready.add((method, answer[9:12].decode(), field_of(answer, "etag")))
    tagged = {tag for tag in tags.values() if tag}
    assert ready == set(product(("GET", "HEAD"), ("200", "304"), tagged))


@pytest.mark.parametrize("asked", ODD.values(), ids=ODD.keys())
async def test_odd_requests_are_answered_as_before(
    service: ServiceHarness, ways: Ways, asked: bytes
) -> None:
    async with client_of(service) as client:
        await ask_both_ways(ways, client, request())
        await ask_both_ways(ways, client, asked)


def has_lines(logged: Sequence[object], number: int) -> bool:
    return len(logged) >= number


async def test_both_ways_are_logged_and_counted_alike(service: ServiceHarness, ways: Ways) -> None:
    asked = [
        request(method=method, **{"User-Agent": agent, "If-None-Match": condition})
        for method in ("GET", "HEAD")
        for agent in ("Miniflux/2", "Feedly/1 (9 subscribers)", "")
        for condition in (None, "*")
    ]
    lines: dict[bool, list[Any]] = {}
    counts = {}
    async with client_of(service) as client:
        for one in asked:
            await client.ask(one)
        for ways.open in (False, True):
            before = await _counters(service)
            ways.answered.clear()
            with structlog.testing.capture_logs() as logged:
                for one in asked:
                    await client.ask(one)
                # The last line follows the last answer.
                await until(partial(has_lines, logged, len(asked)), what="all are logged")
            assert ways.answered == [ways.open] * len(asked)
            lines[ways.open] = [
                {name: value for name, value in line.items() if name != "ms"} for line in logged
            ]
            after = await _counters(service)
            counts[ways.open] = {name: after[name] - before.get(name, 0) for name in after}
    assert len(lines[True]) == len(asked)
    assert lines[True] == lines[False]
    assert counts[True] == counts[False]
    assert sum(counts[True].values()) > 0


async def _counters(service: ServiceHarness) -> dict[str, float]:
    text = (await service.get("/metrics")).text
    pairs = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    marks = ("requests_total", "polls_total", "cache_hits_total", "seconds_count", "subscribers{")
    return {
        name: float(value)
        for name, value in pairs
        if any(mark in name for mark in marks) and "/metrics" not in name
    }


async def test_a_change_is_seen_at_once(service: ServiceHarness, ways: Ways) -> None:
    async with client_of(service) as client:
        old, was_ready = await ask_both_ways(ways, client, request())
        assert was_ready
        added = replace(DRAFTS[0], stated=replace(DRAFTS[0].stated, title="A third story"))
        await service.publish(added, seed="b.txt")
        answer = await client.ask(request())
        assert b"A third story" in answer
        assert b"A third story" not in old
        assert (await ask_both_ways(ways, client, request()))[1]


async def test_the_date_is_the_present_one(service: ServiceHarness, ways: Ways) -> None:
    async with client_of(service) as client:
        await ask_both_ways(ways, client, request())
        for _ in range(3):
            service.clock.now += timedelta(seconds=1)
            ways.answered.clear()
            answer = await client.ask(request())
            assert ways.answered == [True]
            assert field_of(answer, "date") == f"{service.clock.now:%a, %d %b %Y %H:%M:%S} GMT"


async def test_last_modified_is_sent_once_it_is_past(service: ServiceHarness, ways: Ways) -> None:
    service.clock.now = T0
    async with client_of(service) as client:
        answer, was_ready = await ask_both_ways(ways, client, request())
        assert (field_of(answer, "last-modified"), was_ready) == (None, False)
        service.clock.now = T0 + timedelta(seconds=1)
        answer, was_ready = await ask_both_ways(ways, client, request())
        assert (field_of(answer, "last-modified"), was_ready) == (CHANGED, True)
        service.clock.now = T0
        answer, was_ready = await ask_both_ways(ways, client, request())
        assert (field_of(answer, "last-modified"), was_ready) == (None, False)


async def test_what_is_not_cached_is_not_ready(
    ways: Ways, open_harness: Callable[..., Awaitable[ServiceHarness]]
) -> None:
    harness = await open_harness(*DRAFTS, cache_bytes=1)
    async with client_of(harness) as client:
        assert not (await ask_both_ways(ways, client, request()))[1]


@pytest.mark.parametrize("is_open", [True, False])
async def test_the_rate_limit_counts_ready_answers(
    ways: Ways, open_harness: Callable[..., Awaitable[ServiceHarness]], *, is_open: bool
) -> None:
    harness = await open_harness(*DRAFTS, rate_limit=0.0001, rate_burst=5)
    ways.open = is_open
    async with client_of(harness) as client:
        answers = [await client.ask(request()) for _ in range(7)]
    assert [answer[9:12] for answer in answers] == [b"200"] * 5 + [b"429"] * 2
    assert sum(ways.answered) == (4 if is_open else 0)


async def test_pipelined_requests_are_left_to_handlers(service: ServiceHarness, ways: Ways) -> None:
    async with client_of(service) as client:
        answer, _ = await ask_both_ways(ways, client, request())
        ways.answered.clear()
        assert await client.ask(request() * 3) == answer
        assert [await client._read(request()) for _ in range(2)] == [answer] * 2
        assert not any(ways.answered)


async def test_a_request_in_pieces_is_answered_once(service: ServiceHarness, ways: Ways) -> None:
    async with client_of(service) as client:
        answer, _ = await ask_both_ways(ways, client, request())
        assert client.writer is not None
        for byte in request():
            client.writer.write(bytes([byte]))
            await asyncio.sleep(0)
        assert await client._read(request()) == answer


async def test_a_draining_service_closes_the_connection(
    service: ServiceHarness, ways: Ways
) -> None:
    async with client_of(service) as client:
        await ask_both_ways(ways, client, request())
        assert ways.last is not None
        ways.last._server.switch.close_after_answers()
        assert field_of(await client.ask(request()), "connection") == "close"


@pytest.mark.parametrize("is_open", [True, False])
async def test_a_client_that_does_not_read_is_dropped(
    ways: Ways, open_harness: Callable[..., Awaitable[ServiceHarness]], *, is_open: bool
) -> None:
    text = "What was seen at the pier. " * 60
    drafts = [
        Draft(ordinal=n, line=n, stated=Stated(title=f"Note {n}", text=f"{n} {text}"))
        for n in range(1, 51)
    ]
    harness = await open_harness(*drafts, idle_seconds=1)
    ways.open = is_open
    with structlog.testing.capture_logs() as lines:
        async with client_of(harness) as client:
            await client.ask(request())
            assert client.writer is not None
            # One at a time, so that they are not pipelined, until the system holds no more.
            while ways.last is not None and not ways.last._paused:
                client.writer.write(request())
                await asyncio.sleep(0.001)
            if is_open:
                assert ways.last is not None
                assert ways.last.busy
            await until(
                lambda: "connection closed: client too slow" in [line["event"] for line in lines],
                what="the client is let go",
            )
    assert any(ways.answered) is is_open


async def test_a_ready_answer_keeps_the_connection_open_for_its_time(
    ways: Ways, open_harness: Callable[..., Awaitable[ServiceHarness]]
) -> None:
    harness = await open_harness(*DRAFTS, idle_seconds=0.5, header_seconds=60)
    async with client_of(harness) as client:
        for _ in range(3):
            await client.ask(request())
            await asyncio.sleep(0.1)
        assert ways.answered[-1]
        assert client.reader is not None
        assert await asyncio.wait_for(client.reader.read(), 30) == b""
