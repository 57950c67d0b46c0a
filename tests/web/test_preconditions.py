"""Preconditions, Host, versions and Expect, as clients and proxies send them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from feedsvc.web.negotiation import read_strong_entity_tags

if TYPE_CHECKING:
    from tests.web.conftest import ServiceHarness  # type: ignore[import-not-found]

FEED = "/feeds/all.rss"


async def test_if_match_decides_by_strong_comparison(harness: ServiceHarness) -> None:
    tag = (await harness.get(FEED)).headers["ETag"]
    for field, status in (
        (tag, 200),
        ("*", 200),
        (f'"other", {tag}', 200),
        ('"other"', 412),
        (f"W/{tag}", 412),
    ):
        assert (await harness.get(FEED, If_Match=field)).status == status, field
    both = await harness.get(FEED, If_Match=tag, If_None_Match=tag)
    assert both.status == 304
    assert (await harness.get("/", If_Match='"other"')).status == 412


async def test_if_unmodified_since_counts_only_without_if_match(harness: ServiceHarness) -> None:
    reply = await harness.get(FEED)
    tag, changed = reply.headers["ETag"], reply.headers["Last-Modified"]
    long_ago = "Thu, 01 Jan 1998 00:00:00 GMT"
    assert (await harness.get(FEED, If_Unmodified_Since=changed)).status == 200
    assert (await harness.get(FEED, If_Unmodified_Since=long_ago)).status == 412
    assert (await harness.get(FEED, If_Unmodified_Since="yesterday")).status == 200
    assert (await harness.get(FEED, If_Unmodified_Since=long_ago, If_Match=tag)).status == 200


def test_weak_tags_never_match_strongly() -> None:
    assert read_strong_entity_tags('W/"a", "b"').match('"b"')
    assert not read_strong_entity_tags('W/"a", "b"').match('"a"')


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("a", 200),
        ("news.example:8080", 200),
        ("[::1]:80", 200),
        ("a_b.example", 200),
        ("a b", 400),
        ("a/b", 400),
        ("a,b", 200),
        ("user@a", 400),
        ("a:port", 400),
        ("[::1", 400),
        ("a\r\nHost: b", 400),
    ],
)
async def test_a_malformed_host_is_refused(harness: ServiceHarness, host: str, status: int) -> None:
    head = f"GET {FEED} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    assert (await harness.exchange(head.encode())).status == status


@pytest.mark.parametrize(
    ("version", "statuses"),
    [("2.0", {505}), ("0.9", {505}), ("1.0", {200}), ("3.0", {400, 505})],
)
async def test_other_versions_of_http_are_refused(
    harness: ServiceHarness, version: str, statuses: set[int]
) -> None:
    head = f"GET {FEED} HTTP/{version}\r\nHost: a\r\nConnection: close\r\n\r\n"
    assert (await harness.exchange(head.encode())).status in statuses
    # The answer is in a version that exists.
    assert (await harness.send(head.encode())).startswith((b"HTTP/1.1 ", b"HTTP/1.0 "))


async def test_a_body_is_refused_before_it_is_asked_for(harness: ServiceHarness) -> None:
    head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"
    answer = await harness.send(head)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"100 Continue" not in answer


@pytest.mark.parametrize("number", [1, 3])
async def test_a_client_that_sends_no_more_gets_its_answers(
    harness: ServiceHarness, number: int
) -> None:
    host, port = harness.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET {FEED} HTTP/1.1\r\nHost: a\r\n\r\n".encode() * number)
    writer.write_eof()
    answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    assert answer.count(b"HTTP/1.1 200 OK") == number
    assert answer.endswith(b"</rss>\n") or answer.rstrip().endswith(b"</rss>")
