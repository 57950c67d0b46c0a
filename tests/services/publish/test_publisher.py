"""What the publisher knows, over a real store."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feedsvc.domain.model import Channel, Draft, Evidence, Kind, Label, Where
from feedsvc.domain.render.document import Document, make_document
from feedsvc.domain.render.feed import Site
from feedsvc.domain.render.format import Format
from feedsvc.domain.taxonomy import Region, Taxonomy
from feedsvc.services.publish import Publisher, UnknownChannelError, UnknownPageError
from feedsvc.store.reader import Reader, open_reader
from feedsvc.store.records import SeedReading
from feedsvc.store.writer import Writer, open_writer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from feedsvc.domain.statement import Statement
    from feedsvc.store.records import ChannelState

T0 = datetime(2026, 3, 1, tzinfo=UTC)
ASIA = Region(slug="asia", name="Asia", code="142", parents=())
TAXONOMY = Taxonomy(regions={"asia": ASIA}, countries={}, topics={})


def label(_statement: Statement) -> tuple[Label, ...]:
    said = Evidence(phrase="", where=Where.STATED, start=0, end=0, weight=1)
    return (Label(kind=Kind.REGION, value="asia", score=1, evidence=(said,)),)


@pytest.fixture
async def writer(tmp_path: Path) -> AsyncIterator[Writer]:
    url = f"sqlite+aiosqlite:///{tmp_path}/feedsvc.db"
    async with open_writer(url, label=label, now=T0, page_size=2) as opened:
        yield opened


@pytest.fixture
async def publisher(writer: Writer, tmp_path: Path) -> AsyncIterator[Publisher]:  # noqa: ARG001
    url = f"sqlite+aiosqlite:///{tmp_path}/feedsvc.db"
    async with open_reader(url) as reader:
        made = Publisher(
            reader=reader,
            site=Site(base_url="https://news.example", title="News", publisher="Press"),
            taxonomy=TAXONOMY,
            feed_size=2,
            cache_bytes=10**6,
        )
        yield made
        await made.close()


async def write(writer: Writer, count: int) -> None:
    drafts = [
        Draft(ordinal=n, line=n, title=f"Note {n}", text=f"Seen at pier {n}.")
        for n in range(1, count + 1)
    ]
    reading = SeedReading(path="a.txt", hash=b"%032d" % count, size=1, mtime=1, encoding="utf-8")
    async with writer.transaction() as transaction:
        await transaction.accept(reading, drafts, rolling=False, now=T0)


async def test_before_the_first_look_nothing_is_known(publisher: Publisher) -> None:
    assert publisher.states() == ()
    assert publisher.changed is None
    document = await publisher.document(Channel(), Format.ATOM)
    assert document.changed == T0


async def test_a_look_tells_every_channel_that_has_changed(
    writer: Writer,
    publisher: Publisher,
) -> None:
    await write(writer, 1)
    await publisher.refresh()
    assert [state.channel.path for state in publisher.states()] == ["all", "regions/asia"]
    state = publisher.state(Channel(region="asia"))
    assert state is not None
    assert (state.entries, publisher.changed) == (1, T0)
    assert publisher.state(Channel(topic="sport")) is None


async def test_a_look_that_ends_late_takes_nothing_back(
    writer: Writer,
    publisher: Publisher,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read_changes, may_end, has_read = Reader.changes, asyncio.Event(), asyncio.Event()

    async def end_late(reader: Reader, after: int) -> tuple[ChannelState, ...]:
        found = await read_changes(reader, after)
        has_read.set()
        await may_end.wait()
        return found

    await write(writer, 1)
    with monkeypatch.context() as patched:
        patched.setattr(Reader, "changes", end_late)
        late = asyncio.create_task(publisher.refresh())
        await has_read.wait()
    await write(writer, 3)
    await publisher.refresh()
    may_end.set()
    await late
    assert [state.entries for state in publisher.states()] == [3, 3]


async def test_unknown_channels_and_pages_are_told(writer: Writer, publisher: Publisher) -> None:
    with pytest.raises(UnknownChannelError):
        await publisher.document(Channel(region="atlantis"), Format.RSS)
    with pytest.raises(UnknownPageError):
        await publisher.obtain_archive(Channel(), 1, Format.RSS)
    await write(writer, 5)
    await publisher.refresh()
    first = await publisher.obtain_archive(Channel(), 1, Format.RSS)
    assert first.rendered
    assert not (await publisher.obtain_archive(Channel(), 1, Format.RSS)).rendered
    with pytest.raises(UnknownPageError):
        await publisher.obtain_archive(Channel(), 9, Format.RSS)


async def test_a_page_is_made_again_only_after_a_change(
    writer: Writer,
    publisher: Publisher,
) -> None:
    reads = 0

    async def read() -> Callable[[], Document]:
        nonlocal reads
        reads += 1
        body = str(reads).encode()
        return lambda: make_document(body, content_type="text/html", changed=T0)

    async def body() -> bytes:
        return (await publisher.obtain_page("index", read)).document.identity.body

    await publisher.refresh()
    assert [await body(), await body()] == [b"1", b"1"]
    await write(writer, 1)
    await publisher.refresh()
    assert [await body(), await body()] == [b"2", b"2"]
