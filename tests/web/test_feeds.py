"""Feeds of channels, over real sockets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import feedparser
import pytest

from feedsvc.domain.model import Draft, Stated
from tests.web.conftest import ServiceHarness  # type: ignore[import-not-found]

LABOUR = "/feeds/regions/asia/topics/labour.atom"


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/feeds/all.rss", "application/rss+xml; charset=utf-8"),
        ("/feeds/all.atom", "application/atom+xml; charset=utf-8"),
        ("/feeds/all.json", "application/feed+json"),
        ("/feeds/regions/asia.rss", "application/rss+xml; charset=utf-8"),
        ("/feeds/countries/kz.rss", "application/rss+xml; charset=utf-8"),
        ("/feeds/topics/labour.rss", "application/rss+xml; charset=utf-8"),
        (LABOUR, "application/atom+xml; charset=utf-8"),
    ],
)
async def test_every_channel_has_a_feed(
    harness: ServiceHarness, path: str, media_type: str
) -> None:
    response = await harness.get(path)
    assert response.status == 200
    assert response.headers["Content-Type"] == media_type
    assert "Tram drivers" in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/regions/atlantis.rss",
        "/feeds/countries/zz.rss",
        "/feeds/topics/gossip.rss",
        "/feeds/regions/asia/topics/gossip.rss",
        "/feeds/all.xml",
        "/feeds/all",
        "/feeds/",
        "/nowhere",
        "/..%2f..%2fetc/passwd",
        "/feeds/regions/%00.rss",
    ],
)
async def test_an_unknown_address_gets_404_without_being_repeated(
    harness: ServiceHarness, path: str
) -> None:
    response = await harness.get(path)
    assert response.status == 404
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == "404 Not Found: there is no page or feed at this address.\n"


async def test_a_known_channel_without_entries_is_a_valid_empty_feed(
    harness: ServiceHarness,
) -> None:
    response = await harness.get("/feeds/topics/religion.atom")
    parsed = feedparser.parse(response.body)
    assert response.status == 200
    assert not parsed.bozo
    assert parsed.entries == []
    assert parsed.feed.updated == "2026-03-01T12:00:00+00:00"


async def test_a_feed_has_links_and_caching_headers(harness: ServiceHarness) -> None:
    headers = (await harness.get(LABOUR)).headers
    assert headers["Link"] == (
        '<https://news.example/p/feeds/regions/asia/topics/labour.atom>; rel="self"; '
        'type="application/atom+xml", '
        '<https://news.example/p/regions/asia/topics/labour>; rel="alternate"; type="text/html", '
        '<https://news.example/p/feeds/regions/asia/topics/labour.rss>; rel="alternate"; '
        'type="application/rss+xml", '
        '<https://news.example/p/feeds/regions/asia/topics/labour.json>; rel="alternate"; '
        'type="application/feed+json"'
    )
    assert headers["Cache-Control"] == (
        "max-age=60, stale-while-revalidate=600, stale-if-error=86400"
    )
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Server"] == "feedsvc"
    assert headers["Last-Modified"] == "Sun, 01 Mar 2026 12:00:00 GMT"
    assert headers["Date"] == "Sun, 01 Mar 2026 13:00:00 GMT"


async def test_a_change_changes_the_etags_of_its_own_feeds_only(harness: ServiceHarness) -> None:
    asia = await harness.get("/feeds/regions/asia.rss")
    europe = await harness.get("/feeds/regions/europe.rss")
    later = Draft(
        ordinal=1,
        line=1,
        stated=Stated(title="Rain", text="It rained.", regions=("europe",)),
    )
    await harness.publish(later, seed="b.txt", now=harness.clock.now - timedelta(minutes=1))
    again = [
        await harness.get("/feeds/regions/asia.rss", If_None_Match=asia.headers["ETag"]),
        await harness.get("/feeds/regions/europe.rss", If_None_Match=europe.headers["ETag"]),
    ]
    assert [response.status for response in again] == [304, 200]
    assert again[1].headers["Last-Modified"] == "Sun, 01 Mar 2026 12:59:00 GMT"


async def test_a_restart_changes_no_etag(
    harness: ServiceHarness,
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    tags = [(await harness.get(f"/feeds/all.{form}")).headers["ETag"] for form in ("rss", "json")]
    other = await open_harness()
    again = [(await other.get(f"/feeds/all.{form}")).headers["ETag"] for form in ("rss", "json")]
    assert again == tags


@pytest.mark.parametrize("path", ["/feeds/all.rss?", "/feeds/all.rss?utm=1"])
async def test_a_query_on_a_feed_is_ignored(harness: ServiceHarness, path: str) -> None:
    plain = await harness.get("/feeds/all.rss")
    response = await harness.get(path)
    assert response.status == 200
    assert response.headers["ETag"] == plain.headers["ETag"]


async def test_a_cached_document_needs_no_database(harness: ServiceHarness) -> None:
    await harness.get("/feeds/all.rss")
    before = harness.publisher.stats
    async with harness.writer.transaction():
        for _ in range(3):
            assert (await harness.get("/feeds/all.rss")).status == 200
    after = harness.publisher.stats
    assert (after.hits - before.hits, after.renders) == (3, before.renders)
