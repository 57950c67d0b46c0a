"""What systemd hears over a real datagram socket, and the sockets it passes to a real child."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedsvc.runtime.systemd import Notifier, inherited_sockets, notifier_from


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"{tmp_path}/notify")
        listening.settimeout(5)
        yield listening


def test_each_state_is_sent_in_its_own_datagram(listener: socket.socket) -> None:
    notifier = Notifier(listener.getsockname())
    notifier.send_ready()
    notifier.send_heartbeat()
    notifier.send_stopping()
    assert [listener.recv(100) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"STOPPING=1"]


def test_reloading_includes_the_time_the_protocol_asks_for(listener: socket.socket) -> None:
    Notifier(listener.getsockname()).send_reloading()
    state, stamp = listener.recv(100).decode().split("\n")
    assert state == "RELOADING=1"
    assert stamp.removeprefix("MONOTONIC_USEC=").isdecimal()


def test_a_status_cannot_smuggle_in_another_state(listener: socket.socket) -> None:
    Notifier(listener.getsockname()).send_status("2 seeds\nREADY=1")
    assert listener.recv(100) == b"STATUS=2 seeds READY=1"


def test_an_abstract_address_is_reached() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind("\0feedsvc-notify-test")
        Notifier("@feedsvc-notify-test").send_ready()
        assert listening.recv(100) == b"READY=1"


def test_without_a_supervisor_or_with_a_deaf_one_nothing_happens(tmp_path: Path) -> None:
    Notifier().send_ready()
    Notifier(f"{tmp_path}/nobody").send_ready()


@pytest.mark.parametrize(
    ("environ", "seconds"),
    [
        ({}, 0),
        ({"WATCHDOG_USEC": "30000000"}, 30),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "7"}, 30),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "8"}, 0),
        ({"WATCHDOG_USEC": "soon"}, 0),
    ],
)
def test_the_watchdog_applies_if_it_is_for_this_process(
    environ: dict[str, str],
    seconds: float,
) -> None:
    assert notifier_from(environ, pid=7).watchdog == seconds


CHILD = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
from feedsvc.runtime.systemd import inherited_sockets
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
def test_sockets_for_another_process_are_left_alone(environ: dict[str, str]) -> None:
    meant = {name: value.format(pid=os.getpid()) for name, value in environ.items()}
    assert inherited_sockets(meant, pid=os.getpid()) == ()
