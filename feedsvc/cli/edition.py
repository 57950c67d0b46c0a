"""Everything that settings and vocabulary decide; a reload opens a new one beside the old."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass

from aiohttp.web import Application

from feedsvc.cli.setup import labeller, now
from feedsvc.cli.work import Work, site_of
from feedsvc.domain.classify import Vocabulary
from feedsvc.domain.model import Channel, Label
from feedsvc.domain.scan import ScanReport
from feedsvc.domain.statement import Statement
from feedsvc.services.publish import Publisher
from feedsvc.services.supervise.pulse import Pulse
from feedsvc.services.watch import Watch
from feedsvc.settings import Settings
from feedsvc.store.busy import Busy
from feedsvc.store.engine import database_path
from feedsvc.store.lock import Lock, hold, writer_lock
from feedsvc.store.reader import Reader, open_reader
from feedsvc.store.settling import Labeller
from feedsvc.store.writer import Writer, open_writer
from feedsvc.web.app import build_app
from feedsvc.web.metrics import Meters

Scan = Callable[[], Awaitable[ScanReport]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An application over a store, the watcher that fills the store, and its signs of life."""

    settings: Settings
    app: Application
    publisher: Publisher
    watch: Watch
    pulse: Pulse
    opened: AsyncExitStack

    def start_watching(self) -> asyncio.Task[None]:
        """Watch the folder from now on, until the edition is closed."""
        task = asyncio.create_task(self.watch.run(), name="watch the folder")
        self.opened.push_async_callback(_end, task)
        self.pulse.beat()
        return task

    async def close(self) -> None:
        """End the watching and close the store."""
        await self.opened.aclose()

    def tell_status(self) -> str:
        """How it is, in one line."""
        reasons = "; ".join(map(str, self.watch.status.degraded))
        everything = self.publisher.ledger.state(Channel())
        entries = everything.entries if everything else 0
        return f"Degraded: {reasons}" if reasons else f"Publishing {entries} entries"


async def open_edition(
    settings: Settings,
    words: Vocabulary,
    *,
    leader: Lock,
    meters: Meters,
) -> Edition:
    """Open the store and put the parts together.

    `leader` is the lock of the one that watches, `meters` count for the whole life of the process.

    Raises:
        DatabaseError: The store cannot be used.
    """
    async with AsyncExitStack() as stack:
        pulse = Pulse()
        label = _with_signs_of_life(labeller(words), pulse)
        writer = await _open_writer(stack, settings, label=label, busy=meters.work.count_writing)
        reader = await stack.enter_async_context(
            open_reader(settings.database_url, busy=meters.work.count_reading)
        )
        work = Work(settings, words, writer, pulse=pulse)
        watch = _watch(settings, _counted(work.scan, meters), pulse, leader=leader)
        publisher = _publisher(settings, words, reader)
        return Edition(
            settings=settings,
            app=build_app(
                settings,
                reader=reader,
                publisher=publisher,
                taxonomy=words.taxonomy,
                watch_status=lambda: watch.status,
                clock=now,
                meters=meters,
            ),
            publisher=publisher,
            watch=watch,
            pulse=pulse,
            opened=stack.pop_all(),
        )


async def _open_writer(
    stack: AsyncExitStack,
    settings: Settings,
    *,
    label: Labeller,
    busy: Busy,
) -> Writer:
    """The store, migrated while no other process writes."""
    async with hold(writer_lock(database_path(settings.database_url))):
        return await stack.enter_async_context(
            open_writer(
                settings.database_url,
                label=label,
                now=now(),
                page_size=settings.feed_size,
                busy=busy,
            )
        )


def _watch(settings: Settings, scan: Scan, pulse: Pulse, *, leader: Lock) -> Watch:
    return Watch(
        settings.seeds_dir.absolute(),
        scan,
        lead=leader.try_hold,
        settle=settings.settle_seconds,
        rescan=settings.rescan_seconds,
        polling=settings.poll,
        now=now,
        rest=pulse.rest,
    )


def _publisher(settings: Settings, words: Vocabulary, reader: Reader) -> Publisher:
    return Publisher(
        reader=reader,
        site=site_of(settings),
        taxonomy=words.taxonomy,
        feed_size=settings.feed_size,
        cache_bytes=settings.cache_bytes,
    )


def _counted(scan: Scan, meters: Meters) -> Scan:
    async def counted() -> ScanReport:
        report = await scan()
        meters.work.count_scan(report)
        return report

    return counted


def _with_signs_of_life(label: Labeller, pulse: Pulse) -> Labeller:
    """Labelling a large seed takes long, and goes on as long as entry after entry is labelled."""

    def labelled(statement: Statement) -> tuple[Label, ...]:
        pulse.beat()
        return label(statement)

    return labelled


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
