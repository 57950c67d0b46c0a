"""Runs the service: one instance after another, replaced on SIGHUP, with systemd informed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import structlog

from feedsvc.domain.classify import VocabularyError
from feedsvc.logs import set_up_logs
from feedsvc.runtime.guard import guard_database
from feedsvc.runtime.heartbeat import send_heartbeats
from feedsvc.runtime.instance import ServiceInstance, open_instance
from feedsvc.runtime.reload import keep_fixed
from feedsvc.runtime.systemd import Notifier, inherited_sockets, notifier_from
from feedsvc.runtime.terminal import Terminal
from feedsvc.services.vocabulary import load_vocabulary
from feedsvc.settings import Loaded, Settings, SettingsError, find_suspicious
from feedsvc.store.database import DatabaseError, UnwritableError
from feedsvc.store.lock import Lock, leader_lock
from feedsvc.web.metrics.meters import Meters
from feedsvc.web.server.listen import Listeners
from feedsvc.web.server.serve import SwitchTo, Tasks, serve_app

Load = Callable[[], Loaded]
Ready = Callable[[Settings], None]

log = structlog.get_logger("feedsvc.serve")


async def serve(load: Load, *, ready: Ready) -> int:
    """Serve until told to stop; return the exit status, 1 if a background task crashed.

    `load` reads the settings, at the start and on every SIGHUP; `ready` is called once connections
    are accepted.

    Raises:
        SettingsError: The settings cannot be used.
        VocabularyError: The vocabulary cannot be used.
        DatabaseError: The store cannot be used.
        ListenError: The port cannot be opened.
    """
    loaded = load()
    _set_up_logs(loaded)
    leader = leader_lock(loaded.settings.database)
    # Counters continue over every reload.
    meters = Meters()
    vocabulary = load_vocabulary(loaded.settings.taxonomy_dir)
    instance = await open_instance(loaded.settings, vocabulary, leader=leader, meters=meters)
    service = Service(
        instance,
        notifier_from(os.environ, pid=os.getpid()),
        load=load,
        leader=leader,
        meters=meters,
    )
    return await service.run(ready)


class Service:
    """Serves one instance after another and keeps the supervisor informed."""

    def __init__(
        self,
        instance: ServiceInstance,
        notifier: Notifier,
        *,
        load: Load,
        leader: Lock,
        meters: Meters,
    ) -> None:
        self._instance = instance
        self._notifier = notifier
        self._load = load
        self._leader = leader
        self._meters = meters
        self._stop = asyncio.Event()
        self._hangup = asyncio.Event()
        self._must_reopen = False
        self._terminal = Terminal()
        self._watching = instance.start_watching()
        self._guarding = asyncio.create_task(
            guard_database(lambda: self._instance, self._request_reopening),
            name="guard the database",
        )

    async def run(self, ready: Ready) -> int:
        """Serve until told to stop; return the exit status."""

        def note_ready(addresses: Sequence[str]) -> None:
            self._notifier.send_ready()
            settings = self._instance.settings
            log.info("serving", addresses=list(addresses), base_url=settings.base_url)
            ready(settings)

        try:
            async with self._informing_supervisor():
                return await serve_app(
                    self._instance.app,
                    self._instance.settings,
                    tasks=self._tasks,
                    listeners=Listeners(main=inherited_sockets(os.environ, pid=os.getpid())),
                    ready=note_ready,
                    reload=self._reload_or_stop,
                    stop=self._stop,
                    hangup=self._hangup,
                )
        finally:
            self._guarding.cancel()
            await asyncio.gather(self._guarding, return_exceptions=True)
            await self._instance.close()

    @property
    def _tasks(self) -> Tasks:
        return (self._watching, self._guarding)

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
        running = self._instance
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
        else:
            log.info("reloaded")
        self._notifier.send_ready()

    async def _open_next(self) -> ServiceInstance:
        loaded = await asyncio.to_thread(self._load)
        vocabulary = await asyncio.to_thread(load_vocabulary, loaded.settings.taxonomy_dir)
        _set_up_logs(loaded)
        settings = keep_fixed(loaded, self._instance.settings)
        return await open_instance(settings, vocabulary, leader=self._leader, meters=self._meters)

    async def _replace(self, new: ServiceInstance, switch_to: SwitchTo) -> None:
        try:
            await switch_to(new.app, new.settings)
        except BaseException:
            await new.close()
            raise
        last, self._instance = self._instance, new
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
            lambda: self._instance.heartbeat,
            # A reload replaces the instance.
            status=lambda: self._instance.describe_status(),  # noqa: PLW0108
        )

    async def _report_stopping(self) -> None:
        await self._stop.wait()
        self._notifier.send_stopping()


def _set_up_logs(loaded: Loaded) -> None:
    settings = loaded.settings
    set_up_logs(level=settings.log_level, form=settings.log_format)
    for warning in (*loaded.notes, *find_suspicious(settings)):
        log.warning("suspicious setting", reason=warning)
