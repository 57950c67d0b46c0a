"""Tells the supervisor how the service is, by systemd's protocol (sd_notify(3))."""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from contextlib import suppress

MICROSECONDS = 1_000_000


class Notifier:
    """Sends a supervisor facts; without an address there is none and nothing is sent.

    `watchdog` is in seconds: how often it must hear that the service lives; 0 for never.
    """

    def __init__(self, address: str = "", *, watchdog: float = 0) -> None:
        self._address = address
        self.watchdog = watchdog

    def tell_ready(self) -> None:
        """Connections are accepted, under new settings if it was reloading."""
        self._send("READY=1")

    def tell_reloading(self) -> None:
        """Settings are read anew; `tell_ready` ends that."""
        micros = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        self._send("RELOADING=1", f"MONOTONIC_USEC={micros}")

    def tell_stopping(self) -> None:
        """Open requests are finished and no others taken."""
        self._send("STOPPING=1")

    def tell_alive(self) -> None:
        """The watchdog's clock starts anew."""
        self._send("WATCHDOG=1")

    def tell_status(self, status: str) -> None:
        """One line for people, as `systemctl status` shows it."""
        self._send("STATUS=" + " ".join(status.split()))

    def _send(self, *lines: str) -> None:
        if not self._address:
            return
        # An abstract address begins with a null byte, which environments cannot hold.
        address = "\0" + self._address[1:] if self._address[0] == "@" else self._address
        with (
            suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel,
        ):
            # A supervisor that does not read must not hold up what it supervises.
            channel.setblocking(False)  # noqa: FBT003 - the call is the library's
            channel.sendto("\n".join(lines).encode(), address)


def notifier_of(environ: Mapping[str, str], *, pid: int) -> Notifier:
    """The notifier for the supervisor that an environment names."""
    meant = environ.get("WATCHDOG_PID", str(pid)) == str(pid)
    micros = environ.get("WATCHDOG_USEC", "")
    return Notifier(
        environ.get("NOTIFY_SOCKET", ""),
        watchdog=int(micros) / MICROSECONDS if meant and micros.isdecimal() else 0,
    )
