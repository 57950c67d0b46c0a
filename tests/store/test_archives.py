"""A reader that follows the archive pages gets every entry once, whatever changes meanwhile."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from feedsvc.domain.model import Channel, Draft
from feedsvc.store.records import ArchivePage
from tests.builders import draft, label_as_stated, restate
from tests.store.harness import StoreHarness, open_store

ASIA = Channel(region="asia")


def numbered(start: int, count: int, **stated: tuple[str, ...]) -> list[Draft]:
    return [
        draft(
            f"Report {start + count - place}",
            f"Words {start + count - place}",
            ordinal=place,
            **stated,
        )
        for place in range(1, count + 1)
    ]


async def page_of(store: StoreHarness, page: int, channel: Channel = ASIA) -> ArchivePage:
    found = await store.reader.archive(channel, page)
    assert found is not None
    return found


async def follow_archives(store: StoreHarness, channel: Channel, *, size: int) -> dict[UUID, str]:
    """All that a reader has that starts with the newest and follows prev-archive."""
    newest = await store.reader.recent(channel, limit=size)
    assert newest.state is not None
    seen = {entry.id: entry.stated.title for entry in newest.entries}
    for page in range(newest.state.archives, 0, -1):
        for entry in (await page_of(store, page, channel)).entries:
            seen.setdefault(entry.id, entry.stated.title)
    return seen


async def test_a_page_is_closed_before_the_feed_drops_an_entry(tmp_path: Path) -> None:
    async with open_store(tmp_path, label=label_as_stated, page_size=3) as store:
        await store.publish("a.txt", listing=numbered(0, 2, regions=("asia",)))
        assert await store.reader.archive(ASIA, 1) is None
        await store.publish("b.txt", listing=numbered(2, 5, regions=("asia",)))
        first, second = await page_of(store, 1), await page_of(store, 2)
        assert [entry.arrival for entry in first.entries] == [3, 2, 1]
        assert [entry.arrival for entry in second.entries] == [6, 5, 4]
        assert first.pages == second.pages == 2
        assert await store.reader.archive(ASIA, 3) is None


async def test_an_edit_touches_only_the_page_of_its_entry(tmp_path: Path) -> None:
    async with open_store(tmp_path, label=label_as_stated, page_size=3) as store:
        drafts = numbered(0, 9, regions=("asia",))
        await store.publish("a.txt", listing=drafts)
        before = [(await page_of(store, page)).revision for page in (1, 2, 3)]
        drafts[4] = restate(drafts[4], title="Report corrected")  # arrival 5: the second page
        await store.publish("a.txt", listing=drafts)
        after = [(await page_of(store, page)).revision for page in (1, 2, 3)]
        assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True]


async def test_a_withdrawn_entry_returns_to_its_page(tmp_path: Path) -> None:
    async with open_store(tmp_path, label=label_as_stated, page_size=3) as store:
        drafts = numbered(0, 9, regions=("asia",))
        await store.publish("a.txt", listing=drafts)
        whole = [entry.id for entry in (await page_of(store, 2)).entries]
        await store.publish("a.txt", listing=drafts[:4] + drafts[5:])
        assert [entry.id for entry in (await page_of(store, 2)).entries] == [whole[0], whole[2]]
        await store.publish("a.txt", listing=drafts)
        assert [entry.id for entry in (await page_of(store, 2)).entries] == whole


async def test_an_old_entry_with_a_new_label_joins_the_page_of_its_arrival(tmp_path: Path) -> None:
    async with open_store(tmp_path, label=label_as_stated, page_size=2) as store:
        old = draft("An old report", "Of no region yet", ordinal=1)
        await store.publish("old.txt", listing=[old])
        await store.publish("new.txt", listing=numbered(0, 4, regions=("asia",)))
        await store.publish("old.txt", listing=[restate(old, regions=("asia",))])
        first = await page_of(store, 1)
        assert first.entries[-1].stated.title == "An old report"
        assert len(first.entries) == 3


@pytest.mark.parametrize("size", [20, 50])
async def test_following_the_archives_finds_all_of_ten_thousand_entries(
    tmp_path: Path, size: int
) -> None:
    chance = random.Random(size)  # noqa: S311 - a fixed course of events
    async with open_store(tmp_path, label=label_as_stated, page_size=size) as store:
        seeds: dict[str, list[Draft]] = {}
        for number in range(10):
            seeds[f"{number}.txt"] = numbered(number * 1000, 1000, regions=("asia",))
            await store.publish(f"{number}.txt", listing=seeds[f"{number}.txt"])
            changed = f"{chance.randrange(number + 1)}.txt"
            seeds[changed] = disturb(seeds[changed], chance)
            await store.publish(changed, listing=seeds[changed])
        seen = await follow_archives(store, ASIA, size=size)
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
