"""The index learns every change from the store, and never goes back to an older state."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from feedsvc.domain.model import Channel
from feedsvc.services.publish import ChannelIndex, Publisher
from feedsvc.store.database import DatabaseError
from feedsvc.store.records import ChannelState
from feedsvc.store.writer import Writer
from tests.services.publish.conftest import T0, write
from tests.waiting import until


async def read_created() -> datetime:
    return T0


async def test_refreshing_finds_every_channel_that_has_changed(
    writer: Writer,
    publisher: Publisher,
) -> None:
    await write(writer, 1)
    await publisher.channels.refresh()
    assert [state.channel.path for state in publisher.channels.states()] == ["all", "regions/asia"]
    state = publisher.channels.state(Channel(region="asia"))
    assert state is not None
    assert (state.entries, publisher.channels.changed) == (1, T0)
    assert publisher.channels.state(Channel(topic="sport")) is None


class SlowReader:
    """Each read waits until the test lets it end, and returns what there was when it began."""

    def __init__(self) -> None:
        self.entries = 0
        self.begun: asyncio.Queue[asyncio.Event] = asyncio.Queue()

    async def changes(self, after: int) -> tuple[ChannelState, ...]:
        count, may_end = self.entries, asyncio.Event()
        self.begun.put_nowait(may_end)
        await may_end.wait()
        state = ChannelState(channel=Channel(), revision=count, changed=T0, entries=count)
        return (state,) if count > after else ()


async def test_a_refresh_that_ends_late_does_not_undo_a_newer_one() -> None:
    reader = SlowReader()
    index = ChannelIndex(reader, read_created=read_created)
    refreshes = []
    for reader.entries in (1, 3):
        refresh = asyncio.create_task(index.refresh())
        refreshes.append((await reader.begun.get(), refresh))
    for may_end, refresh in reversed(refreshes):
        may_end.set()
        await refresh
    assert ([state.entries for state in index.states()], index.revision) == ([3], 3)


class FailingReader:
    """Fails until it is repaired."""

    def __init__(self) -> None:
        self.broken = True

    async def changes(self, after: int) -> tuple[ChannelState, ...]:  # noqa: ARG002
        if self.broken:
            raise DatabaseError("disk I/O error")
        return ()


async def test_an_index_that_cannot_refresh_says_why_until_it_can() -> None:
    reader = FailingReader()
    index = ChannelIndex(reader, read_created=read_created)
    keeping = asyncio.create_task(index.keep_fresh(seconds=0.001))
    await until(lambda: index.trouble == "disk I/O error", what="the index reports the error")
    reader.broken = False
    await until(lambda: not index.trouble, what="the index has recovered")
    keeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await keeping


class CountingReader:
    """Counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def changes(self, after: int) -> tuple[ChannelState, ...]:  # noqa: ARG002
        self.asked += 1
        return ()


async def test_an_index_that_is_woken_refreshes_at_once() -> None:
    reader = CountingReader()
    index = ChannelIndex(reader, read_created=read_created)
    keeping = asyncio.create_task(index.keep_fresh(seconds=3600))
    await until(lambda: reader.asked == 1, what="the index has refreshed")
    index.wake()
    await until(lambda: reader.asked == 2, what="the index has refreshed again")
    keeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await keeping
