"""What is known of the channels, over a real store."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from feedsvc.domain.model import Channel
from feedsvc.services.publish.ledger import Ledger
from feedsvc.store.records import ChannelState
from tests.services.publish.conftest import T0, write

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.services.publish import Publisher
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


class LateReader:
    """Every look takes until it may end, and tells what there was when it began."""

    def __init__(self) -> None:
        self.entries = 0
        self.begun: asyncio.Queue[asyncio.Event] = asyncio.Queue()

    async def changes(self, after: int) -> tuple[ChannelState, ...]:
        count, may_end = self.entries, asyncio.Event()
        self.begun.put_nowait(may_end)
        await may_end.wait()
        state = ChannelState(channel=Channel(), revision=count, changed=T0, entries=count)
        return (state,) if count > after else ()


async def birth() -> datetime:
    return T0


async def test_a_look_that_ends_late_takes_nothing_back() -> None:
    reader = LateReader()
    ledger = Ledger(reader, birth=birth)
    looks = []
    for reader.entries in (1, 3):
        look = asyncio.create_task(ledger.refresh())
        looks.append((await reader.begun.get(), look))
    for may_end, look in reversed(looks):
        may_end.set()
        await look
    assert ([state.entries for state in ledger.states()], ledger.revision) == ([3], 3)
