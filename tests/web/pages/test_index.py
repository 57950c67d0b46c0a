from __future__ import annotations

from collections.abc import Awaitable, Callable

from feedsvc.domain.model import Draft, Stated
from tests.web.conftest import T0, ServiceHarness, accept
from tests.web.pages.html import read

Open = Callable[..., Awaitable[ServiceHarness]]


async def test_the_front_page_lists_channels_with_counts_and_feeds(harness: ServiceHarness) -> None:
    page = await read(harness, "/")
    links = page.links("//section[@id='browse']")
    assert links["Central Asia"] == "/p/regions/central-asia"
    assert links["Central Asia feed"] == "/p/feeds/regions/central-asia.atom"
    assert links["Kazakhstan"] == "/p/countries/kz"
    assert links["Labour"] == "/p/topics/labour"
    assert "Africa" not in links
    (lead,) = page.texts("//p[@class='lead']")
    assert lead.startswith("2 entries on 2 topics, 3 regions and 1 country")


async def test_the_front_page_nests_regions(harness: ServiceHarness) -> None:
    page = await read(harness, "/")
    inner = page.texts("//section[@aria-labelledby='regions']/ul/li/ul/li/div/a[1]")
    assert inner == ["Central Asia"]


async def test_an_empty_index_says_what_to_do(open_harness: Open) -> None:
    page = await read(await open_harness(), "/")
    (words,) = page.texts("//div[@class='empty']")
    assert "Save a text file in the seeds folder" in words


async def test_the_front_page_shows_a_change_before_the_publisher_polls(
    harness: ServiceHarness,
) -> None:
    draft = Draft(
        ordinal=1,
        line=1,
        stated=Stated(title="News", text="Text.", countries=("nz",)),
    )
    await accept(harness.writer, (draft,), seed="b.txt", now=T0)
    page = await read(harness, "/")
    assert page.texts("//p[@class='lead']")[0].startswith("3 entries")
    assert "New Zealand" in page.links("//section[@id='browse']")


async def test_the_front_page_names_the_busiest_topics_and_countries(
    harness: ServiceHarness,
) -> None:
    page = await read(harness, "/")
    links = page.links("//nav[@class='within']")
    assert list(links) == ["Labour", "Weather", "Kazakhstan"]
