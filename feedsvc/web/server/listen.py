"""Opens the sockets that clients connect to, for one process or several."""

from __future__ import annotations

import errno
import os
import socket
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

# What follows an IPv4 or IPv6 family is for the library to know.
_Address = tuple[socket.AddressFamily, tuple[Any, ...]]


class ListenError(OSError):
    """A port cannot be opened; `setting` is the one to change."""

    def __init__(self, message: str, *, setting: str) -> None:
        super().__init__(message)
        self.setting = setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Listeners:
    """Sockets to use instead of the ports in the settings, where there are any.

    `shared` means that other processes accept connections on the same `main` sockets: then each
    takes one at a time, so that a burst is spread over all of them.
    """

    main: tuple[socket.socket, ...] = ()
    metrics: tuple[socket.socket, ...] = ()
    shared: bool = False


NO_LISTENERS = Listeners()


def bind_port(
    host: str, port: int, *, setting: str, copies: int = 1
) -> tuple[tuple[socket.socket, ...], ...]:
    """Bind so many sockets to each address of a host; an item of the result has one for each.

    The kernel spreads connections over those of an address that listen (`SO_REUSEPORT`, socket(7)).
    Other programs still cannot use the port: nobody may be listening on it.

    Raises:
        ListenError: The port cannot be bound.
    """
    name = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        addresses = dict.fromkeys((family, address) for family, _, _, _, address in found)
        columns = tuple(_bind(address, copies=copies) for address in addresses)
    except OSError as error:
        raise explain_listen_error(error, name=name, port=port, setting=setting) from error
    return tuple(zip(*columns, strict=True))


def explain_listen_error(error: OSError, *, name: str, port: int, setting: str) -> ListenError:
    """The ListenError for a failed attempt to listen on an address named `name`."""
    # A resolver's error numbers are negative; asyncio's own message repeats the address.
    number = error.errno or 0
    if number == errno.EADDRINUSE:
        return ListenError(f"port {port} is already in use", setting=setting)
    if number < 0 or number == errno.EADDRNOTAVAIL:
        setting = "host"
    reason = os.strerror(number) if number > 0 else error.strerror or str(error)
    return ListenError(f"cannot listen on {name}: {reason}", setting=setting)


def _bind(address: _Address, *, copies: int) -> tuple[socket.socket, ...]:
    family, place = address
    if copies == 1:
        return (_bind_one(family, place, reuse=False),)
    # Sockets that share a port would let a second service join in unnoticed.
    with _bind_one(family, place, reuse=False) as probe:
        place = (place[0], probe.getsockname()[1], *place[2:])
    with ExitStack() as stack:
        bound = tuple(
            stack.enter_context(_bind_one(family, place, reuse=True)) for _ in range(copies)
        )
        stack.pop_all()
        return bound


def _bind_one(
    family: socket.AddressFamily, place: tuple[Any, ...], *, reuse: bool
) -> socket.socket:
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setblocking(False)  # noqa: FBT003 - the call is the library's
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if reuse:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.bind(place)
    except OSError:
        bound.close()
        raise
    return bound
