"""A bounded queue lets some work, lets some wait for a while, and refuses the rest."""

from __future__ import annotations

import asyncio

import pytest

from feedsvc.services.publish import BoundedQueue, BusyError
from tests.waiting import PATIENCE_SECONDS, until


async def work(queue: BoundedQueue, gate: asyncio.Event, done: list[int], number: int) -> None:
    async with queue.turn():
        await gate.wait()
        done.append(number)


async def test_turns_come_in_order_and_one_at_a_time() -> None:
    queue, gate, done = BoundedQueue(patience=PATIENCE_SECONDS), asyncio.Event(), list[int]()
    tasks = [asyncio.create_task(work(queue, gate, done, number)) for number in range(5)]
    await until(lambda: queue.waiting == 4, what="the others wait")
    gate.set()
    await asyncio.gather(*tasks)
    assert done == [0, 1, 2, 3, 4]
    assert (queue.waiting, queue.refused) == (0, 0)


async def test_one_too_many_is_refused_at_once() -> None:
    queue, gate = BoundedQueue(most_waiting=2, patience=PATIENCE_SECONDS), asyncio.Event()
    tasks = [asyncio.create_task(work(queue, gate, [], number)) for number in range(3)]
    await until(lambda: queue.waiting == 2, what="the queue is full")
    with pytest.raises(BusyError):
        await work(queue, gate, [], 3)
    assert queue.refused == 1
    gate.set()
    await asyncio.gather(*tasks)


async def test_one_that_waits_too_long_is_refused() -> None:
    queue, gate = BoundedQueue(patience=0.01), asyncio.Event()
    first = asyncio.create_task(work(queue, gate, [], 0))
    await asyncio.sleep(0)
    with pytest.raises(BusyError):
        await work(queue, gate, [], 1)
    assert (queue.waiting, queue.refused) == (0, 1)
    gate.set()
    await first


async def test_one_that_leaves_makes_room() -> None:
    queue, gate, done = BoundedQueue(patience=PATIENCE_SECONDS), asyncio.Event(), list[int]()
    tasks = [asyncio.create_task(work(queue, gate, done, number)) for number in range(3)]
    await until(lambda: queue.waiting == 2, what="two wait")
    for leaver in tasks[:2]:
        leaver.cancel()
    gate.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert done == [2]
    assert queue.waiting == 0


async def test_a_refused_client_is_held_back_for_a_while() -> None:
    began = asyncio.get_running_loop().time()
    await BoundedQueue(refusal_seconds=0.05).hold_back()
    assert asyncio.get_running_loop().time() - began >= 0.04
