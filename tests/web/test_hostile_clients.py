"""Hostile clients do no harm, and others are answered meanwhile."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Awaitable, Callable

import pytest

from tests.web.conftest import ServiceHarness  # type: ignore[import-not-found]

PLAIN = (
    b"GET /feeds/query.rss?region=asia&q=frost HTTP/1.1\r\nHost: news.example\r\n"
    b'If-None-Match: W/"a", "b"\r\nIf-Modified-Since: Sun, 01 Mar 2026 12:00:00 GMT\r\n'
    b"Accept-Encoding: br;q=1, gzip;q=0.5\r\nX-Forwarded-For: 192.0.2.1\r\n"
    b"Connection: close\r\n\r\n"
)
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3}) [^\r\n]*\r\n")


def mutate(chance: random.Random) -> bytes:
    """The plain request with some bytes replaced, dropped, doubled or swapped for others."""
    data = bytearray(PLAIN)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[place] = chance.randrange(256)
            case 1:
                del data[place : place + chance.randint(1, 9)]
            case 2:
                data[place:place] = data[max(0, place - 9) : place]
            case _:
                data[place:place] = chance.choice(
                    (b"\r\n", b"\0", b"%00", b"%", b"\xff", b"..", b'"', b"&&", b": ", b"\r\n\r\n"),
                )
    return bytes(data)


async def test_random_bytes_never_cause_a_500(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(header_seconds=0.2, idle_seconds=0.5)

    async def send(request: bytes) -> bytes:
        try:
            return await harness.send(request)
        except ConnectionError:  # let go in the middle of its request: no failure of ours
            return b""

    chance = random.Random(5005)  # noqa: S311 - the same bytes each time
    requests = [mutate(chance) for _ in range(400)]
    for start in range(0, len(requests), 40):
        answers = await asyncio.gather(*map(send, requests[start : start + 40]))
        statuses = {int(status) for answer in answers for status in STATUS.findall(answer)}
        # 505: the bytes that changed were those of the version.
        assert max(statuses - {505}, default=0) < 500
    assert (await harness.get("/feeds/all.rss")).status == 200


TRAVERSALS = (
    "/static/../../settings/model.py",
    "/static/..%2f..%2fsettings%2fmodel.py",
    "/static/%2e%2e/%2e%2e/etc/passwd",
    "/static/....//....//etc/passwd",
    "/static//etc/passwd",
    "/static/%5c..%5cpages.py",
    "/static/style.css%00.py",
    "/feeds/regions/../../etc/passwd.rss",
    "/entries/../../../etc/passwd",
)


@pytest.mark.parametrize("path", TRAVERSALS)
async def test_no_path_escapes_the_site(harness: ServiceHarness, path: str) -> None:
    reply = await harness.exchange(
        f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode(),
    )
    assert reply.status == 404
    assert len(reply.body) < 100


INJECTIONS = (
    "/feeds/query.rss?q=a%0d%0aSet-Cookie:%20x=y&region=asia",
    "/feeds/query.rss?region=asia&before=1%0d%0aX:y",
    "/FEEDS/all.rss%0d%0aX:y/",
    "/feeds/all.rss/?%0d%0aSet-Cookie:%20x=y",
    "/search?q=%0d%0aSet-Cookie:%20x=y",
    "/feeds.opml?regions=%0d%0aSet-Cookie:%20x=y",
)


@pytest.mark.parametrize("path", INJECTIONS)
async def test_parameters_never_become_headers(harness: ServiceHarness, path: str) -> None:
    data = await harness.send(
        f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode(),
    )
    head = data.partition(b"\r\n\r\n")[0].decode()
    names = {line.partition(":")[0].lower() for line in head.split("\r\n")[1:]}
    assert not names & {"set-cookie", "x"}


async def test_a_thousand_requests_on_one_connection_are_answered_in_order(
    harness: ServiceHarness,
) -> None:
    one = b"HEAD /feeds/all.rss HTTP/1.1\r\nHost: a\r\n\r\n"
    last = one.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    answers = await harness.send(one * 999 + last)
    assert STATUS.findall(answers) == [b"200"] * 1000


async def test_while_many_are_slow_others_are_answered(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    # Long enough for a busy machine to read what each has sent: else it is closed with a reset.
    harness = await open_harness(header_seconds=3)
    slow = [
        asyncio.create_task(harness.send(b"GET /feeds/all.rss HTTP/1.1\r\nA:")) for _ in range(200)
    ]
    await asyncio.sleep(0)
    for _ in range(5):
        assert (await harness.get("/feeds/all.rss")).status == 200
    assert await asyncio.gather(*slow) == [b""] * 200


async def test_a_word_in_every_entry_does_not_stop_the_service(harness: ServiceHarness) -> None:
    for words in ("a*", "the", "-x the", '"the the the"', " ".join(["a*"] * 12)):
        reply = await harness.get(
            "/feeds/query.rss?q=" + words.replace(" ", "%20").replace('"', "%22")
        )
        assert reply.status in {200, 400}
