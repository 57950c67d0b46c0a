"""Runs the service: one instance after another, replaced on SIGHUP, with systemd informed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import structlog

from feedsvc.domain.classify import Vocabulary, VocabularyError
from feedsvc.runtime.guard import guard_database
from feedsvc.runtime.heartbeat import send_heartbeats
from feedsvc.runtime.instance import OtherWatchers, ServiceInstance, open_instance
from feedsvc.runtime.reload import keep_fixed
from feedsvc.runtime.systemd import Notifier
from feedsvc.runtime.terminal import Terminal
from feedsvc.services.vocabulary import load_vocabulary
from feedsvc.settings import Loaded, Settings, SettingsError
from feedsvc.store.database import DatabaseError, UnwritableError
from feedsvc.store.lock import Lock, leader_lock
from feedsvc.web.metrics.meters import Meters
from feedsvc.web.server.http_server import HttpServer
from feedsvc.web.server.listen import Listeners
from feedsvc.web.server.serve import SwitchTo, Tasks, serve_app

Load = Callable[[], Loaded]
Announce = Callable[[Loaded], None]

log = structlog.get_logger("feedsvc.serve")


async def open_service(
    settings: Settings,
    vocabulary: Vocabulary,
    *,
    notifier: Notifier,
    load: Load,
    meters: Meters,
    announce: Announce,
    other_watchers: OtherWatchers | None = None,
) -> Service:
    """Open the first instance and start watching.

    Raises:
        DatabaseError: The store cannot be used.
    """
    leader = leader_lock(settings.database)
    instance = await open_instance(
        settings, vocabulary, leader=leader, meters=meters, other_watchers=other_watchers
    )
    return Service(
        instance,
        notifier,
        load=load,
        leader=leader,
        meters=meters,
        announce=announce,
        other_watchers=other_watchers,
    )


class Service:
    """Serves one instance after another and keeps the supervisor informed.

    `meters` count over all instances. `announce` is called with new settings before they are used,
    and `on_reload` after every reload with the reason if it failed, or an empty text.
    """

    def __init__(
        self,
        instance: ServiceInstance,
        notifier: Notifier,
        *,
        load: Load,
        leader: Lock,
        meters: Meters,
        announce: Announce = lambda _loaded: None,
        other_watchers: OtherWatchers | None = None,
    ) -> None:
        self.instance = instance
        self.on_reload: Callable[[str], None] = lambda _reason: None
        self._notifier = notifier
        self._load = load
        self._leader = leader
        self._meters = meters
        self._announce = announce
        self._other_watchers = other_watchers
        self._stop = asyncio.Event()
        self._hangup = asyncio.Event()
        self._must_reopen = False
        self._terminal = Terminal()
        self._more_tasks: Tasks = ()
        self._watching = instance.start_watching()
        self._guarding = asyncio.create_task(
            guard_database(lambda: self.instance, self._request_reopening),
            name="guard the database",
        )

    async def run(
        self,
        ready: Callable[[Sequence[str]], None],
        *,
        listeners: Listeners,
        started: Callable[[HttpServer], None] = lambda _server: None,
        tasks: Tasks = (),
    ) -> int:
        """Serve until told to stop or a task ends; return the exit status.

        `started` is called with the server and `ready` with its addresses.
        """
        self._more_tasks = tasks
        try:
            async with self._informing_supervisor():
                return await serve_app(
                    self.instance.app,
                    self.instance.settings,
                    tasks=self._tasks,
                    listeners=listeners,
                    started=started,
                    ready=ready,
                    reload=self._reload_or_stop,
                    stop=self._stop,
                    hangup=self._hangup,
                )
        finally:
            self._guarding.cancel()
            await asyncio.gather(self._guarding, return_exceptions=True)
            await self.instance.close()

    def stop(self) -> None:
        """Stop serving, as on SIGTERM."""
        self._stop.set()

    async def stopping(self) -> None:
        """Wait until it is told to stop."""
        await self._stop.wait()

    @property
    def _tasks(self) -> Tasks:
        return (self._watching, self._guarding, *self._more_tasks)

    def _request_reopening(self) -> None:
        self._must_reopen = True
        self._hangup.set()

    async def _reload_or_stop(self, switch_to: SwitchTo) -> Tasks:
        if self._must_reopen:
            self._must_reopen = False
            await self._reopen(switch_to)
        elif await self._terminal.is_lost():
            self._stop.set()
        else:
            await self._reload(switch_to)
        return self._tasks

    async def _reopen(self, switch_to: SwitchTo) -> None:
        """Open the database again, with everything that depends on it."""
        running = self.instance
        running.file.set_journal_aside()
        for reader in running.readers:
            await reader.disconnect()
        database = str(running.settings.database)
        try:
            new = await open_instance(
                running.settings,
                running.vocabulary,
                leader=self._leader,
                meters=self._meters,
                other_watchers=self._other_watchers,
                must_write=True,
            )
            await self._replace(new, switch_to)
        except UnwritableError:
            pass  # the watcher says so; the guard tries again
        except DatabaseError as error:
            log.error("database not reopened", database=database, reason=str(error))  # noqa: TRY400
        else:
            log.warning("database reopened", database=database)

    async def _reload(self, switch_to: SwitchTo) -> None:
        """Replace the instance; if that fails, keep the running one."""
        self._notifier.send_reloading()
        try:
            await self._replace(await self._open_next(), switch_to)
        except (SettingsError, VocabularyError, DatabaseError) as error:
            reason = "; ".join(str(error).splitlines())
            log.error("reload failed: keeping the current settings", reason=reason)  # noqa: TRY400
            self.on_reload(reason)
        else:
            log.info("reloaded")
            self.on_reload("")
        self._notifier.send_ready()

    async def _open_next(self) -> ServiceInstance:
        loaded = await asyncio.to_thread(self._load)
        vocabulary = await asyncio.to_thread(load_vocabulary, loaded.settings.taxonomy_dir)
        self._announce(loaded)
        settings = keep_fixed(loaded, self.instance.settings)
        return await open_instance(
            settings,
            vocabulary,
            leader=self._leader,
            meters=self._meters,
            other_watchers=self._other_watchers,
        )

    async def _replace(self, new: ServiceInstance, switch_to: SwitchTo) -> None:
        try:
            await switch_to(new.app, new.settings)
        except BaseException:
            await new.close()
            raise
        last, self.instance = self.instance, new
        await last.close()
        self._watching = new.start_watching()

    @asynccontextmanager
    async def _informing_supervisor(self) -> AsyncIterator[None]:
        tasks = (
            asyncio.create_task(self._send_heartbeats(), name="send heartbeats"),
            asyncio.create_task(self._report_stopping(), name="report stopping"),
        )
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _send_heartbeats(self) -> None:
        await send_heartbeats(
            self._notifier,
            lambda: self.instance.heartbeat,
            # A reload replaces the instance.
            status=lambda: self.instance.describe_status(),  # noqa: PLW0108
        )

    async def _report_stopping(self) -> None:
        await self._stop.wait()
        self._notifier.send_stopping()
