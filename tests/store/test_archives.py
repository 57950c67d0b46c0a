"""A reader that follows the archive pages gets every entry once, whatever happens meanwhile."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from feedsvc.domain.model import Channel, Draft
from feedsvc.store.records import ArchivePage
from tests.builders import restate
from tests.store.shelf import Shelf, draft, open_shelf

ASIA = Channel(region="asia")


def numbered(start: int, count: int, **stated: tuple[str, ...]) -> list[Draft]:
    return [
        draft(place, f"Report {start + count - place}", f"Words {start + count - place}", **stated)
        for place in range(1, count + 1)
    ]


async def page_of(shelf: Shelf, page: int, channel: Channel = ASIA) -> ArchivePage:
    found = await shelf.reader.archive(channel, page)
    assert found is not None
    return found


async def follow_archives(shelf: Shelf, channel: Channel, *, size: int) -> dict[UUID, str]:
    """All that a reader has that starts with the newest and follows prev-archive."""
    newest = await shelf.reader.recent(channel, limit=size)
    assert newest.state is not None
    seen = {entry.id: entry.stated.title for entry in newest.entries}
    for page in range(newest.state.archives, 0, -1):
        for entry in (await page_of(shelf, page, channel)).entries:
            seen.setdefault(entry.id, entry.stated.title)
    return seen


async def test_a_page_is_closed_when_the_newest_could_lose_an_entry(tmp_path: Path) -> None:
    async with open_shelf(tmp_path, page_size=3) as shelf:
        await shelf.put("a.txt", numbered(0, 2, regions=("asia",)))
        assert await shelf.reader.archive(ASIA, 1) is None
        await shelf.put("b.txt", numbered(2, 5, regions=("asia",)))
        first, second = await page_of(shelf, 1), await page_of(shelf, 2)
        assert [entry.arrival for entry in first.entries] == [3, 2, 1]
        assert [entry.arrival for entry in second.entries] == [6, 5, 4]
        assert first.pages == second.pages == 2
        assert await shelf.reader.archive(ASIA, 3) is None


async def test_an_edit_touches_the_page_of_its_entry_alone(tmp_path: Path) -> None:
    async with open_shelf(tmp_path, page_size=3) as shelf:
        drafts = numbered(0, 9, regions=("asia",))
        await shelf.put("a.txt", drafts)
        before = [(await page_of(shelf, page)).revision for page in (1, 2, 3)]
        drafts[4] = restate(drafts[4], title="Report corrected")  # arrival 5: the second page
        await shelf.put("a.txt", drafts)
        after = [(await page_of(shelf, page)).revision for page in (1, 2, 3)]
        assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True]


async def test_a_withdrawn_entry_returns_to_its_own_page(tmp_path: Path) -> None:
    async with open_shelf(tmp_path, page_size=3) as shelf:
        drafts = numbered(0, 9, regions=("asia",))
        await shelf.put("a.txt", drafts)
        whole = [entry.id for entry in (await page_of(shelf, 2)).entries]
        await shelf.put("a.txt", drafts[:4] + drafts[5:])
        assert [entry.id for entry in (await page_of(shelf, 2)).entries] == [whole[0], whole[2]]
        await shelf.put("a.txt", drafts)
        assert [entry.id for entry in (await page_of(shelf, 2)).entries] == whole


async def test_an_old_entry_with_a_new_label_joins_the_page_of_its_time(tmp_path: Path) -> None:
    async with open_shelf(tmp_path, page_size=2) as shelf:
        old = draft(1, "An old report", "Of no region yet")
        await shelf.put("old.txt", [old])
        await shelf.put("new.txt", numbered(0, 4, regions=("asia",)))
        await shelf.put("old.txt", [restate(old, regions=("asia",))])
        first = await page_of(shelf, 1)
        assert first.entries[-1].stated.title == "An old report"
        assert len(first.entries) == 3


@pytest.mark.parametrize("size", [20, 50])
async def test_ten_thousand_entries_are_followed_completely(tmp_path: Path, size: int) -> None:
    chance = random.Random(size)  # noqa: S311 - a fixed course of events
    async with open_shelf(tmp_path, page_size=size) as shelf:
        seeds: dict[str, list[Draft]] = {}
        for number in range(10):
            seeds[f"{number}.txt"] = numbered(number * 1000, 1000, regions=("asia",))
            await shelf.put(f"{number}.txt", seeds[f"{number}.txt"])
            changed = f"{chance.randrange(number + 1)}.txt"
            seeds[changed] = disturb(seeds[changed], chance)
            await shelf.put(changed, seeds[changed])
        seen = await follow_archives(shelf, ASIA, size=size)
        wanted = [one.stated.title for many in seeds.values() for one in many if one.stated.regions]
        assert len(seen) > 8000
        assert sorted(seen.values()) == sorted(wanted)


def disturb(drafts: list[Draft], chance: random.Random) -> list[Draft]:
    """Some go, some lose their region, some get another title."""
    kept = []
    for one in drafts:
        match chance.randrange(20):
            case 0:
                continue
            case 1:
                kept.append(restate(one, regions=()))
            case 2:
                kept.append(restate(one, title=f"{one.stated.title} revised"))
            case _:
                kept.append(one)
    return [replace(one, ordinal=place) for place, one in enumerate(kept, 1)]
