"""What is refused is told in a few plain words, whoever refuses it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from feedsvc.domain.model import Draft, Stated
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
async def test_a_bad_request_is_refused_in_few_words_that_repeat_nothing(
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
    for told in (b"script", b"xxx", b"aiohttp", b"Python"):
        assert told not in reply.body


@pytest.mark.parametrize("path", ["/feeds/all.rss", "/nowhere"])
async def test_an_expectation_that_cannot_be_met_is_told_without_repeating_it(
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


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
async def test_other_methods_are_told_which_there_are(harness: ServiceHarness, method: str) -> None:
    reply = await harness.ask(method, "/feeds/all.rss")
    assert reply.status == 405
    assert reply.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert reply.text == "405 Method Not Allowed: only GET, HEAD and OPTIONS are supported.\n"


async def test_options_tells_the_methods_and_opens_feeds_to_scripts(
    harness: ServiceHarness,
) -> None:
    reply = await harness.ask(
        "OPTIONS",
        "/feeds/all.json",
        Origin="https://reader.example",
        Access_Control_Request_Method="GET",
    )
    assert reply.status == 204
    assert reply.body == b""
    assert reply.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert reply.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "If-None-Match" in reply.headers["Access-Control-Allow-Headers"]


async def test_what_is_no_feed_is_not_opened_to_scripts(harness: ServiceHarness) -> None:
    assert "Access-Control-Allow-Origin" not in (await harness.get("/healthz")).headers
    assert "Access-Control-Allow-Origin" not in (await harness.ask("OPTIONS", "/healthz")).headers


async def test_scripts_can_read_why_a_feed_is_refused(harness: ServiceHarness) -> None:
    for path in ("/feeds/topics/gossip.rss", "/feeds/query.rss?q=%22", "/api/v1/nowhere"):
        assert (await harness.get(path)).headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("line", "status"),
    [("OPTIONS * HTTP/1.1", 204), ("CONNECT evil.example:443 HTTP/1.1", 405)],
)
async def test_what_concerns_the_whole_service_is_told_its_methods(
    harness: ServiceHarness,
    line: str,
    status: int,
) -> None:
    reply = await harness.exchange(f"{line}\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
    assert (reply.status, reply.headers["Allow"]) == (status, "GET, HEAD, OPTIONS")


async def test_options_of_nothing_is_not_found(harness: ServiceHarness) -> None:
    assert (await harness.ask("OPTIONS", "/nowhere")).status == 404


async def test_a_bug_is_a_500_in_plain_words(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fail(_request: web.Request) -> web.Response:
        raise RuntimeError("the secret reason")

    monkeypatch.setattr("feedsvc.web.routes.show_health", fail)
    harness = await open_harness()
    reply = await harness.get("/healthz", Accept="text/html")
    assert reply.status == 500
    assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "secret" not in reply.text


async def test_a_question_that_takes_too_long_is_refused(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    drafts = [
        Draft(
            ordinal=n,
            line=n,
            stated=Stated(title=f"Rain {n}", text=f"It rained on day {n}."),
        )
        for n in range(1, 201)
    ]
    harness = await open_harness(*drafts, steps=0)
    reply = await harness.get("/feeds/query.rss?q=rain*")
    assert reply.status == 400
    assert "query too broad" in reply.text


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/feeds/all.rss/", "/p/feeds/all.rss"),
        ("/feeds/all.rss//", "/p/feeds/all.rss"),
        ("//feeds/all.rss", "/p/feeds/all.rss"),
        ("/feeds/All.RSS", "/p/feeds/all.rss"),
        ("/feeds/countries/KZ.rss", "/p/feeds/countries/kz.rss"),
        ("/feeds/regions/Asia/topics/Labour.atom/", "/p/feeds/regions/asia/topics/labour.atom"),
        ("/feeds.opml/?regions=asia", "/p/feeds.opml?regions=asia"),
        ("/FEEDS.OPML?a=%0d%0aX:y", "/p/feeds.opml?a=%0d%0aX:y"),
    ],
)
async def test_a_near_miss_is_redirected_below_the_public_path(
    harness: ServiceHarness,
    path: str,
    location: str,
) -> None:
    reply = await harness.exchange(
        f"GET {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".encode(),
    )
    assert reply.status == 301
    assert reply.headers["Location"] == location


@pytest.mark.parametrize(
    "path", ["//evil.example/", "/NOWHERE", "/nowhere/", "//evil.example/%2f.."]
)
async def test_a_redirect_leads_nowhere_else(harness: ServiceHarness, path: str) -> None:
    reply = await harness.exchange(
        f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode(),
    )
    assert reply.status == 404
    assert "Location" not in reply.headers


async def test_a_post_is_not_redirected(harness: ServiceHarness) -> None:
    assert (await harness.ask("POST", "/feeds/all.rss/")).status == 404
