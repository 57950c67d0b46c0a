from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from feedsvc.domain.model import Channel, Draft, Stated
from feedsvc.domain.taxonomy import Country, Region, Taxonomy
from feedsvc.store.records import Recent
from feedsvc.web.pages.channel import view_channel
from feedsvc.web.pages.directory import Directory
from tests.web.conftest import ServiceHarness
from tests.web.pages.entries import a_page_context
from tests.web.pages.html import path_of_first, read

Open = Callable[..., Awaitable[ServiceHarness]]

BASE = "https://news.example/p"
PREFIX = "/p"


def numbered(count: int) -> tuple[Draft, ...]:
    return tuple(
        Draft(
            ordinal=n,
            line=n,
            stated=Stated(title=f"Entry number {n}", text=f"Text {n}.", regions=("asia",)),
        )
        for n in range(1, count + 1)
    )


async def test_a_channel_s_page_shows_its_entries_and_how_to_subscribe(
    harness: ServiceHarness,
) -> None:
    page = await read(harness, "/regions/asia/topics/labour")
    assert page.texts("//h1") == ["Labour in Asia"]
    assert page.texts("//article//h3") == ["Tram drivers agree on a shorter week"]
    address = f"{BASE}/feeds/regions/asia/topics/labour.atom"
    assert page.texts("//p[@id='address']") == [address]
    links = page.links("//section[@class='subscribe']")
    assert links["Open in feed reader"] == f"feed:{address}"
    assert links["JSON"] == "/p/feeds/regions/asia/topics/labour.json"
    assert links["All feeds (OPML)"] == "/p/feeds.opml"


async def test_a_region_page_links_to_its_topics_regions_and_countries(
    harness: ServiceHarness,
) -> None:
    links = (await read(harness, "/regions/asia")).links("//nav[@class='within']")
    assert links == {
        "Labour": "/p/regions/asia/topics/labour",
        "Central Asia": "/p/regions/central-asia",
        "Kazakhstan": "/p/countries/kz",
    }


async def test_a_topic_page_links_to_its_regions(harness: ServiceHarness) -> None:
    links = (await read(harness, "/topics/labour")).links("//nav[@class='within']")
    assert links["Asia"] == "/p/regions/asia/topics/labour"


async def test_a_country_page_links_to_its_regions(harness: ServiceHarness) -> None:
    links = (await read(harness, "/countries/kz")).links("//nav[@class='within']")
    assert links == {"Central Asia": "/p/regions/central-asia", "Asia": "/p/regions/asia"}


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("/all", []),
        ("/topics/labour", ["All entries"]),
        ("/regions/asia", ["All entries"]),
        ("/regions/central-asia", ["All entries", "Asia"]),
        (
            "/regions/caribbean",
            ["All entries", "Americas", "Latin America and the Caribbean"],
        ),
        ("/regions/central-asia/topics/labour", ["All entries", "Asia", "Central Asia", "Labour"]),
        ("/countries/kz", ["All entries", "Asia", "Central Asia"]),
        ("/countries/eg", ["All entries", "Africa", "Northern Africa"]),
    ],
)
async def test_breadcrumbs_lead_through_the_regions_around_a_channel(
    harness: ServiceHarness, path: str, way: list[str]
) -> None:
    page = await read(harness, path)
    assert page.texts("//nav[@class='crumbs']//a") == way


def test_of_several_ways_to_a_place_un_m49_s_is_used(taxonomy: Taxonomy) -> None:
    both = Region(slug="steppe", name="Steppe", code="", parents=("europe", "central-asia"))
    kazakhstan = Country(slug="kz", name="Kazakhstan", regions=("steppe", "central-asia", "asia"))
    changed = replace(
        taxonomy,
        regions={**taxonomy.regions, "steppe": both},
        countries={**taxonomy.countries, "kz": kazakhstan},
    )
    context = a_page_context(changed)
    recent = Recent(state=None, entries=())
    for channel in (Channel(region="steppe"), Channel(country="kz")):
        view = view_channel(channel, recent, Directory(changed, {}), context, before=None)
        assert [crumb.name for crumb in view.crumbs] == ["All entries", "Asia", "Central Asia"]


async def test_dates_are_readable_and_have_the_exact_time(harness: ServiceHarness) -> None:
    page = await read(harness, "/regions/asia")
    assert page.values("//article//time/@datetime") == ["2026-03-01T12:00:00Z"]
    assert page.texts("//article//time") == ["1 March 2026"]


async def test_an_empty_channel_can_be_subscribed_to_already(harness: ServiceHarness) -> None:
    page = await read(harness, "/regions/africa")
    assert "Subscribe now" in page.texts("//div[@class='empty']")[0]
    assert page.texts("//p[@id='address']") == [f"{BASE}/feeds/regions/africa.atom"]


async def test_older_entries_are_a_link_away_until_there_are_none(open_harness: Open) -> None:
    harness = await open_harness(*numbered(70))
    path, titles = "/regions/asia", []
    while path:
        page = await read(harness, path)
        titles += page.texts("//article//h3")
        path = "".join(page.values("//a[@rel='next']/@href")).removeprefix(PREFIX)
    assert titles == [f"Entry number {n}" for n in range(1, 71)]


async def test_a_later_page_links_back_to_the_newest(open_harness: Open) -> None:
    harness = await open_harness(*numbered(3))
    page = await read(harness, "/regions/asia?before=2")
    assert page.texts("//article//h3") == ["Entry number 3"]
    assert page.links("//nav[@aria-label='Pages']") == {"Newest entries": "/p/regions/asia"}
    assert page.values("//link[@rel='canonical']/@href") == [f"{BASE}/regions/asia?before=2"]


async def test_beyond_the_oldest_entry_the_newest_are_offered(harness: ServiceHarness) -> None:
    page = await read(harness, "/all?before=1")
    assert page.links("//div[@class='empty']") == {"See the newest entries": "/p/all"}


@pytest.mark.parametrize("before", ["0", "-1", "x", "1.5", "9" * 30, "٣", str(2**63), "1&before=2"])
async def test_an_invalid_arrival_number_is_rejected(harness: ServiceHarness, before: str) -> None:
    reply = await harness.get(f"/all?before={before}")
    assert reply.status == 400
    assert reply.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/countries/kz", "Part of Central Asia and Asia"),
        ("/regions/asia", "Topics, regions and countries in Asia"),
    ],
)
async def test_a_narrow_window_links_to_the_related_channels(
    harness: ServiceHarness, path: str, words: str
) -> None:
    page = await read(harness, path)
    assert page.texts("//p[@class='jump']/a") == [words]


async def test_a_text_keeps_its_language_and_direction(open_harness: Open) -> None:
    harness = await open_harness(
        Draft(
            ordinal=1,
            line=1,
            stated=Stated(title="כותרת", text="טקסט קצר.", language="he"),
        ),
        Draft(ordinal=2, line=4, stated=Stated(title="Ohne Angabe", text="Text.")),
    )
    page = await read(harness, "/all")
    assert page.values("//article/div[1]/@dir") == ["rtl", "auto"]
    assert page.values("//article/div[1]/@lang") == ["he"]
    entry = await read(harness, await path_of_first(harness))
    assert entry.values("//h1/@lang | //h1/@dir") == ["he", "rtl"]
