"""Malformed and oversized requests, over real sockets."""

from __future__ import annotations

import pytest

from tests.web.conftest import Reply, ServiceHarness  # type: ignore[import-not-found]

HOST = b"Host: news.example\r\n"


HUGE = b"x" * 20_000


MARK = b"<script>mark</script>"


REFUSED = {
    "no HTTP": (b"hello there\r\n\r\n", 400),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    "unknown method": (b"BREW /feeds/all.rss HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "bad version": (b"GET / HTTP/9.9\r\n" + HOST + b"\r\n", 400),
    "marked target": (b"GET " + MARK + b" HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "bare carriage return": (b"GET / HTTP/1.1\r\nA: b\rC: d\r\n\r\n", 400),
    "marked field name": (b"GET / HTTP/1.1\r\n" + MARK + b": a\r\n\r\n", 400),
    "space before colon": (b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
    "null in a field": (b"GET / HTTP/1.1\r\nA: \x00\r\n\r\n", 400),
    "two lengths": (
        b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
        400,
    ),
    "bad length": (b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n", 400),
    "length and chunks": (
        b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        400,
    ),
    "no host": (b"GET /feeds/all.rss HTTP/1.1\r\n\r\n", 400),
    "two hosts": (b"GET /feeds/all.rss HTTP/1.1\r\n" + HOST + HOST + b"\r\n", 400),
    "a body": (b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\n\r\nabc", 413),
    "bad chunks": (
        b"GET / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n",
        None,
    ),
    "long line": (b"GET /" + HUGE + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
    "long query": (b"GET /search?q=" + HUGE + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
    "long field": (b"GET / HTTP/1.1\r\n" + HOST + b"A: " + HUGE + b"\r\n\r\n", 431),
    "long field name": (b"GET / HTTP/1.1\r\n" + HOST + HUGE + b": a\r\n\r\n", 431),
    "many fields": (b"GET / HTTP/1.1\r\n" + HOST + b"A: b\r\n" * 100 + b"\r\n", 431),
}


@pytest.mark.parametrize(("data", "status"), REFUSED.values(), ids=REFUSED.keys())
async def test_a_malformed_request_gets_a_short_error_that_repeats_nothing(
    harness: ServiceHarness,
    data: bytes,
    status: int | None,
) -> None:
    reply: Reply = await harness.exchange(data)
    assert reply.status == status or (status is None and reply.status in {400, 413})
    assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Server"] == "feedsvc"
    assert reply.headers["Connection"] == "close"
    assert reply.headers["Cache-Control"] == "no-store"
    assert "Date" in reply.headers
    assert int(reply.headers["Content-Length"]) == len(reply.body) < 100
    assert reply.text.startswith(f"{reply.status} ")
    for unsafe in (b"script", b"xxx", b"aiohttp", b"Python"):
        assert unsafe not in reply.body


@pytest.mark.parametrize("path", ["/feeds/all.rss", "/nowhere"])
async def test_an_unsupported_expectation_gets_417_without_being_repeated(
    harness: ServiceHarness,
    path: str,
) -> None:
    reply = await harness.ask("GET", path, Expect="<script>mark</script>")
    assert (reply.status, reply.text) == (
        417,
        "417 Expectation Failed: the Expect header is not supported.\n",
    )
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


async def test_after_a_bad_request_others_are_answered(harness: ServiceHarness) -> None:
    await harness.send(b"\x00" * 100_000)
    assert (await harness.get("/feeds/all.rss")).status == 200


@pytest.mark.parametrize("ended", [b"\r\n\r\n", b""])
async def test_the_size_of_a_whole_head_is_limited(harness: ServiceHarness, ended: bytes) -> None:
    fields = b"".join(b"X-%d: %s\r\n" % (number, b"x" * 4000) for number in range(9))
    reply = await harness.exchange(b"GET / HTTP/1.1\r\nHost: a\r\n" + fields + ended)
    assert reply.status == 431


async def test_any_number_of_heads_within_the_limit_is_read(harness: ServiceHarness) -> None:
    fields = b"".join(b"X-%d: %s\r\n" % (number, b"x" * 4000) for number in range(7))
    head = b"GET /feeds/all.rss HTTP/1.1\r\nHost: a\r\n" + fields
    answers = await harness.send((head + b"\r\n") * 19 + head + b"Connection: close\r\n\r\n")
    assert answers.count(b"HTTP/1.1 200 OK\r\n") == 20
