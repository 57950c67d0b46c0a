"""Query feeds, over real sockets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import feedparser
import pytest

from feedsvc.domain.model import Draft, Stated
from feedsvc.services.publish import BoundedQueue
from feedsvc.web.keys import FILES_QUEUE
from tests.web.conftest import Reply, ServiceHarness  # type: ignore[import-not-found]


def titles(reply: Reply) -> list[str]:
    assert reply.status == 200, reply.text
    parsed = feedparser.parse(reply.body)
    assert not parsed.bozo
    return [entry.title.split()[0] for entry in parsed.entries]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("region=asia", ["Tram"]),
        ("region=asia&region=europe", ["A", "Tram"]),
        ("region=asia&topic=weather", []),
        ("country=kz&topic=labour", ["Tram"]),
        ("not-region=asia", ["A"]),
        ("not-topic=weather", ["Tram"]),
        ("q=orchards", ["A"]),
        ("q=orch%2A", ["A"]),
        ("q=%22late%20frost%22", ["A"]),
        ("topic=labour&q=orchards", []),
    ],
)
async def test_values_of_one_name_are_alternatives_and_names_must_all_hold(
    harness: ServiceHarness,
    query: str,
    expected: list[str],
) -> None:
    for form in ("rss", "atom"):
        assert sorted(titles(await harness.get(f"/feeds/query.{form}?{query}"))) == expected


@pytest.mark.parametrize(
    ("given", "location"),
    [
        ("topic=labour&region=asia", "/p/feeds/query.rss?region=asia&topic=labour"),
        ("region=europe&region=asia", "/p/feeds/query.rss?region=asia&region=europe"),
        ("region=Asia", "/p/feeds/query.rss?region=asia"),
        ("region=asia&region=asia", "/p/feeds/query.rss?region=asia"),
        ("region=asia&q=", "/p/feeds/query.rss?region=asia"),
        ("q=%20late++frost", "/p/feeds/query.rss?q=late%20frost"),
        ("q=late+frost", "/p/feeds/query.rss?q=late%20frost"),
        ("q=a%2Bb+c", "/p/feeds/query.rss?q=a%2Bb%20c"),
        ("before=9&region=asia", "/p/feeds/query.rss?region=asia&before=9"),
        ("", "/p/feeds/all.rss"),
        ("q=&region=", "/p/feeds/all.rss"),
    ],
)
async def test_parameters_have_one_order_and_others_redirect_to_it(
    harness: ServiceHarness,
    given: str,
    location: str,
) -> None:
    reply = await harness.get(f"/feeds/query.rss?{given}")
    assert (reply.status, reply.headers["Location"]) == (301, location)
    final = await harness.get(location.removeprefix("/p"))
    assert final.status == 200


@pytest.mark.parametrize("given", ["q=late%20frost", "q=l%61te%20frost"])
async def test_different_escaping_does_not_redirect(harness: ServiceHarness, given: str) -> None:
    assert titles(await harness.get(f"/feeds/query.rss?{given}")) == ["A"]


@pytest.mark.parametrize(
    "query",
    [
        "region=atlantis",
        "topic=asia",
        "colour=red",
        "q=%22open",
        "q=-only",
        "q=***",
        "q=" + "x" * 201,
        "q=a%00b",
        "q=%ff",
        "before=0",
        "before=x",
        "before=%D9%A1",
        "before=1&before=2",
        "before=99999999999999999999",
        "region=asia&q=" + "%20".join("abcdefghijklmnop"),
    ],
)
async def test_an_invalid_query_is_a_400_with_advice(
    harness: ServiceHarness,
    query: str,
) -> None:
    reply = await harness.get(f"/feeds/query.atom?{query}")
    assert reply.status == 400
    assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "; " in reply.text or "at least one word" in reply.text
    for sent in ("atlantis", "colour", "open", "xxx"):
        assert sent not in reply.text


async def test_the_list_is_revalidated_by_etag(harness: ServiceHarness) -> None:
    first = await harness.get("/feeds/query.rss?region=asia")
    assert "Last-Modified" not in first.headers
    again = await harness.get("/feeds/query.rss?region=asia", If_None_Match=first.headers["ETag"])
    assert again.status == 304
    dated = "Sun, 01 Mar 2026 23:00:00 GMT"
    assert (
        await harness.get("/feeds/query.rss?region=asia", If_Modified_Since=dated)
    ).status == 200


async def test_a_change_elsewhere_keeps_the_etag(harness: ServiceHarness) -> None:
    first = await harness.get("/feeds/query.rss?region=asia")
    await harness.publish(
        Draft(ordinal=1, line=1, stated=Stated(title="Rain", text="It rained.")),
        seed="b.txt",
    )
    again = await harness.get("/feeds/query.rss?region=asia")
    assert again.headers["ETag"] == first.headers["ETag"]


async def test_following_the_pages_gives_every_result(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    drafts = tuple(
        Draft(
            ordinal=n,
            line=n,
            stated=Stated(title=f"Note {n}", text=f"Seen at pier {n}.", topics=("weather",)),
        )
        for n in range(1, 8)
    )
    harness = await open_harness(*drafts, feed_size=3)
    path, seen = "/feeds/query.atom?topic=weather", []
    while path:
        parsed = feedparser.parse((await harness.get(path)).body)
        seen += [entry.id for entry in parsed.entries]
        links = {
            link.rel: link.href.removeprefix("https://news.example/p") for link in parsed.feed.links
        }
        assert links["first"] == "/feeds/query.atom?topic=weather"
        assert links["self"] == path
        path = links.get("next", "")
    assert len(seen) == len(set(seen)) == 7


async def test_queries_do_not_evict_channels_from_the_cache(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(
        Draft(ordinal=1, line=1, stated=Stated(title="Rain", text="It rained.")),
        cache_bytes=40_000,
    )
    await harness.get("/feeds/all.rss")
    for number in range(30):
        await harness.get(f"/feeds/query.rss?q=word{number}")
    stats = harness.publisher.stats
    assert stats.evictions > 0
    await harness.get("/feeds/all.rss")
    assert harness.publisher.stats.renders == stats.renders


CUSTOM = (
    "/feeds/query.rss?q=frost",
    "/search?q=frost",
    "/api/v1/entries?q=frost",
    "/api/v1/channels?limit=3",
    "/feeds/all/archive/1.atom",
    "/feeds.opml?regions=asia",
    "/all?before=2",
    "/search?q=%22frost",
)
LISTS_OF_FILES = ("/status", "/api/v1/seeds", "/api/v1/seeds?limit=3")
FOR_EVERYBODY = (
    "/healthz",
    "/readyz",
    "/metrics",
    "/",
    "/all",
    "/search",
    "/status",
    "/feeds.opml",
    "/feeds/all.rss",
    "/feeds/regions/asia.atom",
    "/regions/asia",
    "/api/v1/channels",
    "/api/v1/seeds",
)


async def test_while_too_many_wait_only_what_clients_make_up_is_refused(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    drafts = tuple(
        Draft(
            ordinal=n,
            line=n,
            stated=Stated(title=f"Note {n}", text=f"Seen at pier {n}.", regions=("asia",)),
        )
        for n in range(1, 8)
    )
    harness = await open_harness(*drafts, feed_size=2)
    harness.publisher.queue = BoundedQueue(most_waiting=0, refusal_seconds=0)
    async with harness.publisher.queue.turn():
        for path in FOR_EVERYBODY:
            assert (await harness.get(path)).status == 200, path
        for path in CUSTOM:
            reply = await harness.get(path)
            assert (reply.status, reply.headers["Retry-After"]) == (503, "5"), path
            assert "too many requests like this" in reply.text
            assert reply.headers["Cache-Control"] == "no-store"
    for path in CUSTOM[:-1]:
        assert (await harness.get(path)).status == 200, path


async def test_lists_of_files_take_turns_among_themselves(harness: ServiceHarness) -> None:
    queue = harness.app[FILES_QUEUE]
    queue._most_waiting, queue._refusal_seconds = 0, 0
    async with queue.turn():
        for path in LISTS_OF_FILES:
            reply = await harness.get(path)
            assert (reply.status, reply.headers["Retry-After"]) == (503, "5"), path
        for path in ("/readyz", "/search?q=frost", "/feeds/all.rss"):
            assert (await harness.get(path)).status == 200, path
    for path in LISTS_OF_FILES:
        assert (await harness.get(path)).status == 200, path


async def test_while_too_many_wait_a_missing_page_is_plain_text(harness: ServiceHarness) -> None:
    harness.publisher.queue = BoundedQueue(most_waiting=0, refusal_seconds=0)
    async with harness.publisher.queue.turn():
        reply = await harness.get("/topics/labuor", Accept="text/html")
    assert (reply.status, reply.headers["Content-Type"]) == (404, "text/plain; charset=utf-8")
    again = await harness.get("/topics/labuor", Accept="text/html")
    assert (again.status, again.headers["Content-Type"]) == (404, "text/html; charset=utf-8")


async def test_while_too_many_wait_an_earlier_answer_serves(harness: ServiceHarness) -> None:
    first = await harness.get("/feeds/query.rss?q=frost")
    harness.publisher.queue = BoundedQueue(most_waiting=0, refusal_seconds=0)
    await harness.publish(
        Draft(ordinal=1, line=1, stated=Stated(title="Rain", text="It rained.")), seed="b.txt"
    )
    async with harness.publisher.queue.turn():
        again = await harness.get("/feeds/query.rss?q=frost")
    assert (again.status, again.body) == (200, first.body)


async def test_a_search_that_takes_too_long_says_what_to_change(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(
        Draft(ordinal=1, line=1, stated=Stated(title="Rain", text="It rained.")), seconds=0
    )
    page = await harness.get("/search?q=rain")
    assert page.status == 400
    assert (
        "Too many matches. Add a word" in page.text or "Too many matches; add a word" in page.text
    )
    api = await harness.get("/api/v1/entries?q=rain")
    assert (api.status, "too many matches; add a word" in api.text) == (400, True)
