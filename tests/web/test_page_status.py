from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.services.watch import WatchStatus
from feedsvc.store.records import SeedReading
from feedsvc.web.page_status import SHOWN
from tests.web.html import read

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.web.conftest import Stand

    Open = Callable[..., Awaitable[Stand]]


async def reject(stand: Stand, *, seed: str, reason: str, line: int) -> None:
    reading = SeedReading(
        path=seed,
        hash=b"\1" * 32,
        size=9,
        mtime=1,
        encoding="",
        reason=reason,
        line=line,
    )
    async with stand.writer.transaction() as transaction:
        await transaction.reject(reading)


async def test_all_is_well_when_nothing_is_amiss(stand: Stand) -> None:
    page = await read(stand, "/status")
    assert page.texts("//p[@class='lead']") == ["Everything is in order."]
    assert page.texts("//dl[@class='facts']/dd") == ["2", "1", "1 March 2026, 12:00 UTC"]
    assert page.texts("//tbody/tr/td[1]") == ["published"]


async def test_a_rejected_seed_stands_first_with_its_reason(stand: Stand) -> None:
    await reject(stand, seed="b.txt", reason="expected text, found a picture", line=3)
    page = await read(stand, "/status")
    assert page.texts("//p[@class='lead']") == ["Working. 1 seed was rejected."]
    assert page.texts("//tbody/tr[1]/th") == ["Seed 2"]
    assert page.texts("//tbody/tr[1]/td[last()]") == ["Line 3: expected text, found a picture."]


async def test_entries_of_a_seed_that_went_bad_stay_and_it_says_so(stand: Stand) -> None:
    await reject(stand, seed="a.txt", reason="expected text, found a picture", line=0)
    page = await read(stand, "/status")
    assert page.texts("//tbody/tr[1]/td[last()]") == [
        "expected text, found a picture. Its last good entries stay published.",
    ]


async def test_what_degrades_the_service_is_told(stand: Stand) -> None:
    stand.watch.append(WatchStatus(degraded=("the folder cannot be read",)))
    page = await read(stand, "/status")
    assert page.texts("//div[@class='notice']") == ["the folder cannot be read"]
    assert "needs attention" in page.texts("//p[@class='lead']")[0]


async def test_without_seeds_the_page_says_what_to_do(open_stand: Open) -> None:
    page = await read(await open_stand(), "/status")
    assert "Put a text file into the seeds folder" in page.texts("//div[@class='empty']")[0]
    assert page.texts("//dl[@class='facts']/dd")[-1] == "none yet"


async def test_no_more_seeds_are_listed_than_a_page_can_bear(stand: Stand) -> None:
    for number in range(SHOWN + 2):
        await reject(stand, seed=f"b{number}.txt", reason="expected text", line=1)
    page = await read(stand, "/status")
    assert len(page.texts("//tbody/tr")) == SHOWN
    assert "3 further seeds are not listed" in page.texts("//main/p[@class='soft']")[0]
