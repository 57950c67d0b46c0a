from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.html import read

if TYPE_CHECKING:
    from tests.web.conftest import Stand


async def test_search_finds_entries_and_shows_what_was_asked(stand: Stand) -> None:
    page = await read(stand, "/search?q=orchards+%22frost")
    assert page.texts("//article//h3") == ["A late frost spares the orchards"]
    assert page.values("//input[@name='q']/@value") == ['orchards "frost']
    assert page.texts("//p[@role='status']") == ["1 entry found"]


async def test_search_without_matches_says_what_to_try(stand: Stand) -> None:
    page = await read(stand, "/search?q=nothing+like+it")
    assert "Try fewer words" in page.texts("//div[@class='empty']")[0]


async def test_an_empty_search_only_asks(stand: Stand) -> None:
    page = await read(stand, "/search?q=++")
    assert not page.root.xpath("//*[@id='found']")


async def test_a_search_too_long_to_be_meant_is_refused(stand: Stand) -> None:
    assert (await stand.get("/search?q=" + "a" * 201)).status == 400
