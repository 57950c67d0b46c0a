"""An instance of the service: all that depends on settings and vocabulary; a reload replaces it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, nullcontext, suppress
from dataclasses import dataclass, replace

import structlog
from aiohttp.web import Application

from feedsvc.domain.classify import Classifier, Vocabulary
from feedsvc.domain.model import Channel, Label, Stated
from feedsvc.domain.render.feed import Site
from feedsvc.domain.scan import ScanReport
from feedsvc.runtime.clock import utc_now
from feedsvc.runtime.heartbeat import Heartbeat
from feedsvc.runtime.reading_processes import reading_pool
from feedsvc.runtime.rules import rules_from
from feedsvc.runtime.scanner import Scanner, site_from
from feedsvc.services.publish import RUNNING, Publisher
from feedsvc.services.watch import Watcher, WatchStatus
from feedsvc.settings import Settings, compare_namespace
from feedsvc.store.database import UnwritableError
from feedsvc.store.engine import Observer
from feedsvc.store.entries import Labeller
from feedsvc.store.lock import Lock, hold, writer_lock
from feedsvc.store.migrate import has_current_schema, require_current_schema
from feedsvc.store.open_file import OpenFile
from feedsvc.store.reader import Reader, open_reader
from feedsvc.store.writer import Writer, open_writer
from feedsvc.web.app import build_app
from feedsvc.web.metrics.meters import Meters

log = structlog.get_logger("feedsvc.serve")

Scan = Callable[[], Awaitable[ScanReport]]
OtherWatchers = Callable[[], Sequence[WatchStatus]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceInstance:
    """An application over a store, the watcher that fills the store, and its heartbeat.

    Without a `writable` store, what it holds is served, and every scan fails with the reason.
    """

    settings: Settings
    vocabulary: Vocabulary
    app: Application
    readers: tuple[Reader, ...]
    file: OpenFile
    writable: bool
    publisher: Publisher
    watcher: Watcher
    heartbeat: Heartbeat
    opened: AsyncExitStack

    def start_watching(self) -> asyncio.Task[None]:
        """Watch the folder until the instance is closed."""
        task = asyncio.create_task(self.watcher.run(), name="watch the folder")
        self.opened.push_async_callback(_end, task)
        self.heartbeat.beat()
        return task

    async def close(self) -> None:
        """Stop watching and close the store."""
        await self.opened.aclose()

    def describe_status(self) -> str:
        """The state of the service in one line, for `systemctl status`."""
        loss = self.file.find_loss()
        reasons = "; ".join(map(str, self.watcher.status.degraded)) or (loss.fact if loss else "")
        everything = self.publisher.channels.state(Channel())
        entries = everything.entries if everything else 0
        return f"Degraded: {reasons}" if reasons else f"Publishing {entries} entries"


async def open_instance(
    settings: Settings,
    vocabulary: Vocabulary,
    *,
    leader: Lock,
    meters: Meters,
    other_watchers: OtherWatchers | None = None,
    must_write: bool = False,
) -> ServiceInstance:
    """Open the store and put the parts together.

    `leader` is the lock held by the process that watches; `meters` count over all instances;
    `other_watchers` is for one of several processes. Unless it `must_write`, an existing store on a
    full or read-only disk is only read.

    Raises:
        DatabaseError: The store cannot be used.
    """
    async with AsyncExitStack() as stack:
        heartbeat = Heartbeat()
        label = _with_heartbeat(Classifier(vocabulary).classify, heartbeat)
        writer: Writer | None = None
        scan: Scan
        try:
            writer = await _open_writer(
                stack,
                settings,
                label=label,
                observer=meters.work.count_writing,
                first=other_watchers is None,
            )
            pool = await stack.enter_async_context(
                reading_pool(rules_from(settings, vocabulary.taxonomy), waiting=heartbeat.beat)
            )
            scan = Scanner(
                settings,
                vocabulary,
                writer,
                heartbeat=heartbeat,
                read_elsewhere=pool.read,
                # The publisher is made below, before anything is scanned.
                committed=lambda: publisher.channels.wake(),  # noqa: PLW0108
            ).scan
        except UnwritableError as error:
            if must_write or not settings.database.exists():
                raise
            await asyncio.to_thread(require_current_schema, settings.database)
            scan = _refuse_with(error)
        reader = await stack.enter_async_context(
            open_reader(
                settings.database,
                observer=meters.work.count_reading,
                file=writer.file if writer else None,
            )
        )
        custom_reader = await stack.enter_async_context(
            open_reader(
                settings.database,
                connections=RUNNING,
                seconds=settings.query_seconds,
                observer=meters.work.count_reading,
                file=reader.file,
            )
        )
        watcher = _watcher(settings, _counted(scan, meters), heartbeat, leader=leader)
        site = replace(site_from(settings), namespace=await reader.namespace())
        for warning in compare_namespace(settings, site.namespace):
            log.warning("suspicious setting", reason=warning)
        publisher = _publisher(settings, vocabulary, reader, custom_reader, site=site)
        return ServiceInstance(
            settings=settings,
            vocabulary=vocabulary,
            readers=(reader, custom_reader),
            file=reader.file,
            writable=writer is not None,
            app=build_app(
                settings,
                reader=reader,
                publisher=publisher,
                taxonomy=vocabulary.taxonomy,
                watch_status=lambda: watcher.status,
                clock=utc_now,
                meters=meters,
                other_watchers=other_watchers or tuple,
            ),
            publisher=publisher,
            watcher=watcher,
            heartbeat=heartbeat,
            opened=stack.pop_all(),
        )


async def _open_writer(
    stack: AsyncExitStack,
    settings: Settings,
    *,
    label: Labeller,
    observer: Observer,
    first: bool,
) -> Writer:
    """The store, migrated while no other process writes.

    Unless this is the `first` process, the store may be current already: then it is opened at once,
    while another process may be scanning for minutes.
    """
    database = settings.database
    current = not first and database.exists()
    if current:
        current = await asyncio.to_thread(has_current_schema, database)
    async with nullcontext() if current else hold(writer_lock(database)):
        return await stack.enter_async_context(
            open_writer(
                settings.database,
                label=label,
                now=utc_now(),
                namespace=settings.initial_namespace,
                page_size=settings.feed_size,
                observer=observer,
            )
        )


def _refuse_with(error: UnwritableError) -> Scan:
    async def refuse() -> ScanReport:
        raise error

    return refuse


def _watcher(settings: Settings, scan: Scan, heartbeat: Heartbeat, *, leader: Lock) -> Watcher:
    return Watcher(
        settings.seeds_dir.absolute(),
        scan,
        lead=leader.try_hold,
        settle=settings.settle_seconds,
        rescan=settings.rescan_seconds,
        polling=settings.poll,
        now=utc_now,
        rest=heartbeat.rest,
    )


def _publisher(
    settings: Settings,
    vocabulary: Vocabulary,
    reader: Reader,
    custom_reader: Reader,
    *,
    site: Site,
) -> Publisher:
    return Publisher(
        reader=reader,
        custom_reader=custom_reader,
        site=site,
        taxonomy=vocabulary.taxonomy,
        feed_size=settings.feed_size,
        cache_bytes=settings.cache_bytes,
    )


def _counted(scan: Scan, meters: Meters) -> Scan:
    async def counted() -> ScanReport:
        report = await scan()
        meters.work.count_scan(report)
        return report

    return counted


def _with_heartbeat(label: Labeller, heartbeat: Heartbeat) -> Labeller:
    """Labelling a large seed takes long; each entry labelled is progress."""

    def labelled(stated: Stated) -> tuple[Label, ...]:
        heartbeat.beat()
        return label(stated)

    return labelled


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
