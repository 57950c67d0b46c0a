"""What the supervisor hears, over a real datagram socket."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedsvc.services.supervise.notify import Notifier, notifier_of


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"{tmp_path}/notify")
        listening.settimeout(5)
        yield listening


def test_each_state_is_told_in_a_datagram_of_its_own(ear: socket.socket) -> None:
    notifier = Notifier(ear.getsockname())
    notifier.tell_ready()
    notifier.tell_alive()
    notifier.tell_stopping()
    assert [ear.recv(100) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"STOPPING=1"]


def test_reloading_carries_the_time_that_the_protocol_asks_for(ear: socket.socket) -> None:
    Notifier(ear.getsockname()).tell_reloading()
    state, stamp = ear.recv(100).decode().split("\n")
    assert state == "RELOADING=1"
    assert stamp.removeprefix("MONOTONIC_USEC=").isdecimal()


def test_a_status_cannot_smuggle_in_another_state(ear: socket.socket) -> None:
    Notifier(ear.getsockname()).tell_status("2 seeds\nREADY=1")
    assert ear.recv(100) == b"STATUS=2 seeds READY=1"


def test_an_abstract_address_is_reached() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind("\0feedsvc-notify-test")
        Notifier("@feedsvc-notify-test").tell_ready()
        assert listening.recv(100) == b"READY=1"


def test_without_a_supervisor_or_with_a_deaf_one_nothing_happens(tmp_path: Path) -> None:
    Notifier().tell_ready()
    Notifier(f"{tmp_path}/nobody").tell_ready()


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
def test_the_watchdog_counts_if_it_is_meant_for_this_process(
    environ: dict[str, str],
    seconds: float,
) -> None:
    assert notifier_of(environ, pid=7).watchdog == seconds
