from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

import pytest

from feedsvc.domain.model import Draft, Stated
from feedsvc.domain.query import Query
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.web.pages.search import find_named_channels
from tests.web.conftest import ServiceHarness
from tests.web.pages.html import Page, read

Open = Callable[..., Awaitable[ServiceHarness]]

FROST = "A late frost spares the orchards"
TRAMS = "Tram drivers agree on a shorter week"
TITLES = "//article//h3"


async def test_without_a_query_the_page_is_just_the_form(harness: ServiceHarness) -> None:
    page = await read(harness, "/search?q=++&region=&topic=")
    assert not page.root.xpath("//*[@id='found']")
    assert page.texts("//select[@name='region']/option") == [
        "Any region",
        "Asia",
        "Central Asia",
        "Europe",
    ]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("q=orchards", [FROST]),
        ("q=orch*", [FROST]),
        ("q=%22late+frost%22", [FROST]),
        ("q=the+-union", [FROST]),
        ("q=the&region=asia", [TRAMS]),
        ("topic=weather", [FROST]),
        ("region=asia&region=europe", [TRAMS, FROST]),
        ("country=kz&topic=weather", []),
        ("q=nothing+like+it", []),
    ],
)
async def test_words_and_places_find_entries(
    harness: ServiceHarness, query: str, titles: list[str]
) -> None:
    page = await read(harness, f"/search?{query}")
    assert page.texts(TITLES) == titles
    assert bool(page.texts("//div[@class='empty']")) is not bool(titles)


async def test_the_form_keeps_the_query(harness: ServiceHarness) -> None:
    page = await read(harness, "/search?q=%22late+frost%22&region=europe&topic=")
    assert page.values("//input[@name='q']/@value") == ['"late frost"']
    assert page.values("//option[@selected]/@value") == ["europe"]
    assert page.texts("//title") == ['Search: "late frost" — Listings']


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("q=%22open", 'Misplaced quotation mark. Write phrases as "minimum wage".'),
        ("q=-only", "Only excluded words. Add at least one word to look for."),
        ("q=***", "Type at least one word, for example: strike Kenya."),
        ("region=atlantis", "Unknown region. See /api/v1/channels for the list."),
        (
            "x=y",
            "Unknown parameter. Allowed: region, country, topic, not-region, not-topic and q.",
        ),
    ],
)
async def test_the_page_says_what_is_wrong_with_a_query(
    harness: ServiceHarness, query: str, message: str
) -> None:
    reply = await harness.get(f"/search?{query}")
    assert (reply.status, reply.headers["Cache-Control"]) == (400, "no-store")
    page = Page(reply.text)
    assert page.texts("//p[@role='alert']") == [message]
    assert not page.texts(TITLES)


async def test_results_come_before_the_subscribe_box(harness: ServiceHarness) -> None:
    page = await read(harness, "/search?q=orchards")
    found, offered = page.root.xpath("//main//section")
    assert (found.get("aria-labelledby"), offered.get("aria-labelledby")) == ("found", "subscribe")


async def test_the_form_keeps_an_invalid_query(harness: ServiceHarness) -> None:
    page = Page((await harness.get("/search?q=%22open")).text)
    assert page.values("//input[@name='q']/@value") == ['"open']
    described = page.values("//input[@name='q']/@aria-describedby")[0].split()
    assert page.values("//p/@id")[:2] == described == ["error", "hint"]


async def test_more_entries_are_a_link_away_until_there_are_none(open_harness: Open) -> None:
    harness = await open_harness(
        *(
            Draft(
                ordinal=n,
                line=n,
                stated=Stated(title=f"Number {n}", text="Rain.", topics=("weather",)),
            )
            for n in range(1, 66)
        ),
    )
    for query in ("q=rain", "topic=weather"):
        path, titles = f"/search?{query}", set[str]()
        while path:
            page = await read(harness, path)
            titles.update(page.texts(TITLES))
            path = "".join(page.values("//a[@rel='next']/@href")).removeprefix("/p")
        assert len(titles) == 65


@pytest.mark.parametrize("page", ["0", "21", "x", "", "1.5", "999999999"])
async def test_an_impossible_page_number_is_rejected(harness: ServiceHarness, page: str) -> None:
    assert (await harness.get(f"/search?q=rain&page={page}")).status == 400


async def test_a_search_can_be_subscribed_to(harness: ServiceHarness) -> None:
    page = await read(harness, "/search?q=late+frost&topic=weather&region=")
    address = "https://news.example/p/feeds/query.atom?topic=weather&q=late%20frost"
    assert page.texts("//p[@id='address']") == [address]
    assert page.values("//link[@rel='alternate'][1]/@href") == [address]
    path = page.links("//section[@class='subscribe']")["RSS"].removeprefix("/p")
    reply = await harness.get(path)
    assert reply.status == 200
    assert FROST in reply.text


async def test_without_a_query_the_feed_of_all_entries_is_announced(
    harness: ServiceHarness,
) -> None:
    page = await read(harness, "/search")
    feed = page.values("//link[@rel='alternate'][1]/@href")
    assert feed == ["https://news.example/p/feeds/all.atom"]
    assert not page.texts("//section[@class='subscribe']")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("labour", ["Looking for Labour? See its entry"]),
        ("WEATHER", ["Looking for Weather? See its entry"]),
        ("kazakhstan", ["Looking for Kazakhstan? See its entry"]),
        ('"central asia"', ["Looking for Central Asia? See its entry"]),
        ("kazakstan", ["Looking for Kazakhstan? See its entry"]),
        ("frost", []),
        ("kz", []),
        ("asi*", []),
        ("the -asia", []),
        ("labour weather", []),
        ("africa", []),
    ],
)
async def test_searching_for_a_channel_name_links_to_the_channel(
    harness: ServiceHarness, words: str, named: list[str]
) -> None:
    page = await read(harness, f"/search?{urlencode({'q': words})}")
    assert page.texts("//p[@class='named']") == named


async def test_a_channel_name_with_a_filter_is_a_search(harness: ServiceHarness) -> None:
    page = await read(harness, "/search?q=labour&region=asia")
    assert not page.texts("//p[@class='named']")


async def test_the_link_goes_to_the_channel(harness: ServiceHarness) -> None:
    page = await read(harness, "/search?q=labour")
    assert page.links("//p[@class='named']") == {"See its entry": "/p/topics/labour"}


@pytest.mark.parametrize(
    ("words", "found", "paths"),
    [
        ("mail", True, []),
        ("mail", False, ["countries/ml"]),
        ("usa", True, ["countries/us"]),
        ("holland", True, ["countries/nl"]),
        ("arts", True, ["topics/arts"]),
        ("it", False, []),
        ("142", False, []),
        ("micronesia", True, ["regions/micronesia", "countries/fm"]),
    ],
)
def test_a_typo_counts_as_a_name_only_if_nothing_is_found(
    taxonomy: Taxonomy, words: str, *, found: bool, paths: list[str]
) -> None:
    named = find_named_channels(Query(words=words), taxonomy, found=found)
    assert [channel.path for _, channel in named] == paths
