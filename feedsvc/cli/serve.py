"""`feedsvc serve`: watches the folder and publishes the feeds."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import click
import structlog

from feedsvc import __version__
from feedsvc.cli.setup import Setup, labeller, load_words, now, run, setting_flags
from feedsvc.domain.classify import Vocabulary
from feedsvc.domain.render.feed import Site
from feedsvc.domain.scan import ScanReport
from feedsvc.logs import set_up_logs
from feedsvc.services.ingest.folder import Folder
from feedsvc.services.ingest.reading import Rules
from feedsvc.services.ingest.scan import Ingest
from feedsvc.services.publish import Publisher
from feedsvc.services.relabel import relabel
from feedsvc.services.watch import Watch
from feedsvc.settings import Settings, warn_of
from feedsvc.store.engine import database_path
from feedsvc.store.lock import hold, leader_lock, writer_lock
from feedsvc.store.reader import open_reader
from feedsvc.store.writer import Writer, open_writer
from feedsvc.web.app import build_app
from feedsvc.web.serve import run as run_server

log = structlog.get_logger("feedsvc.serve")


@click.command()
@setting_flags()
@click.pass_context
def command(ctx: click.Context, /, **flags: Any) -> None:
    """Watch the folder and publish the feeds until SIGTERM or Ctrl-C."""
    setup: Setup = ctx.obj
    loaded = setup.load(flags)
    settings = loaded.settings
    set_up_logs(level=settings.log_level, form=settings.log_format)
    words = load_words(settings)
    for warning in (*loaded.notes, *warn_of(settings)):
        log.warning("a setting may not be as meant", reason=warning)
    run(_serve(settings, words))


async def _serve(settings: Settings, words: Vocabulary) -> None:
    async with AsyncExitStack() as stack:
        writer = await stack.enter_async_context(_opened(settings, words))
        reader = await stack.enter_async_context(open_reader(settings.database_url))
        watch = _watch(settings, words, writer)
        publisher = Publisher(
            reader=reader,
            site=_site(settings),
            taxonomy=words.taxonomy,
            feed_size=settings.feed_size,
            cache_bytes=settings.cache_bytes,
        )
        app = build_app(
            settings,
            reader=reader,
            publisher=publisher,
            taxonomy=words.taxonomy,
            watch_status=lambda: watch.status,
            clock=now,
        )
        watching = await stack.enter_async_context(_running(watch))
        status = await run_server(
            app, settings, vital=[watching], ready=lambda where: _tell(where, settings)
        )
    if status:
        sys.exit(status)


@asynccontextmanager
async def _opened(settings: Settings, words: Vocabulary) -> AsyncIterator[Writer]:
    """The store, migrated while no other process writes."""
    lock = writer_lock(database_path(settings.database_url))
    async with AsyncExitStack() as stack:
        async with hold(lock):
            writer = await stack.enter_async_context(
                open_writer(
                    settings.database_url,
                    label=labeller(words),
                    now=now(),
                    page_size=settings.feed_size,
                )
            )
        yield writer


def _watch(settings: Settings, words: Vocabulary, writer: Writer) -> Watch:
    database = database_path(settings.database_url)
    folder = settings.seeds_dir.absolute()
    work = _Work(settings, words, writer)
    return Watch(
        folder,
        work.scan,
        lead=leader_lock(database).try_hold,
        settle=settings.settle_seconds,
        rescan=settings.rescan_seconds,
        polling=settings.poll,
        now=now,
    )


class _Work:
    """A scan, with the lock that it needs and what has to be caught up with before the first."""

    def __init__(self, settings: Settings, words: Vocabulary, writer: Writer) -> None:
        self._settings = settings
        self._words = words
        self._writer = writer
        self._lock = writer_lock(database_path(settings.database_url))
        self._ingest: Ingest | None = None

    async def scan(self) -> ScanReport:
        async with hold(self._lock):
            if self._ingest is None:
                self._ingest = await self._catch_up()
            return await self._ingest.scan()

    async def _catch_up(self) -> Ingest:
        """Label and present anew what other words or settings labelled and presented."""
        stale = await self._writer.vocabulary() != self._words.fingerprint
        if stale:
            await relabel(self._writer, vocabulary=self._words.fingerprint, now=now)
        async with self._writer.transaction() as transaction:
            await transaction.present(_presentation(self._settings), now=now())
        return Ingest(
            self._writer,
            Folder(root=self._settings.seeds_dir.absolute()),
            Rules(
                taxonomy=self._words.taxonomy,
                zone=self._settings.timezone,
                max_bytes=self._settings.max_seed_bytes,
                rolling=self._settings.rolling,
            ),
            settle=self._settings.settle_seconds,
            stale=stale,
            now=now,
        )


def _site(settings: Settings) -> Site:
    return Site(
        base_url=settings.base_url,
        title=settings.title,
        publisher=settings.publisher,
        language=settings.language,
        rights=settings.rights,
        ttl=settings.ttl,
    )


def _presentation(settings: Settings) -> str:
    """All that documents are rendered with beside what is stored."""
    return f"{__version__} {settings.feed_size} {_site(settings)}"


@asynccontextmanager
async def _running(watch: Watch) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(watch.run(), name="watch the folder")
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _tell(addresses: Sequence[str], settings: Settings) -> None:
    log.info("serving", addresses=list(addresses), base_url=settings.base_url)
    if sys.stdout.isatty():
        click.echo(f"Feeds and pages: {settings.base_url}/  (status: {settings.base_url}/status)")
