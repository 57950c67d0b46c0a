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
from feedsvc.store.reader import open_reader
from feedsvc.store.writer import open_writer
from tests.builders import T0, TAXONOMY, label_plainly
from tests.services.ingest.conftest import Bench

HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
JUMPS = {"an hour back": -HOUR, "a year back": -YEAR, "an hour on": HOUR, "a year on": YEAR}
ASIA = Channel(region="asia")
FIRST = ("Strike in Asia", "Tram drivers left their cabins at noon and asked for shorter shifts.")
OTHER = ("Chess for all", "Every school in town gets two boards and a teacher from this autumn on.")
LATER = ("Rain over Asia", "The wells of the valley are full again after three dry years in a row.")
LAST = ("A ferry for Asia", "It crosses twice a day and takes bicycles, goats and a piano at most.")


@dataclass(frozen=True)
class Press:
    """A folder under a clock that can be set, and the documents that come of it."""

    bench: Bench
    publisher: Publisher

    def jump(self, by: timedelta) -> None:
        self.bench.clock.now += by

    async def entries(self) -> tuple[Entry, ...]:
        return (await self.bench.reader.recent(Channel(), limit=100)).entries

    async def changed(self, channel: Channel = ASIA) -> datetime:
        """When the store says that a channel changed; its document says the same."""
        await self.publisher.channels.refresh()
        state = (await self.bench.reader.recent(channel, limit=1)).state
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
async def press(tmp_path: Path) -> AsyncIterator[Press]:
    """A story has been taken in."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    url = f"sqlite+aiosqlite:///{tmp_path}/feedsvc.db"
    async with AsyncExitStack() as stack:
        writer = await stack.enter_async_context(open_writer(url, label=label_plainly, now=T0))
        reader = await stack.enter_async_context(open_reader(url))
        publisher = Publisher(
            reader=reader,
            site=Site(base_url="https://news.example", title="News", publisher="Press"),
            taxonomy=TAXONOMY,
            feed_size=100,
            cache_bytes=10**6,
        )
        stack.push_async_callback(publisher.close)
        bench = Bench(folder=folder, writer=writer, reader=reader)
        bench.write("a.txt", FIRST, OTHER)
        await bench.settle()
        bench.clock.forward(60)
        yield Press(bench=bench, publisher=publisher)


def titles(entries: tuple[Entry, ...]) -> list[str]:
    return [one.stated.title for one in entries]


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
async def test_what_arrives_after_a_jump_stands_first_and_is_never_dated_earlier(
    press: Press, jump: timedelta
) -> None:
    first, other = await press.entries()
    before = await press.changed()
    press.jump(jump)
    real = press.bench.clock.now
    press.bench.write("b.txt", LATER)
    await press.bench.settle()
    press.jump(-jump)
    press.bench.write("c.txt", LAST)
    await press.bench.settle()
    last, later, *old = await press.entries()
    assert [last.stated.title, later.stated.title] == [LAST[0], LATER[0]]
    assert old == [first, other]
    assert last.published >= later.published >= first.published
    assert later.published >= real
    assert [one.arrival for one in (last, later, first, other)] == [4, 3, 2, 1]
    assert [item["title"] for item in await press.items()] == titles((last, later, first, other))
    assert await press.changed() == last.published >= before


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
async def test_an_edit_after_a_jump_is_newer_than_what_it_edits(
    press: Press, jump: timedelta
) -> None:
    first, other = await press.entries()
    seen = [await press.changed()]
    for stop, back in enumerate((jump, -jump, jump)):
        press.jump(back)
        press.bench.write("a.txt", (FIRST[0], f"{FIRST[1]} Day {stop}."), OTHER)
        await press.bench.settle()
        edited, untouched = await press.entries()
        assert (edited.id, edited.published) == (first.id, first.published)
        assert edited.updated > first.updated
        assert untouched == other
        first = edited
        seen.append(await press.changed())
    assert seen == sorted(seen)


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
async def test_a_removal_after_a_jump_never_takes_last_modified_back(
    press: Press, jump: timedelta
) -> None:
    press.bench.write("b.txt", LATER)
    await press.bench.settle()
    seen = [await press.changed()]
    press.jump(jump)
    (press.bench.folder / "b.txt").unlink()
    await press.bench.settle()
    await press.bench.settle()
    assert titles(await press.entries()) == [FIRST[0], OTHER[0]]
    seen.append(await press.changed())
    press.jump(-jump)
    press.bench.write("b.txt", LATER)
    await press.bench.settle()
    seen.append(await press.changed())
    assert seen == sorted(seen)
    assert seen[0] >= T0


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
async def test_a_jump_alone_changes_nothing(press: Press, jump: timedelta) -> None:
    before = (await press.entries(), await press.bench.reader.changes(0), await press.changed())
    for back in (jump, -jump):
        press.jump(back)
        await press.bench.settle()
        press.bench.restart()
        await press.bench.settle()
    after = (await press.entries(), await press.bench.reader.changes(0), await press.changed())
    assert after == before
