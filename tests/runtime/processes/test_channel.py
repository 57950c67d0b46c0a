"""Messages between two ends of a channel."""

from __future__ import annotations

import asyncio
import socket

from feedsvc.runtime.processes.channel import Channel
from feedsvc.runtime.processes.messages import AcceptAlsoFor, Metrics, Reloaded


async def test_messages_arrive_whole_and_in_order_until_the_other_end_closes() -> None:
    one, other = socket.socketpair()
    sender, receiver = await Channel.over(one), await Channel.over(other)
    sent = (
        Reloaded(reason=""),
        Metrics(count=1, text=b"a" * 1_000_000),
        AcceptAlsoFor(numbers=(2, 3)),
    )
    for message in sent:
        sender.send(message)
    closing = asyncio.create_task(sender.close())
    assert tuple([message async for message in receiver.receive()]) == sent
    await closing
    receiver.send(Reloaded(reason="nobody reads this"))
    await receiver.close()


async def test_a_receiver_that_does_not_read_costs_bounded_memory() -> None:
    one, other = socket.socketpair()
    sender = await Channel.over(one)
    for _ in range(40):
        sender.send(Metrics(count=1, text=b"a" * 1_000_000))
    assert sender._writer.transport.get_write_buffer_size() < 18 * 1024**2
    other.close()
    await sender.close()
