"""Talks to systemd: takes over its sockets (sd_listen_fds(3)), reports state (sd_notify(3))."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping
from contextlib import suppress

FIRST_SOCKET = 3
MICROSECONDS = 1_000_000


class Notifier:
    """Reports the state of the service; without an address, nothing is sent.

    `watchdog` is the number of seconds within which systemd wants a heartbeat; 0 for never.
    """

    def __init__(self, address: str = "", *, watchdog: float = 0) -> None:
        self._address = address
        self.watchdog = watchdog

    def send_ready(self) -> None:
        """Report that connections are accepted, after a start or a reload."""
        self._send("READY=1")

    def send_reloading(self) -> None:
        """Report that settings are being read again; `send_ready` ends this state."""
        micros = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        self._send("RELOADING=1", f"MONOTONIC_USEC={micros}")

    def send_stopping(self) -> None:
        """Report that open requests are being finished and no others accepted."""
        self._send("STOPPING=1")

    def send_heartbeat(self) -> None:
        """Restart the watchdog's timer."""
        self._send("WATCHDOG=1")

    def send_status(self, status: str) -> None:
        """Report one line for people, shown by `systemctl status`."""
        self._send("STATUS=" + " ".join(status.split()))

    def _send(self, *lines: str) -> None:
        if not self._address:
            return
        # An abstract address begins with a NUL, which an environment variable cannot contain.
        address = "\0" + self._address[1:] if self._address[0] == "@" else self._address
        with (
            suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel,
        ):
            # A supervisor that does not read must not block the service.
            channel.setblocking(False)  # noqa: FBT003 - the call is the library's
            channel.sendto("\n".join(lines).encode(), address)


def notifier_from(environ: Mapping[str, str], *, pid: int) -> Notifier:
    """The notifier for the supervisor named in an environment."""
    ours = environ.get("WATCHDOG_PID", str(pid)) == str(pid)
    micros = environ.get("WATCHDOG_USEC", "")
    return Notifier(
        environ.get("NOTIFY_SOCKET", ""),
        watchdog=int(micros) / MICROSECONDS if ours and micros.isdecimal() else 0,
    )


def inherited_sockets(environ: Mapping[str, str], *, pid: int) -> tuple[socket.socket, ...]:
    """The listening sockets passed to process `pid`; empty without a supervisor.

    They outlive this process: clients that connect during a restart wait instead of being refused.
    """
    count = environ.get("LISTEN_FDS", "")
    if environ.get("LISTEN_PID") != str(pid) or not count.isdecimal():
        return ()
    return tuple(_adopt(number) for number in range(FIRST_SOCKET, FIRST_SOCKET + int(count)))


def _adopt(number: int) -> socket.socket:
    os.set_inheritable(number, False)  # noqa: FBT003 - the call is the library's
    adopted = socket.socket(fileno=number)
    adopted.setblocking(False)  # noqa: FBT003
    return adopted
