"""Sockets that a supervisor passes on, handed to a real child as it would."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from feedsvc.services.supervise.activation import inherited_sockets

CHILD = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
from feedsvc.services.supervise.activation import inherited_sockets
environ = dict(os.environ, LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
(found,) = inherited_sockets(environ, pid=os.getpid())
print(found.getsockname()[1], found.getblocking(), os.get_inheritable(found.fileno()))
"""


def test_a_socket_passed_as_descriptor_3_is_taken_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as given:
        port = given.getsockname()[1]
        child = subprocess.run(
            [sys.executable, "-c", CHILD, str(given.fileno())],
            pass_fds=[given.fileno()],
            capture_output=True,
            text=True,
            check=True,
        )
    assert child.stdout.split() == [str(port), "False", "False"]


@pytest.mark.parametrize(
    "environ",
    [{}, {"LISTEN_FDS": "1"}, {"LISTEN_FDS": "1", "LISTEN_PID": "1"}, {"LISTEN_PID": "{pid}"}],
)
def test_what_is_meant_for_another_process_is_left_alone(environ: dict[str, str]) -> None:
    meant = {name: value.format(pid=os.getpid()) for name, value in environ.items()}
    assert inherited_sockets(meant, pid=os.getpid()) == ()
