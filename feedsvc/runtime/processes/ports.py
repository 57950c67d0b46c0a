"""The listening sockets of all processes, which stay open while one of them restarts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from socket import socket

from feedsvc.settings import Settings
from feedsvc.web.server.listen import Listeners, bind_port


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """`main` sockets by the number of the process, and those for metrics, which all share.

    If a process ends, the connections that wait in its sockets' queues are not lost: the parent
    still has the sockets, and others accept on them. If the main sockets are `shared`, as those
    that systemd passes, that is so in any case.
    """

    main: dict[int, tuple[socket, ...]]
    metrics: tuple[socket, ...]
    shared: bool

    def listeners(self, number: int) -> Listeners:
        """The sockets of a process."""
        return Listeners(main=self.main[number], metrics=self.metrics, shared=self.shared)

    def close(self, *, but: int = 0) -> None:
        """Close all sockets in this process, except those that a number accepts connections on."""
        kept = {*self.main[but], *self.metrics} if but else set()
        for one in (*chain.from_iterable(self.main.values()), *self.metrics):
            if one not in kept:
                one.close()


def open_ports(settings: Settings, *, count: int, inherited: tuple[socket, ...]) -> Ports:
    """Open the ports in the settings for so many processes, or use inherited sockets.

    Raises:
        ListenError: A port cannot be opened.
    """
    numbers = range(1, count + 1)
    metrics: tuple[socket, ...] = ()
    if settings.metrics_port is not None:
        (metrics,) = bind_port(settings.host, settings.metrics_port, setting="metrics_port")
    if inherited:
        return Ports(main=dict.fromkeys(numbers, inherited), metrics=metrics, shared=True)
    rows = bind_port(settings.host, settings.port, setting="port", copies=count)
    return Ports(main=dict(zip(numbers, rows, strict=True)), metrics=metrics, shared=False)
