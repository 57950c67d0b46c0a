"""Feeds over real sockets: what is answered, and when it need not be."""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable
from datetime import timedelta

import brotli
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
async def test_what_is_unknown_is_not_found_and_not_repeated(
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


async def test_a_feed_says_where_it_is_and_how_long_it_keeps(harness: ServiceHarness) -> None:
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
        "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
    )
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Server"] == "feedsvc"
    assert headers["Last-Modified"] == "Sun, 01 Mar 2026 12:00:00 GMT"
    assert headers["Date"] == "Sun, 01 Mar 2026 13:00:00 GMT"


@pytest.mark.parametrize(
    ("accept", "coding"),
    [("br", "br"), ("gzip", "gzip"), ("identity", None), ("gzip;q=0", None)],
)
async def test_every_coding_has_its_own_tag_and_the_same_content(
    harness: ServiceHarness,
    accept: str,
    coding: str | None,
) -> None:
    plain = await harness.get("/feeds/all.rss")
    coded = await harness.get("/feeds/all.rss", Accept_Encoding=accept)
    decode = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    body = coded.body
    assert coded.headers.get("Content-Encoding") == coding
    assert coded.headers["Content-Length"] == str(len(body))
    assert decode(body) == plain.body
    assert (coded.headers["ETag"] == plain.headers["ETag"]) is (coding is None)


async def test_a_client_that_takes_no_coding_gets_406(harness: ServiceHarness) -> None:
    response = await harness.get("/feeds/all.rss", Accept_Encoding="*;q=0")
    assert response.status == 406
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("accept", ["br", "gzip", "identity"])
async def test_head_has_the_header_fields_of_get(harness: ServiceHarness, accept: str) -> None:
    got = await harness.get("/feeds/all.atom", Accept_Encoding=accept)
    headed = await harness.ask("HEAD", "/feeds/all.atom", Accept_Encoding=accept)
    assert headed.status == 200
    assert dict(headed.headers) == dict(got.headers)
    assert headed.body == b""


ETAG, OLD, NEW = "<the tag>", "Sun, 01 Mar 2026 11:59:59 GMT", "Sun, 01 Mar 2026 12:00:00 GMT"
CONDITIONS = [
    ({"If-None-Match": ETAG}, 304),
    ({"If-None-Match": f"W/{ETAG}"}, 304),
    ({"If-None-Match": f'"other", W/"more",{ETAG}'}, 304),
    ({"If-None-Match": "*"}, 304),
    ({"If-None-Match": " * "}, 304),
    ({"If-None-Match": '"other"'}, 200),
    ({"If-None-Match": '""'}, 200),
    ({"If-None-Match": ""}, 200),
    ({"If-None-Match": "garbage"}, 200),
    ({"If-Modified-Since": NEW}, 304),
    ({"If-Modified-Since": "Sunday, 01-Mar-26 12:00:00 GMT"}, 304),
    ({"If-Modified-Since": "Sun Mar  1 12:00:00 2026"}, 304),
    ({"If-Modified-Since": "Mon, 02 Mar 2026 12:00:00 GMT"}, 304),
    ({"If-Modified-Since": OLD}, 200),
    ({"If-Modified-Since": "yesterday"}, 200),
    ({"If-Modified-Since": ""}, 200),
    ({"If-Modified-Since": "Sun, 99 Mar 2026 12:00:00 GMT"}, 200),
    ({"If-None-Match": '"other"', "If-Modified-Since": NEW}, 200),
    ({"If-None-Match": "garbage", "If-Modified-Since": NEW}, 200),
    ({"If-None-Match": ETAG, "If-Modified-Since": OLD}, 304),
]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(("conditions", "status"), CONDITIONS)
async def test_conditional_requests_follow_the_standard(
    harness: ServiceHarness,
    method: str,
    conditions: dict[str, str],
    status: int,
) -> None:
    first = await harness.get("/feeds/all.rss")
    tag = first.headers["ETag"]
    fields = {name: value.replace(ETAG, tag) for name, value in conditions.items()}
    second = await harness.ask(method, "/feeds/all.rss", **fields)
    assert second.status == status
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary", "Date", "Link"):
        assert second.headers[name] == first.headers[name]
    if status == 304:
        assert second.body == b""
        assert "Content-Type" not in second.headers
        assert "Content-Length" not in second.headers


async def test_a_tag_of_one_coding_does_not_validate_another(harness: ServiceHarness) -> None:
    tag = (await harness.get("/feeds/all.rss", Accept_Encoding="br")).headers["ETag"]
    answers = [
        (await harness.get("/feeds/all.rss", Accept_Encoding=coding, If_None_Match=tag)).status
        for coding in ("br", "gzip", "identity")
    ]
    assert answers == [304, 200, 200]


async def test_in_the_second_of_a_change_only_the_tag_answers(harness: ServiceHarness) -> None:
    harness.clock.now = harness.clock.now.replace(hour=12, minute=0, second=0, microsecond=900_000)
    first = await harness.get("/feeds/all.rss")
    assert "Last-Modified" not in first.headers
    by_date = await harness.get("/feeds/all.rss", If_Modified_Since=NEW)
    assert by_date.status == 200
    by_tag = await harness.get("/feeds/all.rss", If_None_Match=first.headers["ETag"])
    assert by_tag.status == 304
    harness.clock.now += timedelta(seconds=1)
    assert (await harness.get("/feeds/all.rss")).headers["Last-Modified"] == NEW


async def test_a_change_gives_a_new_tag_and_only_where_it_is(harness: ServiceHarness) -> None:
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


async def test_a_restart_changes_no_tag(
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


async def test_a_current_document_needs_no_database(harness: ServiceHarness) -> None:
    await harness.get("/feeds/all.rss")
    before = harness.publisher.stats
    async with harness.writer.transaction():
        for _ in range(3):
            assert (await harness.get("/feeds/all.rss")).status == 200
    after = harness.publisher.stats
    assert (after.hits - before.hits, after.renders) == (3, before.renders)


async def test_a_picture_is_not_compressed_again_unless_it_must_be(harness: ServiceHarness) -> None:
    path = "/static/favicon.png"
    assert "Content-Encoding" not in (await harness.get(path, Accept_Encoding="br, gzip")).headers
    forced = await harness.get(path, Accept_Encoding="gzip, identity;q=0")
    assert forced.headers["Content-Encoding"] == "gzip"
