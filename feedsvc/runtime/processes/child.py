"""A child: serves like a process alone, and tells the parent how it is doing."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from socket import socket
from typing import TYPE_CHECKING

from feedsvc.domain.classify import Vocabulary
from feedsvc.runtime.processes.channel import Channel
from feedsvc.runtime.processes.messages import (
    AcceptAlsoFor,
    Counted,
    Metrics,
    MetricsRequest,
    Others,
    Ready,
    Reloaded,
    SnapshotRequest,
    State,
    Unusable,
    Vacancy,
)
from feedsvc.runtime.processes.ports import Ports
from feedsvc.runtime.reload import FIXED
from feedsvc.runtime.service import Service, open_service
from feedsvc.runtime.systemd import Notifier
from feedsvc.services.watch import WatchStatus
from feedsvc.settings import Loaded, Settings
from feedsvc.store.database import DatabaseError
from feedsvc.web.health.endpoints import update_metrics
from feedsvc.web.metrics.meters import Meters

if TYPE_CHECKING:
    from feedsvc.web.server.http_server import HttpServer

FAILED = 2
LOOK_SECONDS = 0.25
STATE_SECONDS = 1.0
# What a process killed by force has counted since is lost.
COUNT_SECONDS = 5.0
METRICS_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What a child gets from its parent: who it is, what to serve with, and where.

    `load` reads the settings again, and `announce` sets up its log. `ports` are those of every
    process, and `others` is what is known of their watchers at the start.
    """

    number: int
    count: int
    loaded: Loaded
    vocabulary: Vocabulary
    load: Callable[[], Loaded]
    announce: Callable[[Settings], None]
    ports: Ports
    others: tuple[WatchStatus, ...]


async def serve_as_child(role: Role, end: socket) -> int:
    """Serve until told to stop or the parent ends; return the exit status."""
    channel = await Channel.over(end)
    try:
        return await _Child(role, channel).serve()
    except DatabaseError as error:
        channel.send(Unusable(reason=str(error)))
        return FAILED
    finally:
        await channel.close()


def take_share(loaded: Loaded, running: Settings, *, count: int) -> Loaded:
    """The settings for one of so many processes.

    The parent has said already what is odd about them, and which need a restart.
    """
    fixed = {name: getattr(running, name) for name in FIXED}
    most = -(-loaded.settings.max_connections // count)
    settings = loaded.settings.model_copy(update=fixed | {"max_connections": most})
    return replace(loaded, settings=settings, notes=())


class _Child:
    def __init__(self, role: Role, channel: Channel) -> None:
        self._role = role
        self._channel = channel
        self._others: Sequence[WatchStatus] = role.others
        self._meters = Meters(gather=self._gather)
        self._gathered: dict[int, asyncio.Future[bytes]] = {}
        self._requests = itertools.count()
        self._server: HttpServer | None = None

    async def serve(self) -> int:
        first = self._share(self._role.loaded)
        service = await open_service(
            first.settings,
            self._role.vocabulary,
            notifier=Notifier(),
            load=lambda: self._share(self._role.load()),
            meters=self._meters,
            announce=lambda loaded: self._role.announce(loaded.settings),
            other_watchers=lambda: self._others,
        )
        service.on_reload = lambda reason: self._channel.send(Reloaded(reason=reason))
        tasks = (
            asyncio.create_task(self._listen(service), name="listen to the parent"),
            asyncio.create_task(self._report(service), name="report to the parent"),
        )
        closing = asyncio.create_task(self._close_ports(service), name="close the others' ports")
        try:
            return await service.run(
                lambda addresses: self._channel.send(Ready(addresses=tuple(addresses))),
                listeners=self._role.ports.listeners(self._role.number),
                started=self._note_server,
                tasks=tasks,
            )
        finally:
            for task in (*tasks, closing):
                task.cancel()
            await asyncio.gather(*tasks, closing, return_exceptions=True)
            self._channel.send(Counted(snapshot=self._meters.take_snapshot(), current=False))

    def _share(self, loaded: Loaded) -> Loaded:
        return take_share(loaded, self._role.loaded.settings, count=self._role.count)

    def _note_server(self, server: HttpServer) -> None:
        self._server = server

    async def _close_ports(self, service: Service) -> None:
        """When this process stops, nobody must wait in a queue that it alone keeps open."""
        await service.stopping()
        self._role.ports.close(but=self._role.number)

    async def _listen(self, service: Service) -> None:
        async for message in self._channel.receive():
            match message:
                case Others(watchers=watchers):
                    self._others = watchers
                case Vacancy():
                    service.instance.watcher.wake()
                case AcceptAlsoFor(numbers=numbers) if self._server is not None:
                    ports = [one for number in numbers for one in self._role.ports.main[number]]
                    await self._server.accept_also_on(ports)
                case SnapshotRequest():
                    await update_metrics(service.instance.app)
                    self._channel.send(Counted(snapshot=self._meters.take_snapshot(), current=True))
                case Metrics(count=count, text=text) if count in self._gathered:
                    self._gathered.pop(count).set_result(text)
        service.stop()  # the parent has ended

    async def _report(self, service: Service) -> None:
        loop = asyncio.get_running_loop()
        sent, due, count_due = None, 0.0, loop.time() + COUNT_SECONDS
        while True:
            instance, now = service.instance, loop.time()
            scans = self._meters.lifetime.scans
            watch = replace(instance.watcher.status, scans=scans)
            line = instance.describe_status()
            if now >= due or (line, watch) != sent:
                self._channel.send(
                    State(overdue=instance.heartbeat.overdue, line=line, watch=watch)
                )
                sent, due = (line, watch), now + STATE_SECONDS
            if now >= count_due:
                self._channel.send(Counted(snapshot=self._meters.take_snapshot(), current=False))
                count_due = now + COUNT_SECONDS
            await asyncio.sleep(LOOK_SECONDS)

    async def _gather(self) -> bytes:
        """The metrics of all processes.

        Raises:
            TimeoutError: The parent does not answer.
        """
        gathered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        count = next(self._requests)
        self._gathered[count] = gathered
        self._channel.send(MetricsRequest(count=count))
        try:
            async with asyncio.timeout(METRICS_SECONDS):
                return await gathered
        finally:
            self._gathered.pop(count, None)
