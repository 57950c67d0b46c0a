"""What browsers and programs get for missing pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from feedsvc.domain.model import Channel
from feedsvc.web.headers import PAGE_POLICY
from feedsvc.web.pages.handlers import (
    show_channel,
    show_entry,
    show_index,
    show_search,
    show_status,
)
from tests.web.conftest import Reply, ServiceHarness  # type: ignore[import-not-found]
from tests.web.pages.html import Page

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PLAIN = "404 Not Found: there is no page or feed at this address.\n"
PAGES = {show_index, show_channel, show_entry, show_search, show_status}


def same_but_the_type(page: Reply, plain: Reply) -> bool:
    varying = {"Content-Type", "Content-Length", "Content-Security-Policy", "Date"}

    def kept(reply: Reply) -> dict[str, str]:
        return {name: value for name, value in reply.headers.items() if name not in varying}

    return kept(page) == kept(plain)


@pytest.mark.parametrize("path", ["/regions/asai", "/nonsense", "/a/b/c/d", "/search/x", "/x.php"])
async def test_a_browser_gets_a_page_and_a_program_a_line(
    harness: ServiceHarness, path: str
) -> None:
    page, plain = await harness.get(path, Accept=BROWSER), await harness.get(path, Accept="*/*")
    assert (page.status, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert page.headers["Content-Security-Policy"] == PAGE_POLICY
    assert (plain.status, plain.text) == (404, PLAIN)
    assert plain.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert same_but_the_type(page, plain)
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Vary"] == "Accept"


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/regions/asai.rss",
        "/feeds/nonsense",
        "/feeds",
        "/Feeds/nonsense",
        "/api/v1/nowhere",
        "/static/nothing.css",
        "/robots.txt",
        "/.well-known/security.txt",
    ],
)
async def test_addresses_for_programs_stay_plain(harness: ServiceHarness, path: str) -> None:
    reply = await harness.get(path, Accept=BROWSER)
    assert (reply.status, reply.text) == (404, PLAIN)
    assert "Vary" not in reply.headers


async def test_addresses_that_are_not_pages_get_plain_text(harness: ServiceHarness) -> None:
    for step in first_steps(harness, pages=False):
        reply = await harness.get(f"/{step}/no/such/thing", Accept=BROWSER)
        assert (step, reply.status, reply.text) == (step, 404, PLAIN)


async def test_a_mistyped_page_address_gets_a_page(harness: ServiceHarness) -> None:
    for step in first_steps(harness, pages=True):
        reply = await harness.get(f"/{step}/no/such/thing", Accept=BROWSER)
        assert (step, reply.headers["Content-Type"]) == (step, "text/html; charset=utf-8")


def first_steps(harness: ServiceHarness, *, pages: bool) -> set[str]:
    """Of all routes that lead to pages, or of all that do not."""
    found = {
        resource.canonical.split("/")[1]
        for resource in harness.app.router.resources()
        if any((route.handler in PAGES) == pages for route in resource)
    }
    assert len(found) > 5
    return found - {""}


@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS"])
async def test_other_methods_get_no_page(harness: ServiceHarness, method: str) -> None:
    reply = await harness.ask(method, "/nonsense", Accept=BROWSER)
    assert (reply.status, reply.text) == (404, PLAIN)


async def test_head_has_the_length_of_the_page(harness: ServiceHarness) -> None:
    page = await harness.get("/nonsense", Accept=BROWSER)
    head = await harness.ask("HEAD", "/nonsense", Accept=BROWSER)
    assert (head.status, head.body) == (404, b"")
    assert head.headers["Content-Length"] == str(len(page.body))


async def test_the_page_offers_a_way_on(harness: ServiceHarness) -> None:
    page = Page((await harness.get("/regions/asai", Accept=BROWSER)).text)
    assert page.texts("//h1") == ["Page not found"]
    assert page.texts("//title") == ["Page not found — Listings"]
    assert page.links("//main") == {"Asia": "/p/regions/asia", "Go to the front page": "/p/"}
    assert page.texts("//main//p[a]")[0] == "Did you mean Asia?"
    assert page.values("//main//form/@action") == ["/p/search"]
    assert page.values("//link[@rel='canonical']/@href") == []
    assert page.values("//meta[@property='og:url']/@content") == []


async def test_nothing_similar_means_no_suggestion(harness: ServiceHarness) -> None:
    page = Page((await harness.get("/nonsense", Accept=BROWSER)).text)
    assert page.links("//main") == {"Go to the front page": "/p/"}


async def test_several_suggestions_form_one_sentence(harness: ServiceHarness) -> None:
    page = Page((await harness.get("/countries/kz/topics/labour", Accept=BROWSER)).text)
    assert page.texts("//main//p[a]")[0] == "Did you mean Kazakhstan or Labour?"


async def test_equal_suggestions_appear_once(harness: ServiceHarness) -> None:
    page = Page((await harness.get("/antarctica", Accept=BROWSER)).text)
    assert page.texts("//main//p[a]")[0] == "Did you mean Antarctica?"


async def test_the_page_repeats_nothing_of_the_request(harness: ServiceHarness) -> None:
    for path in ("/mark-me", "/regions/mark-me", "/%3Cscript%3Emark-me", "/asia-mark-me?mark-me"):
        reply = await harness.get(path, Accept=BROWSER, Referer="https://mark-me.example/")
        assert reply.status == 404
        assert b"mark-me" not in reply.body


async def test_a_withdrawn_entry_has_a_page_that_says_so(harness: ServiceHarness) -> None:
    recent = await harness.reader.recent(Channel(), limit=1)
    path = f"/entries/{recent.entries[0].id}"
    await harness.publish()
    reply = await harness.get(path, Accept=BROWSER)
    assert reply.status == 410
    page = Page(reply.text)
    assert page.texts("//h1") == ["Removed"]
    assert page.texts("//p[@class='lead']") == ["This entry is no longer published."]
    assert (await harness.get(path)).text == "410 Gone: this entry is no longer published.\n"


async def test_the_metrics_port_has_no_pages(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
    unused_tcp_port: int,
) -> None:
    harness = await open_harness(metrics_port=unused_tcp_port)
    url = f"http://127.0.0.1:{unused_tcp_port}/nonsense"
    async with harness.session.get(url, headers={"Accept": BROWSER}) as reply:
        assert (reply.status, await reply.text()) == (404, PLAIN)
