"""The list of feeds, complete or selected."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.web.conftest import Reply, ServiceHarness  # type: ignore[import-not-found]

BASE = "https://news.example/p/feeds/"


def feeds(reply: Reply) -> set[str]:
    assert reply.status == 200
    return {
        outline.attrib["xmlUrl"].removeprefix(BASE)
        for outline in etree.fromstring(reply.body).iter("outline")
        if "xmlUrl" in outline.attrib
    }


async def test_it_lists_every_channel_with_entries(harness: ServiceHarness) -> None:
    reply = await harness.get("/feeds.opml")
    assert reply.headers["Content-Type"] == "text/x-opml; charset=utf-8"
    assert feeds(reply) == {
        "all.rss",
        "regions/asia.rss",
        "regions/central-asia.rss",
        "regions/europe.rss",
        "countries/kz.rss",
        "topics/labour.rss",
        "topics/weather.rss",
        "regions/asia/topics/labour.rss",
        "regions/central-asia/topics/labour.rss",
        "regions/europe/topics/weather.rss",
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("regions=asia", {"regions/asia.rss"}),
        ("regions=Asia,%20europe", {"regions/asia.rss", "regions/europe.rss"}),
        ("regions=asia&regions=europe", {"regions/asia.rss", "regions/europe.rss"}),
        ("topics=labour,sport", {"topics/labour.rss"}),
        ("countries=kz", {"countries/kz.rss"}),
        (
            "regions=asia,europe&topics=labour",
            {
                "regions/asia.rss",
                "regions/europe.rss",
                "topics/labour.rss",
                "regions/asia/topics/labour.rss",
            },
        ),
    ],
)
async def test_a_selection_lists_its_channels_and_their_combinations(
    harness: ServiceHarness,
    query: str,
    expected: set[str],
) -> None:
    assert feeds(await harness.get(f"/feeds.opml?{query}")) == expected


@pytest.mark.parametrize("query", ["", "regions=", "other=1", "regions=,&topics="])
async def test_without_a_selection_the_list_is_complete(
    harness: ServiceHarness, query: str
) -> None:
    whole = await harness.get("/feeds.opml")
    assert (await harness.get(f"/feeds.opml?{query}")).headers["ETag"] == whole.headers["ETag"]


@pytest.mark.parametrize("query", ["regions=atlantis", "topics=asia", "regions=" + "asia," * 101])
async def test_an_unknown_or_overlong_selection_is_rejected(
    harness: ServiceHarness, query: str
) -> None:
    assert (await harness.get(f"/feeds.opml?{query}")).status == 400


async def test_it_is_revalidated_like_a_feed(harness: ServiceHarness) -> None:
    first = await harness.get("/feeds.opml", Accept_Encoding="br")
    again = await harness.get(
        "/feeds.opml",
        Accept_Encoding="br",
        If_None_Match=first.headers["ETag"],
    )
    assert (first.headers["Content-Encoding"], again.status) == ("br", 304)
    assert first.headers["Access-Control-Allow-Origin"] == "*"


async def test_an_empty_store_has_a_valid_empty_list(open_harness) -> None:  # noqa: ANN001
    harness = await open_harness()
    assert feeds(await harness.get("/feeds.opml")) == set()
