"""Renders each document once, however many requests wait for it, and caches the result."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from concurrent.futures import Executor
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from feedsvc.domain.render.document import Document
from feedsvc.services.publish.cache import CachedDocument, DocumentCache

Build = Callable[[], Awaitable["RenderJob"]]


class Queue(Protocol):
    """Limits how many documents are rendered at once."""

    def check(self) -> None:
        """Raise an error if no more may wait."""

    def turn(self) -> AbstractAsyncContextManager[None]:
        """Wait for a turn; entered before a job is built, left when its document is written."""


class Unlimited:
    """The queue where nobody has to wait."""

    def check(self) -> None:
        """Let everybody in."""

    def turn(self) -> AbstractAsyncContextManager[None]:
        """Wait for nothing."""
        return nullcontext()


UNLIMITED = Unlimited()


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderJob:
    """Pure work that writes a document, and the revision that the document will show."""

    revision: int
    write: Callable[[], Document]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A document, and whether it had to be rendered for this request."""

    document: Document
    rendered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheStats:
    """What was done since the start, and what is cached now."""

    hits: int
    renders: int
    render_seconds: float
    documents: int
    held_bytes: int
    evictions: int


@dataclass(slots=True)
class _Rendering:
    """A rendering under way, and how many requests wait for it."""

    task: asyncio.Task[CachedDocument]
    waiting: int = 0


class Renderer:
    """Answers with current documents from its cache; renders others in a thread."""

    def __init__(
        self,
        cache: DocumentCache,
        *,
        thread: Executor,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.cache = cache
        self.hits = 0
        self.renders = 0
        self.render_seconds = 0.0
        self._timer = timer
        self._running: dict[Hashable, _Rendering] = {}
        self._tasks: set[asyncio.Task[CachedDocument]] = set()
        self._thread = thread

    def find(self, key: Hashable, *, revision: int) -> Document | None:
        """The cached document under a key, if it shows this revision or a later one."""
        cached = self.cache.get(key)
        return cached.document if cached is not None and cached.revision >= revision else None

    async def get(
        self,
        key: Hashable,
        *,
        revision: int,
        build_job: Build,
        queue: Queue = UNLIMITED,
    ) -> Answer:
        """The document under a key that shows this revision or a later one.

        `build_job` is called when it has to be rendered, once for all requests that wait for it;
        when none waits any more, it is cancelled. `queue` limits how many are rendered at once.
        """
        document = self.find(key, revision=revision)
        if document is not None:
            self.hits += 1
            return Answer(document=document, rendered=False)
        rendered = await self._join(key, build_job, queue)
        if rendered.revision < revision:
            # That one was started before the change that this request knows of.
            rendered = await self._join(key, build_job, queue)
        return Answer(document=rendered.document, rendered=True)

    async def close(self) -> None:
        """Cancel what is being rendered."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _join(self, key: Hashable, build_job: Build, queue: Queue) -> CachedDocument:
        """Wait for the rendering under way, or start one."""
        rendering = self._running.get(key)
        if rendering is None:
            rendering = self._start(key, build_job, queue)
        rendering.waiting += 1
        try:
            # Shielded: a client that disconnects does not cancel it for the others.
            return await asyncio.shield(rendering.task)
        finally:
            rendering.waiting -= 1
            if not rendering.waiting and not rendering.task.done():
                del self._running[key]
                rendering.task.cancel()

    def _start(self, key: Hashable, build_job: Build, queue: Queue) -> _Rendering:
        queue.check()
        task = asyncio.create_task(self._render(key, build_job, queue), name="render a document")
        rendering = self._running[key] = _Rendering(task)
        self._tasks.add(task)
        task.add_done_callback(lambda _task: self._forget(key, rendering))
        return rendering

    def _forget(self, key: Hashable, rendering: _Rendering) -> None:
        self._tasks.discard(rendering.task)
        if self._running.get(key) is rendering:
            del self._running[key]
        if not rendering.task.cancelled():
            # Those who wait get the exception; if nobody does, asyncio must not complain.
            rendering.task.exception()

    async def _render(self, key: Hashable, build_job: Build, queue: Queue) -> CachedDocument:
        async with queue.turn():
            job = await build_job()
            began = self._timer()
            loop = asyncio.get_running_loop()
            document = await loop.run_in_executor(self._thread, job.write)
        self.renders += 1
        self.render_seconds += self._timer() - began
        cached = CachedDocument(revision=job.revision, document=document)
        self.cache.put(key, cached)
        return cached


def sum_stats(*renderers: Renderer) -> CacheStats:
    """The figures of several renderers together."""
    return CacheStats(
        hits=sum(renderer.hits for renderer in renderers),
        renders=sum(renderer.renders for renderer in renderers),
        render_seconds=sum(renderer.render_seconds for renderer in renderers),
        documents=sum(len(renderer.cache) for renderer in renderers),
        held_bytes=sum(renderer.cache.size for renderer in renderers),
        evictions=sum(renderer.cache.evictions for renderer in renderers),
    )
