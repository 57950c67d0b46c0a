"""The clock jumps while files are added, edited and removed: dates and order stay right."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from feedsvc.domain.model import Channel, Entry
from feedsvc.domain.render.feed import Site
from feedsvc.domain.render.format import Format
from feedsvc.services.publish import Publisher
from feedsvc.store.database import Database
from feedsvc.store.reader import open_reader
from feedsvc.store.writer import open_writer
from tests.builders import T0, TAXONOMY, label_plainly
from tests.services.ingest.harness import IngestHarness

HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
JUMPS = {"an hour back": -HOUR, "a year back": -YEAR, "an hour on": HOUR, "a year on": YEAR}
ASIA = Channel(region="asia")
FIRST = ("Strike in Asia", "Tram drivers left their cabins at noon and asked for shorter shifts.")
OTHER = ("Chess for all", "Every school in town gets two boards and a teacher from this autumn on.")
LATER = ("Rain over Asia", "The wells of the valley are full again after three dry years in a row.")
LAST = ("A ferry for Asia", "It crosses twice a day and takes bicycles, goats and a piano at most.")


@dataclass(frozen=True)
class PublishedFolder:
    """A folder with a clock that can be set, and the documents published from it."""

    harness: IngestHarness
    publisher: Publisher

    def jump(self, by: timedelta) -> None:
        self.harness.clock.now += by

    async def entries(self) -> tuple[Entry, ...]:
        return (await self.harness.reader.recent(Channel(), limit=100)).entries

    async def changed(self, channel: Channel = ASIA) -> datetime:
        """Return when a channel changed, according to both the store and its document."""
        await self.publisher.channels.refresh()
        state = (await self.harness.reader.recent(channel, limit=1)).state
        assert state is not None
        document = (await self.publisher.get_feed(channel, Format.ATOM)).document
        assert document.changed == state.changed
        return state.changed

    async def items(self) -> list[dict[str, Any]]:
        await self.publisher.channels.refresh()
        document = (await self.publisher.get_feed(Channel(), Format.JSON)).document
        found: list[dict[str, Any]] = json.loads(document.identity.body)["items"]
        return found


@pytest.fixture
async def published(tmp_path: Path) -> AsyncIterator[PublishedFolder]:
    """A folder with one published entry."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    database = Database(tmp_path / "feedsvc.db")
    async with AsyncExitStack() as stack:
        writer = await stack.enter_async_context(open_writer(database, label=label_plainly, now=T0))
        reader = await stack.enter_async_context(open_reader(database))
        publisher = Publisher(
            reader=reader,
            custom_reader=reader,
            site=Site(base_url="https://news.example", title="News", publisher="Press"),
            taxonomy=TAXONOMY,
            feed_size=100,
            cache_bytes=10**6,
        )
        stack.push_async_callback(publisher.close)
        harness = IngestHarness(folder=folder, writer=writer, reader=reader)
        harness.write("a.txt", FIRST, OTHER)
        await harness.settle()
        harness.clock.forward(60)
        yield PublishedFolder(harness=harness, publisher=publisher)


def titles(entries: tuple[Entry, ...]) -> list[str]:
    return [one.stated.title for one in entries]


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
async def test_an_entry_that_arrives_after_a_jump_comes_first_and_is_not_dated_earlier(
    published: PublishedFolder, jump: timedelta
) -> None:
    first, other = await published.entries()
    before = await published.changed()
    published.jump(jump)
    real = published.harness.clock.now
    published.harness.write("b.txt", LATER)
    await published.harness.settle()
    published.jump(-jump)
    published.harness.write("c.txt", LAST)
    await published.harness.settle()
    last, later, *old = await published.entries()
    assert [last.stated.title, later.stated.title] == [LAST[0], LATER[0]]
    assert old == [first, other]
    assert last.published >= later.published >= first.published
    assert later.published >= real
    assert [one.arrival for one in (last, later, first, other)] == [4, 3, 2, 1]
    assert [item["title"] for item in await published.items()] == titles(
        (last, later, first, other)
    )
    assert await published.changed() == last.published >= before


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
async def test_an_edit_after_a_jump_is_newer_than_the_entry(
    published: PublishedFolder, jump: timedelta
) -> None:
    first, other = await published.entries()
    seen = [await published.changed()]
    for stop, back in enumerate((jump, -jump, jump)):
        published.jump(back)
        published.harness.write("a.txt", (FIRST[0], f"{FIRST[1]} Day {stop}."), OTHER)
        await published.harness.settle()
        edited, untouched = await published.entries()
        assert (edited.id, edited.published) == (first.id, first.published)
        assert edited.updated > first.updated
        assert untouched == other
        first = edited
        seen.append(await published.changed())
    assert seen == sorted(seen)


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
async def test_a_removal_after_a_jump_does_not_move_last_modified_back(
    published: PublishedFolder, jump: timedelta
) -> None:
    published.harness.write("b.txt", LATER)
    await published.harness.settle()
    seen = [await published.changed()]
    published.jump(jump)
    (published.harness.folder / "b.txt").unlink()
    await published.harness.settle()
    await published.harness.settle()
    assert titles(await published.entries()) == [FIRST[0], OTHER[0]]
    seen.append(await published.changed())
    published.jump(-jump)
    published.harness.write("b.txt", LATER)
    await published.harness.settle()
    seen.append(await published.changed())
    assert seen == sorted(seen)
    assert seen[0] >= T0


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
async def test_a_jump_alone_changes_nothing(published: PublishedFolder, jump: timedelta) -> None:
    before = (
        await published.entries(),
        await published.harness.reader.changes(0),
        await published.changed(),
    )
    for back in (jump, -jump):
        published.jump(back)
        await published.harness.settle()
        published.harness.restart()
        await published.harness.settle()
    after = (
        await published.entries(),
        await published.harness.reader.changes(0),
        await published.changed(),
    )
    assert after == before
