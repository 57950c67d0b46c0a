"""Encodings, validators and 304, over real sockets."""

from __future__ import annotations

import gzip
from datetime import timedelta

import brotli
import pytest

from tests.web.conftest import ServiceHarness  # type: ignore[import-not-found]

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


@pytest.mark.parametrize(
    ("accept", "coding"),
    [("br", "br"), ("gzip", "gzip"), ("identity", None), ("gzip;q=0", None)],
)
async def test_every_encoding_has_its_own_etag_and_the_same_content(
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


async def test_a_client_that_refuses_every_encoding_gets_406(harness: ServiceHarness) -> None:
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


async def test_the_etag_of_one_encoding_does_not_match_another(harness: ServiceHarness) -> None:
    tag = (await harness.get("/feeds/all.rss", Accept_Encoding="br")).headers["ETag"]
    answers = [
        (await harness.get("/feeds/all.rss", Accept_Encoding=coding, If_None_Match=tag)).status
        for coding in ("br", "gzip", "identity")
    ]
    assert answers == [304, 200, 200]


async def test_within_the_second_of_a_change_only_the_etag_counts(harness: ServiceHarness) -> None:
    harness.clock.now = harness.clock.now.replace(hour=12, minute=0, second=0, microsecond=900_000)
    first = await harness.get("/feeds/all.rss")
    assert "Last-Modified" not in first.headers
    by_date = await harness.get("/feeds/all.rss", If_Modified_Since=NEW)
    assert by_date.status == 200
    by_tag = await harness.get("/feeds/all.rss", If_None_Match=first.headers["ETag"])
    assert by_tag.status == 304
    harness.clock.now += timedelta(seconds=1)
    assert (await harness.get("/feeds/all.rss")).headers["Last-Modified"] == NEW


async def test_a_picture_is_not_compressed_again_unless_it_must_be(harness: ServiceHarness) -> None:
    path = "/static/favicon.png"
    assert "Content-Encoding" not in (await harness.get(path, Accept_Encoding="br, gzip")).headers
    forced = await harness.get(path, Accept_Encoding="gzip, identity;q=0")
    assert forced.headers["Content-Encoding"] == "gzip"
