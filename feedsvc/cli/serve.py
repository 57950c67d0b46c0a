"""`feedsvc serve`: watches the folder and publishes the feeds."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import click
import structlog

from feedsvc.cli.edition import Edition, open_edition
from feedsvc.cli.setup import Refusal, Setup, load_words, run, setting_flags
from feedsvc.cli.terminal import Terminal
from feedsvc.domain.classify import Vocabulary
from feedsvc.logs import set_up_logs
from feedsvc.services.supervise.activation import inherited_sockets
from feedsvc.services.supervise.notify import Notifier, notifier_of
from feedsvc.services.supervise.pulse import report
from feedsvc.settings import Loaded, Settings, Source, warn_of
from feedsvc.store.engine import DatabaseError, database_path
from feedsvc.store.lock import leader_lock
from feedsvc.web.metrics import Meters
from feedsvc.web.serve import ListenError, TakeOver, Vital
from feedsvc.web.serve import run as run_server

# What a running process holds on to: a change of these waits for a restart.
FIXED = ("host", "port", "metrics_port", "database_url", "shutdown_seconds")

Load = Callable[[], tuple[Loaded, Vocabulary]]

log = structlog.get_logger("feedsvc.serve")


@click.command()
@setting_flags()
@click.pass_context
def command(ctx: click.Context, /, **flags: Any) -> None:
    """Watch the folder and publish the feeds until SIGTERM or Ctrl-C.

    On SIGHUP, settings file and vocabulary are read anew; no request notices. A terminal that is
    closed ends it.
    """
    setup: Setup = ctx.obj

    def load() -> tuple[Loaded, Vocabulary]:
        loaded = setup.load(flags)
        return loaded, load_words(loaded.settings)

    try:
        run(_serve(load))
    except ListenError as error:
        raise Refusal(f"{error}: expected a free address: see --host and --port") from error


async def _serve(load: Load) -> None:
    loaded, words = load()
    _set_up(loaded)
    leader = leader_lock(database_path(loaded.settings.database_url))
    # Counters go on over every reload.
    meters = Meters()
    edition = await open_edition(loaded.settings, words, leader=leader, meters=meters)
    service = _Service(edition, notifier_of(os.environ, pid=os.getpid()))

    async def open_next() -> Edition:
        loaded, words = await asyncio.to_thread(load)
        _set_up(loaded)
        settings = hold_on(loaded, service.settings)
        return await open_edition(settings, words, leader=leader, meters=meters)

    if status := await service.serve(open_next):
        sys.exit(status)


def _set_up(loaded: Loaded) -> None:
    settings = loaded.settings
    set_up_logs(level=settings.log_level, form=settings.log_format)
    for warning in (*loaded.notes, *warn_of(settings)):
        log.warning("a setting may not be as meant", reason=warning)


def hold_on(loaded: Loaded, running: Settings) -> Settings:
    """The new settings, but for those that a running process cannot change."""
    new = loaded.settings
    fixed = {name: getattr(running, name) for name in FIXED}
    held = [name for name, value in fixed.items() if getattr(new, name) != value]
    if held:
        log.warning("settings wait for a restart", settings=held)
    if loaded.sources["base_url"] is Source.DEFAULT:
        fixed["base_url"] = running.base_url  # made of host and port
    return new.model_copy(update=fixed)


class _Service:
    """Serves one edition after another, and tells the supervisor how it goes."""

    def __init__(self, edition: Edition, notifier: Notifier) -> None:
        self._edition = edition
        self._notifier = notifier
        self._stop = asyncio.Event()
        self._terminal = Terminal()
        self._watching = edition.start_watching()

    @property
    def settings(self) -> Settings:
        """Those in force."""
        return self._edition.settings

    async def serve(self, open_next: Callable[[], Awaitable[Edition]]) -> int:
        """Serve until told to stop; the exit status. `open_next` is what SIGHUP asks for."""

        async def renew(take_over: TakeOver) -> Vital:
            if await self._terminal.is_lost():
                self._stop.set()
            else:
                await self._reload(open_next, take_over)
            return (self._watching,)

        try:
            async with self._telling():
                return await run_server(
                    self._edition.app,
                    self.settings,
                    vital=(self._watching,),
                    sockets=inherited_sockets(os.environ, pid=os.getpid()),
                    ready=self._tell_ready,
                    renew=renew,
                    stop=self._stop,
                )
        finally:
            await self._edition.close()

    async def _reload(
        self,
        open_next: Callable[[], Awaitable[Edition]],
        take_over: TakeOver,
    ) -> None:
        """Let a new edition take over; where that cannot be done, the running one stays."""
        self._notifier.tell_reloading()
        try:
            await self._replace(await open_next(), take_over)
        except (click.ClickException, DatabaseError) as error:
            reason = error.message if isinstance(error, click.ClickException) else str(error)
            log.error("reload failed, all stays as it was", reason=reason)  # noqa: TRY400
        else:
            log.info("reloaded")
        self._notifier.tell_ready()

    async def _replace(self, new: Edition, take_over: TakeOver) -> None:
        try:
            await take_over(new.app, new.settings)
        except BaseException:
            await new.close()
            raise
        last, self._edition = self._edition, new
        await last.close()
        self._watching = new.start_watching()

    @asynccontextmanager
    async def _telling(self) -> AsyncIterator[None]:
        tasks = (
            asyncio.create_task(self._tell_how_it_is(), name="tell the supervisor"),
            asyncio.create_task(self._tell_the_end(), name="tell the supervisor of the end"),
        )
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _tell_how_it_is(self) -> None:
        await report(
            self._notifier,
            lambda: self._edition.pulse,
            # The edition of the moment, which a reload changes.
            status=lambda: self._edition.tell_status(),  # noqa: PLW0108
        )

    async def _tell_the_end(self) -> None:
        await self._stop.wait()
        self._notifier.tell_stopping()

    def _tell_ready(self, addresses: Sequence[str]) -> None:
        self._notifier.tell_ready()
        base_url = self.settings.base_url
        log.info("serving", addresses=list(addresses), base_url=base_url)
        if sys.stdout.isatty():
            click.echo(f"Feeds and pages: {base_url}/  (status: {base_url}/status)")
