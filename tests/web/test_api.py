"""The JSON API, over real sockets."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from feedsvc.domain.model import Draft, Stated
from feedsvc.domain.reading import Problem
from feedsvc.store.records import SkippedFile
from feedsvc.web.api.openapi import read_openapi
from tests.builders import reading
from tests.web.conftest import ServiceHarness  # type: ignore[import-not-found]

BASE = "https://news.example/p"


def titled(words: str) -> Draft:
    return Draft(ordinal=1, line=1, stated=Stated(title=words, text=f"More on {words}."))


async def ask(harness: ServiceHarness, path: str) -> dict[str, Any]:
    reply = await harness.get(path)
    assert reply.status == 200, reply.text
    assert reply.headers["Content-Type"] == "application/json"
    answer: dict[str, Any] = json.loads(reply.body)
    return answer


async def collect(harness: ServiceHarness, name: str, query: str = "") -> list[dict[str, Any]]:
    """Every item of a list, page after page."""
    path, items = f"/api/v1/{name}{query}", []
    while path:
        page = await ask(harness, path)
        items += page[name]
        path = (page["next"] or "").removeprefix(BASE)
    return items


async def test_an_entry_has_its_labels_and_their_evidence(harness: ServiceHarness) -> None:
    (entry,) = (await ask(harness, "/api/v1/entries?country=kz"))["entries"]
    number = entry["id"].removeprefix("urn:uuid:")
    assert entry == {
        "id": entry["id"],
        "kicker": None,
        "title": "Tram drivers agree on a shorter week",
        "derived_title": False,
        "text": "The union and the operator signed after a month of talks in the capital.",
        "caption": None,
        "link": None,
        "page": f"{BASE}/entries/{number}",
        "author": None,
        "image": None,
        "language": None,
        "source": None,
        "section": None,
        "published": "2026-03-01T12:00:00Z",
        "updated": entry["updated"],
        "regions": [
            {"slug": "asia", "name": "Asia", "evidence": [{"words": "", "where": "stated"}]},
            {
                "slug": "central-asia",
                "name": "Central Asia",
                "evidence": [{"words": "", "where": "stated"}],
            },
        ],
        "countries": [
            {"slug": "kz", "name": "Kazakhstan", "evidence": [{"words": "", "where": "stated"}]},
        ],
        "topics": entry["topics"],
    }
    assert await ask(harness, f"/api/v1/entries/{number}") == entry
    assert await ask(harness, f"/api/v1/entries/{entry['id']}") == entry


async def test_a_withdrawn_entry_is_gone(harness: ServiceHarness) -> None:
    (entry,) = (await ask(harness, "/api/v1/entries?country=kz"))["entries"]
    path = f"/api/v1/entries/{entry['id'].removeprefix('urn:uuid:')}"
    await harness.publish(Draft(ordinal=1, line=1, stated=Stated(title="Rain", text="It rained.")))
    assert (await harness.get(path)).status == 410
    nil = "/api/v1/entries/00000000-0000-0000-0000-000000000000"
    assert (await harness.get(nil)).status == 404
    assert (await harness.get("/api/v1/entries/none")).status == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Tram", "A"}),
        ("?region=asia", {"Tram"}),
        ("?not-region=asia", {"A"}),
        ("?q=frost", {"A"}),
        ("?topic=sport", set()),
    ],
)
async def test_entries_take_the_parameters_of_feeds(
    harness: ServiceHarness,
    query: str,
    expected: set[str],
) -> None:
    found = await collect(harness, "entries", query)
    assert {entry["title"].split()[0] for entry in found} == expected


async def test_following_the_pages_gives_every_item_once(
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
    harness = await open_harness(*drafts)
    entries = await collect(harness, "entries", "?limit=3&topic=weather")
    assert [entry["title"] for entry in entries] == [f"Note {n}" for n in range(1, 8)]
    channels = await collect(harness, "channels", "?limit=1")
    assert [channel["path"] for channel in channels] == ["all", "topics/weather"]


async def test_channels_are_listed_with_their_feeds(harness: ServiceHarness) -> None:
    channels = {channel["path"]: channel for channel in await collect(harness, "channels")}
    assert len(channels) == 10
    assert channels["regions/asia/topics/labour"] == {
        "path": "regions/asia/topics/labour",
        "name": "Labour in Asia",
        "region": "asia",
        "country": None,
        "topic": "labour",
        "entries": 1,
        "changed": "2026-03-01T12:00:00Z",
        "page": f"{BASE}/regions/asia/topics/labour",
        "feeds": {
            form: f"{BASE}/feeds/regions/asia/topics/labour.{form}"
            for form in ("rss", "atom", "json")
        },
    }


async def test_an_entry_has_what_its_file_says_about_it(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    said = {"kicker": "ANALYSIS", "section": "Sport", "source": "Harbour Gazette"}
    stated = Stated(title="Rain", text="It rained.", **said)
    harness = await open_harness(Draft(ordinal=1, line=1, stated=stated))
    (entry,) = (await ask(harness, "/api/v1/entries"))["entries"]
    assert {name: entry[name] for name in said} == said


@pytest.mark.parametrize(("shown", "path"), [(True, "a.txt"), (False, None)])
async def test_files_are_named_only_if_set(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
    shown: bool,  # noqa: FBT001
    path: str | None,
) -> None:
    harness = await open_harness(
        Draft(ordinal=1, line=1, stated=Stated(title="Rain", text="It rained.")),
        show_file_names=shown,
    )
    await harness.write(
        Draft(ordinal=1, line=1, stated=Stated(title="Sun", text="It shone.")),
        seed="b.txt",
    )
    first, second = await collect(harness, "seeds", "?limit=1")
    assert first == {
        "path": path,
        "status": "accepted",
        "reason": None,
        "line": None,
        "encoding": "utf-8",
        "size": 1,
        "entries": 1,
        "problems": 0,
        "problem_details": [],
        "ingested": "2026-03-01T12:00:00Z",
    }
    assert second["path"] == ("b.txt" if shown else None)


async def test_the_list_of_files_goes_on_after_a_name_and_not_after_a_number(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(show_file_names=True)
    for name in "bcd":
        await harness.write(titled(name), seed=f"{name}.txt")
    first = json.loads((await harness.get("/api/v1/seeds?limit=2")).text)
    await harness.write(titled("a"), seed="a.txt")
    second = json.loads((await harness.get(first["next"].removeprefix(BASE))).text)
    found = [seed["path"] for page in (first, second) for seed in page["seeds"]]
    assert found == ["b.txt", "c.txt", "d.txt"]


async def test_a_cursor_at_a_file_that_was_removed_is_refused(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness()
    for name in "abc":
        await harness.write(titled(name), seed=f"{name}.txt")
    first = json.loads((await harness.get("/api/v1/seeds?limit=2")).text)
    (_, second, _) = await harness.writer.known_seeds()
    async with harness.writer.transaction() as transaction:
        await transaction.remove_seeds([second.id], now=harness.clock.now)
    answer = await harness.get(first["next"].removeprefix(BASE))
    assert answer.status == 400
    assert "start again without a cursor" in answer.text


@pytest.mark.parametrize(
    ("shown", "path", "text"), [(True, "b.pdf", "colour: red"), (False, None, None)]
)
async def test_problems_and_skipped_files_are_described(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
    shown: bool,  # noqa: FBT001
    path: str | None,
    text: str | None,
) -> None:
    harness = await open_harness(show_file_names=shown)
    draft = Draft(ordinal=1, line=1, stated=Stated(title="Rain", text="It rained."))
    problems = (Problem(3, "unknown field", "Use link.", "colour: red"), Problem(0, "odd"))
    one = reading("a.txt", problems=problems)
    async with harness.writer.transaction() as transaction:
        await transaction.accept(one, (draft,), rolling=False, now=harness.clock.now)
        await transaction.set_skipped([SkippedFile(path="b.pdf", reason="not read")])
    described = json.loads((await harness.get("/api/v1/seeds")).text)
    assert described["skipped"] == [{"path": path, "reason": "not read"}]
    (seed,) = described["seeds"]
    assert seed["problems"] == 2
    assert seed["problem_details"] == [
        {"line": 3, "text": text, "reason": "unknown field", "advice": "Use link."},
        {"line": None, "text": None, "reason": "odd", "advice": None},
    ]
    schemas = read_openapi()["components"]["schemas"]
    assert set(seed["problem_details"][0]) == set(schemas["Problem"]["required"])
    assert set(described["skipped"][0]) == set(schemas["SkippedFile"]["required"])


@pytest.mark.parametrize(
    "path",
    [
        "entries?region=atlantis",
        "entries?limit=0",
        "entries?limit=201",
        "entries?cursor=x",
        "entries?colour=red",
        "entries/00000000-0000-0000-0000-000000000000?a=b",
        "channels?cursor=nowhere",
        "channels?cursor=all&cursor=all",
        "channels?region=asia",
        "seeds?cursor=0",
        "seeds?limit=many",
    ],
)
async def test_an_invalid_request_is_a_400_in_plain_words(
    harness: ServiceHarness, path: str
) -> None:
    reply = await harness.get(f"/api/v1/{path}")
    assert reply.status == 400
    assert "; " in reply.text
    assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("path", ["v1/entries", "v1/channels", "v1/seeds", "openapi.json"])
async def test_answers_are_revalidated_compressed_and_open_to_scripts(
    harness: ServiceHarness,
    path: str,
) -> None:
    first = await harness.get(f"/api/{path}", Accept_Encoding="gzip")
    assert first.headers["Content-Encoding"] == "gzip"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert "Last-Modified" not in first.headers
    again = await harness.get(
        f"/api/{path}",
        Accept_Encoding="gzip",
        If_None_Match=first.headers["ETag"],
    )
    assert again.status == 304


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_it_is_read_only(harness: ServiceHarness, method: str) -> None:
    reply = await harness.ask(method, "/api/v1/entries")
    assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


async def test_the_description_has_every_address_of_the_api(harness: ServiceHarness) -> None:
    described = await ask(harness, "/api/openapi.json")
    assert described["openapi"] == "3.1.0"
    assert described["servers"] == [{"url": BASE}]
    assert described["components"]["schemas"]["TopicSlug"]["enum"] == list(harness.taxonomy.topics)
    feeds = described["components"]["schemas"]["Channel"]["properties"]["feeds"]
    assert list(feeds["properties"]) == feeds["required"] == ["rss", "atom", "json"]
    routed = {
        resource.canonical
        for resource in harness.app.router.resources()
        if resource.canonical.startswith("/api/")
    }
    assert set(described["paths"]) == routed


@pytest.mark.parametrize(
    ("name", "path"),
    [("Entry", "entries"), ("Channel", "channels"), ("Seed", "seeds")],
)
async def test_responses_match_the_description(
    harness: ServiceHarness, name: str, path: str
) -> None:
    described = read_openapi()["components"]["schemas"][name]
    for item in await collect(harness, path):
        assert set(item) == set(described["properties"]) == set(described["required"])
