"""The pages in a real browser: by keyboard, narrow, dark, printed and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import expect

from tests.browser.conftest import MISSING
from tests.browser.visitor import Visitor

Visit = Callable[..., Awaitable[Visitor]]

pytestmark = pytest.mark.asyncio(loop_scope="session")

STORY = "Garment workers sign their first common contract"
PATHS = (
    "/",
    "/all",
    "/regions/asia",
    "/regions/asia/topics/labour",
    "/topics/labour",
    "/regions/africa",
    "/search?q=river",
    "/search?q=nothing+like+it",
    "/status",
    *MISSING,
)


async def entry_path(visitor: Visitor) -> str:
    await visitor.go("/all")
    link = visitor.page.get_by_role("link", name=STORY)
    return str(await link.get_attribute("href"))


async def test_labour_in_asia_is_found_and_copied_by_keyboard(visit: Visit) -> None:
    visitor = await visit("/")
    await visitor.follow("Browse")
    await visitor.follow("Asia")
    assert await visitor.heading() == "Asia"
    await visitor.follow("Topics, regions and countries in Asia")
    await visitor.follow("Labour")
    assert await visitor.heading() == "Labour in Asia"
    await visitor.tab_to("Copy address")
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.page.get_by_role("status")).to_have_text("Copied.")
    copied = await visitor.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{visitor.service}/feeds/regions/asia/topics/labour.atom"


async def test_an_entry_is_opened_by_keyboard_and_explains_itself(visit: Visit) -> None:
    visitor = await visit("/regions/asia/topics/labour")
    await visitor.follow(STORY)
    assert await visitor.heading() == STORY
    why = visitor.page.get_by_role("region", name="Why these labels?")
    await expect(why.get_by_role("link", name="Bangladesh")).to_be_visible()
    link = visitor.page.get_by_role("link", name="Read the full story at example.org")
    await expect(link).to_be_visible()


async def test_the_first_tab_stop_skips_to_the_content(visit: Visit) -> None:
    visitor = await visit("/regions/asia")
    assert await visitor.tab_to("Skip to content") == 1
    await visitor.enter()
    assert await visitor.tab_to("All entries") == 1


async def test_the_focused_element_is_visible(visit: Visit) -> None:
    visitor = await visit("/")
    await visitor.tab_to("Search")
    outline = await visitor.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


async def test_search_finds_a_story(visit: Visit) -> None:
    visitor = await visit("/search")
    await visitor.page.get_by_label("Search headlines and teasers").fill("river meadow*")
    await visitor.enter()
    await expect(visitor.page.get_by_role("link", name="A river gets its meadows")).to_be_visible()


async def test_a_mistyped_address_leads_to_the_right_page(visit: Visit) -> None:
    visitor = await visit("/regions/asai")
    assert await visitor.heading() == "Page not found"
    await visitor.follow("Asia")
    assert await visitor.heading() == "Asia"
    await visitor.go("/nonsense")
    await visitor.page.get_by_label("Search headlines and teasers").fill("meadow*")
    await visitor.enter()
    await expect(visitor.page.get_by_role("link", name="A river gets its meadows")).to_be_visible()


async def test_dark_mode_is_used_if_preferred(visit: Visit) -> None:
    light, dark = await visit("/"), await visit("/", scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert await light.page.evaluate(paper) == "rgb(253, 253, 251)"
    assert await dark.page.evaluate(paper) == "rgb(19, 23, 26)"


@pytest.mark.parametrize("width", [320, 360, 768, 1920])
async def test_no_page_is_wider_than_its_window(visit: Visit, width: int) -> None:
    visitor = await visit("/", width=width)
    for path in (*PATHS, await entry_path(visitor)):
        await visitor.go(path)
        assert await visitor.overflow() == 0, path


@pytest.mark.parametrize("width", [320, 1280])
async def test_the_status_of_a_file_is_readable_without_scrolling_sideways(
    visit: Visit, width: int
) -> None:
    visitor = await visit("/status", width=width)
    reason = (
        visitor.page.get_by_role("table", name="Files that need attention").get_by_role("cell").last
    )
    await expect(reason).to_have_text(
        re.compile(r"Line 1: Binary data, not text \(a NUL byte\)\. Save the file as")
    )
    box = await reason.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= width
    assert await visitor.page.locator("table").first.evaluate("it => it.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
async def test_axe_finds_no_accessibility_problems(visit: Visit, width: int, scheme: str) -> None:
    visitor = await visit("/", width=width, scheme=scheme)
    for path in (*PATHS, await entry_path(visitor)):
        await visitor.go(path)
        assert await visitor.violations() == [], path


async def test_a_page_shows_how_long_ago_it_changed(visit: Visit) -> None:
    visitor = await visit("/")
    time = visitor.page.locator("time[data-relative]").first
    await expect(time).to_have_text(re.compile("^(just now|.+ ago|yesterday)$"))
    await expect(time).to_have_attribute("title", re.compile(" UTC$"))


async def test_everything_works_without_javascript(visit: Visit) -> None:
    visitor = await visit("/regions/asia", script=False)
    await expect(visitor.page.get_by_role("button")).to_have_count(0)
    await visitor.page.locator("#address").click()
    await visitor.page.keyboard.press("Control+c")
    copied = await visitor.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{visitor.service}/feeds/regions/asia.atom"


async def test_an_address_wraps_only_after_slashes_and_parameters(visit: Visit) -> None:
    visitor = await visit("/search?q=labour&topic=labour&region=asia", width=320)
    lines = await visitor.page.locator("#address span").evaluate_all(
        "steps => steps.map(it => it.getBoundingClientRect().height)",
    )
    assert len(set(lines)) == 1
    assert await visitor.page.locator("#address").inner_text() == (
        f"{visitor.service}/feeds/query.atom?region=asia&topic=labour&q=labour"
    )


async def test_a_right_to_left_entry_is_set_from_the_right(visit: Visit) -> None:
    visitor = await visit("/all")
    title = visitor.page.locator("article h3", has_text="גשם")
    assert await title.evaluate("it => getComputedStyle(it).direction") == "rtl"


async def test_print_omits_what_only_a_screen_needs(visit: Visit) -> None:
    visitor = await visit("/regions/asia")
    await visitor.page.emulate_media(media="print")
    await expect(visitor.page.get_by_role("heading", name=STORY)).to_be_visible()
    await expect(visitor.page.locator(".subscribe")).to_be_hidden()
    await expect(visitor.page.locator(".masthead nav")).to_be_hidden()
