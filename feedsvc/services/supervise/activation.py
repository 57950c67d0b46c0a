"""Takes over the listening sockets that the supervisor holds (sd_listen_fds(3))."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping

FIRST = 3


def inherited_sockets(environ: Mapping[str, str], *, pid: int) -> tuple[socket.socket, ...]:
    """The sockets passed to the process `pid`, ready to accept from; none without a supervisor.

    They outlive this process: who connects while it restarts waits instead of being refused.
    """
    count = environ.get("LISTEN_FDS", "")
    if environ.get("LISTEN_PID") != str(pid) or not count.isdecimal():
        return ()
    return tuple(_adopt(number) for number in range(FIRST, FIRST + int(count)))


def _adopt(number: int) -> socket.socket:
    os.set_inheritable(number, False)  # noqa: FBT003 - the call is the library's
    adopted = socket.socket(fileno=number)
    adopted.setblocking(False)  # noqa: FBT003
    return adopted
