"""Errors, methods, redirects and rate limits, over real sockets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from feedsvc.domain.model import Draft, Stated
from tests.web.conftest import ServiceHarness  # type: ignore[import-not-found]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
async def test_unsupported_methods_get_405_with_allow(harness: ServiceHarness, method: str) -> None:
    reply = await harness.ask(method, "/feeds/all.rss")
    assert reply.status == 405
    assert reply.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert reply.text == "405 Method Not Allowed: only GET, HEAD and OPTIONS are supported.\n"


async def test_options_lists_the_methods_and_allows_cross_origin_requests(
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


async def test_only_feeds_and_the_api_allow_cross_origin_requests(harness: ServiceHarness) -> None:
    assert "Access-Control-Allow-Origin" not in (await harness.get("/healthz")).headers
    assert "Access-Control-Allow-Origin" not in (await harness.ask("OPTIONS", "/healthz")).headers


async def test_scripts_can_read_feed_errors(harness: ServiceHarness) -> None:
    for path in ("/feeds/topics/gossip.rss", "/feeds/query.rss?q=%22", "/api/v1/nowhere"):
        assert (await harness.get(path)).headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("line", "status"),
    [("OPTIONS * HTTP/1.1", 204), ("CONNECT evil.example:443 HTTP/1.1", 405)],
)
async def test_requests_without_a_path_get_the_allowed_methods(
    harness: ServiceHarness,
    line: str,
    status: int,
) -> None:
    reply = await harness.exchange(f"{line}\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
    assert (reply.status, reply.headers["Allow"]) == (status, "GET, HEAD, OPTIONS")


async def test_options_of_an_unknown_address_is_not_found(harness: ServiceHarness) -> None:
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


async def test_a_query_that_takes_too_long_is_rejected(
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
    harness = await open_harness(*drafts, seconds=0)
    reply = await harness.get("/feeds/query.rss?q=rain*")
    assert reply.status == 400
    assert "too many matches; add a word" in reply.text


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
async def test_a_near_miss_redirects_within_the_path_prefix(
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
async def test_a_redirect_never_leaves_the_site(harness: ServiceHarness, path: str) -> None:
    reply = await harness.exchange(
        f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode(),
    )
    assert reply.status == 404
    assert "Location" not in reply.headers


async def test_a_post_is_not_redirected(harness: ServiceHarness) -> None:
    assert (await harness.ask("POST", "/feeds/all.rss/")).status == 404


async def test_too_many_requests_get_429_with_retry_after(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(rate_limit=0.01, rate_burst=2)
    statuses = [(await harness.get("/feeds/all.rss")).status for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = await harness.get("/feeds/all.rss")
    assert 0 < int(refused.headers["Retry-After"]) <= 100
    assert (await harness.get("/readyz")).status == 200


async def test_readers_behind_a_trusted_proxy_have_separate_limits(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(rate_limit=0.01, rate_burst=1, trusted_proxies="127.0.0.1")
    asked = [
        (await harness.get("/feeds/all.rss", X_Forwarded_For=address)).status
        for address in ("192.0.2.1", "192.0.2.2", "192.0.2.1", "9.9.9.9, 192.0.2.2")
    ]
    assert asked == [200, 200, 429, 429]


async def test_x_forwarded_for_from_an_untrusted_address_is_ignored(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(rate_limit=0.01, rate_burst=1)
    asked = [
        (await harness.get("/feeds/all.rss", X_Forwarded_For=address)).status
        for address in ("192.0.2.1", "192.0.2.2")
    ]
    assert asked == [200, 429]
