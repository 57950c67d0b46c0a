from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from feedsvc.domain.model import Draft, Kind, Label, Stated, Where
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.store.records import EntryDetail
from feedsvc.web.pages.entry import view_entry
from feedsvc.web.pages.templating import fill_template
from tests.web.conftest import ServiceHarness
from tests.web.pages.entries import a_label, a_page_context, an_entry, words_at
from tests.web.pages.html import Page, path_of_first, read

Open = Callable[..., Awaitable[ServiceHarness]]

PREFIX = "/p"
TITLE = "Dockers in Genoa strike again"
TEXT = "No game: the port stands still."


def render(taxonomy: Taxonomy, *labels: Label) -> Page:
    entry = an_entry(title=TITLE, text=TEXT, labels=labels)
    detail = EntryDetail(entry=entry, withdrawn=False, sightings=())
    view = view_entry(detail, a_page_context(taxonomy), places=None)
    return Page(fill_template(view).decode())


def test_the_words_behind_labels_are_highlighted(taxonomy: Taxonomy) -> None:
    page = render(
        taxonomy,
        a_label(Kind.TOPIC, "labour", words_at(TITLE, "strike", where=Where.TITLE)),
        a_label(Kind.COUNTRY, "it", words_at(TITLE, "Genoa", where=Where.TITLE)),
    )
    assert page.texts("//h1/mark[@class='topic']") == ["strike"]
    assert page.texts("//h1/mark[@class='place']") == ["Genoa"]
    assert page.texts("//h1") == [TITLE]


def test_the_strongest_evidence_comes_first(taxonomy: Taxonomy) -> None:
    label = a_label(
        Kind.TOPIC,
        "labour",
        words_at(TEXT, "game", weight=-1.5),
        words_at(TITLE, "Dockers", where=Where.TITLE, weight=2.0),
    )
    reasons = render(taxonomy, label).texts("//section[@class='why']//dd//li")
    assert reasons == ["“Dockers” in the headline +2.0", "“game” in the teaser \N{MINUS SIGN}1.5"]


def test_a_region_without_evidence_names_the_place_in_it(taxonomy: Taxonomy) -> None:
    chile = a_label(Kind.COUNTRY, "cl", words_at(TITLE, "Dockers", where=Where.TITLE))
    page = render(taxonomy, chile, a_label(Kind.REGION, "americas"))
    assert page.texts("//section[@class='why']//dd//li")[-1] == "because Chile is in the Americas"


def test_a_label_without_evidence_follows_from_a_narrower_one(taxonomy: Taxonomy) -> None:
    page = render(taxonomy, a_label(Kind.REGION, "europe"))
    assert page.texts("//section[@class='why']//dd") == ["follows from a narrower label"]
    assert not page.root.xpath("//mark")


async def test_an_entry_page_explains_its_labels(harness: ServiceHarness) -> None:
    links = (await read(harness, "/regions/asia")).links("//article")
    path = links["Tram drivers agree on a shorter week"].removeprefix(PREFIX)
    page = await read(harness, path)
    assert page.texts("//h1") == ["Tram drivers agree on a shorter week"]
    assert page.texts("//section[@class='why']//dt/a") == [
        "Kazakhstan",
        "Asia",
        "Central Asia",
        "Labour",
    ]
    assert set(page.texts("//section[@class='why']//dd")) == {"set by the editor"}


async def test_file_names_are_shown_only_if_set(open_harness: Open) -> None:
    draft = Draft(ordinal=1, line=1, stated=Stated(title="A title", text="A text."))
    shy = await open_harness(draft)
    path = await path_of_first(shy)
    assert (await read(shy, path)).texts("//section[@class='found']/p") == ["Found in 1 file."]
    assert "a.txt" not in (await shy.get("/status")).text
    open_ = await open_harness(show_file_names=True)
    found = (await read(open_, path)).texts("//section[@class='found']//li")
    assert found == ["a.txt, line 1 (entry 1)"]
    assert "a.txt" in (await open_.get("/status")).text


async def test_a_withdrawn_entry_s_page_is_gone(harness: ServiceHarness) -> None:
    path = await path_of_first(harness)
    await harness.publish(Draft(ordinal=1, line=1, stated=Stated(title="Another", text="Text.")))
    reply = await harness.get(path)
    assert reply.status == 410
    assert reply.headers["Content-Type"].startswith("text/plain")


async def test_an_entry_without_labels_says_how_to_add_them(open_harness: Open) -> None:
    harness = await open_harness(
        Draft(ordinal=1, line=1, stated=Stated(title="Nowhere", text="Nothing."))
    )
    page = await read(harness, await path_of_first(harness))
    assert "regions: asia" in page.texts("//section[@class='why']//code")


async def test_an_entry_links_to_its_source(open_harness: Open) -> None:
    draft = Draft(
        ordinal=1,
        line=1,
        stated=Stated(
            title="Sourced",
            text="Text.",
            link="https://www.example.org/story",
            image="https://cdn.example.org/a.jpg",
            author="N. Dlamini",
        ),
    )
    harness = await open_harness(draft)
    page = await read(harness, await path_of_first(harness))
    links = page.links("//article")
    assert links["Read the full story at example.org"] == "https://www.example.org/story"
    assert links["View image ↗"] == "https://cdn.example.org/a.jpg"
    assert "N. Dlamini" in page.texts("//div[@class='meta']")[0]
    assert not page.root.xpath("//main//img")


async def test_a_kicker_is_above_the_headline_on_lists_and_on_its_page(open_harness: Open) -> None:
    stated = Stated(title="Rain", text="It rained.", kicker="ANALYSIS")
    harness = await open_harness(Draft(ordinal=1, line=1, stated=stated))
    for path, heading in (("/all", "h3"), (await path_of_first(harness), "h1")):
        page = await read(harness, path)
        kickers = page.texts(f"//p[@class='kicker'][following-sibling::{heading}]")
        assert kickers == ["ANALYSIS"]


@pytest.mark.parametrize(
    ("image", "captions"),
    [("https://example.org/a.jpg", ["Caption: The quay"]), ("", []), ("javascript:a", [])],
)
async def test_a_caption_is_shown_only_with_its_picture(
    open_harness: Open, image: str, captions: list[str]
) -> None:
    stated = Stated(title="Rain", text="It rained.", caption="The quay", image=image)
    harness = await open_harness(Draft(ordinal=1, line=1, stated=stated))
    page = await read(harness, await path_of_first(harness))
    assert page.texts("//p[@class='caption'][not(a)]") == captions
