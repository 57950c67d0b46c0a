from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from feedsvc.domain.model import Draft, Stated
from tests.web.conftest import ServiceHarness
from tests.web.pages.html import Page, path_of_first, read

Open = Callable[..., Awaitable[ServiceHarness]]

ADDRESSES = (
    "/",
    "/all",
    "/regions/asia",
    "/countries/kz",
    "/topics/labour",
    "/regions/asia/topics/labour",
    "/search",
    "/search?q=tram",
    "/status",
)
PREFIX = "/p"
BASE = "https://news.example/p"


@pytest.mark.parametrize("path", ADDRESSES)
async def test_every_page_may_load_only_its_own_files(harness: ServiceHarness, path: str) -> None:
    reply = await harness.get(path)
    assert reply.status == 200
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    page = Page(reply.text)
    assert not page.root.xpath(
        "//style | //script[not(@src)] | //*[@style] | //@*[starts-with(name(), 'on')]"
    )


@pytest.mark.parametrize("path", ADDRESSES)
async def test_every_page_announces_feeds_and_its_own_address(
    harness: ServiceHarness, path: str
) -> None:
    page = await read(harness, path)
    types = page.values("//link[@rel='alternate']/@type")
    assert types == ["application/atom+xml", "application/rss+xml", "application/feed+json"]
    assert page.values("//link[@rel='canonical']/@href") == [BASE + path]
    assert all(it.startswith(BASE) for it in page.values("//link[@rel='alternate']/@href"))


@pytest.mark.parametrize("path", ADDRESSES)
async def test_the_link_header_names_the_same_feeds_as_the_page(
    harness: ServiceHarness,
    path: str,
) -> None:
    reply = await harness.get(path)
    page = Page(reply.text)
    named = zip(
        page.values("//link[@rel='alternate']/@href"),
        page.values("//link[@rel='alternate']/@type"),
        strict=True,
    )
    assert reply.headers["Link"] == ", ".join(
        f'<{address}>; rel="alternate"; type="{kind}"' for address, kind in named
    )


@pytest.mark.parametrize("path", ADDRESSES)
async def test_every_page_has_a_skip_link_and_navigation(
    harness: ServiceHarness, path: str
) -> None:
    page = await read(harness, path)
    assert len(page.texts("//h1")) == 1
    assert page.values("/html/@lang") == ["en"]
    assert page.values("//body/a[1]/@href") == ["#content"]
    assert page.values("//main/@id") == ["content"]
    assert page.texts("//title")[0]
    for level, before in zip(levels := _levels(page), [0, *levels], strict=False):
        assert level <= before + 1


@pytest.mark.parametrize("path", ADDRESSES)
async def test_a_page_is_the_same_until_its_content_changes(
    harness: ServiceHarness, path: str
) -> None:
    first = await harness.get(path)
    harness.clock.now = harness.clock.now.replace(year=2036)
    again = await harness.get(path, If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


async def test_links_within_the_site_stay_below_its_prefix(harness: ServiceHarness) -> None:
    for path in (*ADDRESSES, await path_of_first(harness)):
        page = await read(harness, path)
        links = page.values("//@href | //@src | //@action")
        own = [it for it in links if not it.startswith(("#", "feed:", BASE))]
        assert own
        assert all(it.startswith(f"{PREFIX}/") for it in own)


async def test_no_link_of_ours_is_broken(harness: ServiceHarness) -> None:
    seen, queue = set[str](), ["/"]
    while queue:
        path = queue.pop()
        seen.add(path)
        reply = await harness.get(path)
        assert reply.status == 200, path
        if reply.headers["Content-Type"].startswith("text/html"):
            links = Page(reply.text).values("//@href | //@src")
            own = {it.removeprefix(PREFIX).partition("#")[0] for it in links if it[0] == "/"}
            queue += own - seen - set(queue)
    assert "/regions/central-asia/topics/labour" in seen
    assert "/feeds/regions/central-asia/topics/labour.json" in seen


@pytest.mark.parametrize(
    "path",
    [
        "/regions/atlantis",
        "/countries/zz",
        "/topics/none",
        "/regions/asia/topics/none",
        "/entries/00000000-0000-0000-0000-000000000000",
        "/entries/1",
        "/nothing",
    ],
)
async def test_what_does_not_exist_is_not_found(harness: ServiceHarness, path: str) -> None:
    assert (await harness.get(path)).status == 404


async def test_markup_in_any_field_stays_text(open_harness: Open) -> None:
    evil = "<script>alert(1)</script>\"'&amp;"
    harness = await open_harness(
        Draft(
            ordinal=1,
            line=1,
            stated=Stated(
                title=f"T {evil}",
                text=f"X {evil}",
                caption=f"C {evil}",
                kicker=f"K {evil}",
                image="https://example.org/a.jpg",
                author=f"A {evil}",
                source=f"S {evil}",
                link="https://example.org/?a=<b>\"'",
            ),
        ),
        title=f"Site {evil}",
    )
    for path in ("/", "/all", "/search?q=script", await path_of_first(harness)):
        page = await read(harness, path)
        assert page.values("//script/@src") == page.values("//script[@defer]/@src")
        assert len(page.root.xpath("//script")) == 2
        assert f"T {evil}" in " ".join(page.texts("//main"))


def _levels(page: Page) -> list[int]:
    return [int(it.tag[1]) for it in page.root.xpath("//h1 | //h2 | //h3")]
