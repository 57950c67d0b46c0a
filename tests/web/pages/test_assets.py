from __future__ import annotations

import re
import struct

import pytest

from feedsvc.web.pages.assets import CONTENT_TYPES, load_assets
from tests.web.conftest import ServiceHarness

NAMES = [
    "copy.js",
    "favicon.ico",
    "favicon.png",
    "favicon.svg",
    "logo.png",
    "logo.svg",
    "style.css",
]


@pytest.mark.parametrize("name", NAMES)
async def test_every_file_is_served_under_its_type(harness: ServiceHarness, name: str) -> None:
    reply = await harness.get(f"/static/{name}")
    assert reply.status == 200
    assert reply.headers["Content-Type"] == CONTENT_TYPES[name.rpartition(".")[2]]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_versioned_address_is_cached_forever(harness: ServiceHarness) -> None:
    path = load_assets().path("style.css")
    reply = await harness.get(path)
    assert reply.headers["Cache-Control"] == "max-age=31536000, immutable"


@pytest.mark.parametrize("query", ["", "?v=", "?v=000000000000", "?w=1"])
async def test_an_outdated_asset_address_is_cached_briefly(
    harness: ServiceHarness, query: str
) -> None:
    reply = await harness.get(f"/static/style.css{query}")
    assert reply.headers["Cache-Control"] == "max-age=3600"


async def test_a_file_is_not_sent_twice(harness: ServiceHarness) -> None:
    first = await harness.get("/static/style.css")
    again = await harness.get("/static/style.css", If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


async def test_the_etag_decides_over_any_date(harness: ServiceHarness) -> None:
    reply = await harness.get(
        "/static/style.css",
        If_None_Match='"other"',
        If_Modified_Since="Fri, 31 Dec 2100 00:00:00 GMT",
    )
    assert reply.status == 200
    assert "Last-Modified" not in reply.headers


@pytest.mark.parametrize("name", ["none.css", "..%2Fpages.py", "style", "%00"])
async def test_an_unknown_file_is_not_found(harness: ServiceHarness, name: str) -> None:
    assert (await harness.get(f"/static/{name}")).status == 404


async def test_the_default_favicon_is_served(harness: ServiceHarness) -> None:
    reply = await harness.get("/favicon.ico")
    assert reply.body[:4] == b"\x00\x00\x01\x00"


@pytest.mark.parametrize(("name", "size"), [("favicon.png", (192, 192)), ("logo.png", (144, 72))])
async def test_icons_have_the_sizes_that_feeds_require(
    harness: ServiceHarness,
    name: str,
    size: tuple[int, int],
) -> None:
    reply = await harness.get(f"/static/{name}")
    assert struct.unpack(">II", reply.body[16:24]) == size


async def test_no_file_loads_anything_from_elsewhere(harness: ServiceHarness) -> None:
    for name in ("style.css", "copy.js", "favicon.svg"):
        text = (await harness.get(f"/static/{name}")).text
        assert not re.findall(r"(?:url\(|@import|https?://(?!www\.w3\.org/2000/svg))", text)
