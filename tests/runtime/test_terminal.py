"""What SIGHUP means to a service started in a terminal."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.running import free_port, wait_until

IN_A_TERMINAL = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
if "nohup" in sys.argv:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
os.execv(sys.executable, [sys.executable, "-m", "feedsvc", "serve"])
"""


@dataclass
class InTerminal:
    """A service whose controlling terminal is a pseudo-terminal; `ours` is its other end."""

    process: subprocess.Popen[bytes]
    ours: int
    log: Path

    def says(self, event: str) -> bool:
        return event in self.log.read_text()

    def hang_up(self) -> None:
        """What the kernel does to all that run in a terminal: it sends SIGHUP, too."""
        os.close(self.ours)
        self.ours = -1


@pytest.fixture
def in_terminal(tmp_path: Path) -> Iterator[Callable[..., InTerminal]]:
    started: list[InTerminal] = []

    def start(*words: str) -> InTerminal:
        ours, theirs = pty.openpty()
        log = tmp_path / "log"
        environment = {"PATH": os.environ["PATH"], "FEEDSVC_PORT": str(free_port())}
        with log.open("wb") as lines:
            process = subprocess.Popen(
                [sys.executable, "-c", IN_A_TERMINAL, *words],
                cwd=tmp_path,
                env=environment,
                stdin=theirs,
                stdout=subprocess.DEVNULL,
                stderr=lines,
                start_new_session=True,
            )
        os.close(theirs)
        service = InTerminal(process, ours, log)
        started.append(service)
        wait_until(lambda: service.says("serving"), what="it serves")
        return service

    yield start
    for service in started:
        if service.ours >= 0:
            service.hang_up()
        service.process.kill()
        service.process.wait()


def test_closing_the_terminal_stops_the_service(in_terminal: Callable[..., InTerminal]) -> None:
    service = in_terminal()
    service.hang_up()
    assert service.process.wait(20) == 0
    assert not service.says("reloaded")


def test_sighup_from_a_shell_shortly_before_the_terminal_closes_stops_the_service(
    in_terminal: Callable[..., InTerminal],
) -> None:
    service = in_terminal()
    service.process.send_signal(signal.SIGHUP)
    time.sleep(0.2)
    service.hang_up()
    assert service.process.wait(20) == 0


def test_sighup_in_an_open_terminal_reloads(in_terminal: Callable[..., InTerminal]) -> None:
    service = in_terminal()
    service.process.send_signal(signal.SIGHUP)
    wait_until(lambda: service.says("reloaded"), what="it is reloaded")


def test_under_nohup_the_service_outlives_its_terminal(
    in_terminal: Callable[..., InTerminal],
) -> None:
    service = in_terminal("nohup")
    service.hang_up()
    wait_until(lambda: service.says("reloaded"), what="it is reloaded")
    assert service.process.poll() is None
