"""What is known of the channels, over a real store."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from feedsvc.domain.model import Channel
from feedsvc.store.reader import Reader
from tests.services.publish.conftest import T0, write

if TYPE_CHECKING:
    import pytest

    from feedsvc.services.publish import Publisher
    from feedsvc.store.records import ChannelState
    from feedsvc.store.writer import Writer


async def test_a_look_tells_every_channel_that_has_changed(
    writer: Writer,
    publisher: Publisher,
) -> None:
    await write(writer, 1)
    await publisher.ledger.refresh()
    assert [state.channel.path for state in publisher.ledger.states()] == ["all", "regions/asia"]
    state = publisher.ledger.state(Channel(region="asia"))
    assert state is not None
    assert (state.entries, publisher.ledger.changed) == (1, T0)
    assert publisher.ledger.state(Channel(topic="sport")) is None


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
        late = asyncio.create_task(publisher.ledger.refresh())
        await has_read.wait()
    await write(writer, 3)
    await publisher.ledger.refresh()
    may_end.set()
    await late
    assert [state.entries for state in publisher.ledger.states()] == [3, 3]
