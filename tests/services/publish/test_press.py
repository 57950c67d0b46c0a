"""Printed once however many ask."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from feedsvc.domain.render.document import Document, make_document
from feedsvc.services.publish.cache import DocumentCache
from feedsvc.services.publish.press import Press, Proof

T0 = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass
class Shop:
    """Composes proofs of its current revision, and waits at the gate before it does."""

    revision: int = 1
    composed: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    threads: set[str] = field(default_factory=set)

    def compose(self) -> Callable[[], Awaitable[Proof]]:
        async def work() -> Proof:
            self.composed += 1
            revision = self.revision
            await self.gate.wait()
            return Proof(revision=revision, write=lambda: self.write(revision))

        return work

    def write(self, revision: int) -> Document:
        self.threads.add(threading.current_thread().name)
        return make_document(str(revision).encode(), content_type="text/plain", changed=T0)


@pytest.fixture
def press() -> Iterator[Press]:
    with ThreadPoolExecutor(1, thread_name_prefix="press") as thread:
        yield Press(DocumentCache(10_000), thread=thread)


@pytest.fixture
def shop() -> Shop:
    return Shop()


async def ask(press: Press, shop: Shop, *, revision: int = 1) -> bytes:
    obtained = await press.obtain("a", revision=revision, compose=shop.compose())
    return obtained.document.identity.body


async def asking(press: Press, shop: Shop, *, revision: int = 1) -> asyncio.Task[bytes]:
    task = asyncio.create_task(ask(press, shop, revision=revision))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return task


async def test_many_who_ask_at_once_share_one_print(press: Press, shop: Shop) -> None:
    tasks = [await asking(press, shop) for _ in range(20)]
    shop.gate.set()
    assert await asyncio.gather(*tasks) == [b"1"] * 20
    assert (shop.composed, press.renders, press.hits) == (1, 1, 0)
    assert shop.threads == {"press_0"}


async def test_what_is_current_is_not_printed_again(press: Press, shop: Shop) -> None:
    shop.gate.set()
    await ask(press, shop)
    again = await press.obtain("a", revision=1, compose=shop.compose())
    assert (again.rendered, press.hits, shop.composed) == (False, 1, 1)


async def test_a_later_revision_is_printed_anew(press: Press, shop: Shop) -> None:
    shop.gate.set()
    await ask(press, shop)
    shop.revision = 2
    assert await ask(press, shop, revision=2) == b"2"
    assert await ask(press, shop, revision=1) == b"2"


async def test_a_print_that_began_before_a_change_does_not_answer_those_after_it(
    press: Press,
    shop: Shop,
) -> None:
    early = await asking(press, shop)
    shop.revision = 2
    late = await asking(press, shop, revision=2)
    shop.gate.set()
    assert (await early, await late) == (b"1", b"2")


async def test_one_who_leaves_does_not_take_the_print_from_the_others(
    press: Press,
    shop: Shop,
) -> None:
    leaver, stayer = await asking(press, shop), await asking(press, shop)
    leaver.cancel()
    await asyncio.wait([leaver])
    shop.gate.set()
    assert await stayer == b"1"
    assert shop.composed == 1


async def test_a_failure_is_told_to_all_who_wait_and_not_kept(press: Press, shop: Shop) -> None:
    async def fail() -> Proof:
        await shop.gate.wait()
        raise OSError("no store")

    waiting = [asyncio.create_task(press.obtain("a", revision=1, compose=fail)) for _ in range(2)]
    await asyncio.sleep(0)
    shop.gate.set()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [str(result) for result in results] == ["no store", "no store"]
    assert await ask(press, shop) == b"1"


async def test_closing_gives_up_what_is_in_the_making(press: Press, shop: Shop) -> None:
    task = await asking(press, shop)
    await press.close()
    with pytest.raises(asyncio.CancelledError):
        await task
