"""A document is rendered once, however many requests wait for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from feedsvc.domain.render.document import Document, make_document
from feedsvc.services.publish import BoundedQueue, BusyError, DocumentCache, Renderer, RenderJob
from tests.waiting import until

T0 = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass
class Source:
    """Builds jobs for its current revision, each once the gate is open."""

    revision: int = 1
    built: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    threads: set[str] = field(default_factory=set)

    async def build_job(self) -> RenderJob:
        self.built += 1
        revision = self.revision
        await self.gate.wait()
        return RenderJob(revision=revision, write=lambda: self.write(revision))

    def write(self, revision: int) -> Document:
        self.threads.add(threading.current_thread().name)
        return make_document(str(revision).encode(), content_type="text/plain", changed=T0)


@pytest.fixture
def renderer() -> Iterator[Renderer]:
    with ThreadPoolExecutor(1, thread_name_prefix="renderer") as thread:
        yield Renderer(DocumentCache(10_000), thread=thread)


@pytest.fixture
def source() -> Source:
    return Source()


async def ask(renderer: Renderer, source: Source, *, revision: int = 1) -> bytes:
    answer = await renderer.get("a", revision=revision, build_job=source.build_job)
    return answer.document.identity.body


async def start_asking(
    renderer: Renderer, source: Source, *, revision: int = 1
) -> asyncio.Task[bytes]:
    task = asyncio.create_task(ask(renderer, source, revision=revision))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return task


async def test_requests_at_the_same_time_share_one_rendering(
    renderer: Renderer, source: Source
) -> None:
    tasks = [await start_asking(renderer, source) for _ in range(20)]
    source.gate.set()
    assert await asyncio.gather(*tasks) == [b"1"] * 20
    assert (source.built, renderer.renders, renderer.hits) == (1, 1, 0)
    assert source.threads == {"renderer_0"}


async def test_a_current_document_is_not_rendered_again(renderer: Renderer, source: Source) -> None:
    source.gate.set()
    await ask(renderer, source)
    again = await renderer.get("a", revision=1, build_job=source.build_job)
    assert (again.rendered, renderer.hits, source.built) == (False, 1, 1)


async def test_a_later_revision_is_rendered_again(renderer: Renderer, source: Source) -> None:
    source.gate.set()
    await ask(renderer, source)
    source.revision = 2
    assert await ask(renderer, source, revision=2) == b"2"
    assert await ask(renderer, source, revision=1) == b"2"


async def test_a_rendering_begun_before_a_change_does_not_answer_requests_after_it(
    renderer: Renderer,
    source: Source,
) -> None:
    early = await start_asking(renderer, source)
    source.revision = 2
    late = await start_asking(renderer, source, revision=2)
    source.gate.set()
    assert (await early, await late) == (b"1", b"2")


async def test_a_client_that_disconnects_does_not_cancel_the_rendering_for_others(
    renderer: Renderer,
    source: Source,
) -> None:
    leaver, stayer = await start_asking(renderer, source), await start_asking(renderer, source)
    leaver.cancel()
    await asyncio.wait([leaver])
    source.gate.set()
    assert await stayer == b"1"
    assert source.built == 1


async def test_a_failure_reaches_all_who_wait_and_is_not_cached(
    renderer: Renderer, source: Source
) -> None:
    async def fail() -> RenderJob:
        await source.gate.wait()
        raise OSError("no store")

    waiting = [asyncio.create_task(renderer.get("a", revision=1, build_job=fail)) for _ in range(2)]
    await asyncio.sleep(0)
    source.gate.set()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [str(result) for result in results] == ["no store", "no store"]
    assert await ask(renderer, source) == b"1"


async def test_closing_cancels_what_is_being_rendered(renderer: Renderer, source: Source) -> None:
    task = await start_asking(renderer, source)
    await renderer.close()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_when_the_last_client_leaves_the_rendering_ends(
    renderer: Renderer, source: Source
) -> None:
    leavers = [await start_asking(renderer, source) for _ in range(2)]
    for leaver in leavers:
        leaver.cancel()
    await asyncio.gather(*leavers, return_exceptions=True)
    source.gate.set()
    assert await ask(renderer, source) == b"1"
    assert (source.built, renderer.renders) == (2, 1)


async def test_a_turn_lasts_until_the_document_is_written(
    renderer: Renderer, source: Source
) -> None:
    queue = BoundedQueue()

    async def ask_in_turn(key: str) -> None:
        await renderer.get(key, revision=1, build_job=source.build_job, queue=queue)

    tasks = [asyncio.create_task(ask_in_turn(key)) for key in "abc"]
    await until(lambda: queue.waiting == 2, what="two wait for their turn")
    assert source.built == 1
    source.gate.set()
    await asyncio.gather(*tasks)
    assert (source.built, queue.waiting) == (3, 0)


async def test_a_full_queue_refuses_before_anything_is_started(
    renderer: Renderer, source: Source
) -> None:
    queue = BoundedQueue(most_waiting=0)
    async with queue.turn():
        with pytest.raises(BusyError):
            await renderer.get("a", revision=1, build_job=source.build_job, queue=queue)
    assert source.built == 0
