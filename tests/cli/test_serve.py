"""A running service told to reload, by its signal and its settings file."""

from __future__ import annotations

import os
import pty
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from feedsvc.cli.serve import hold_on
from feedsvc.settings import Loaded, Settings, Source
from tests.running import Running, free_port, running, wait_until

SEED = "A late frost spares the orchards\nGrowers lit small fires between the rows.\n"


def loaded(settings: Settings, base_url: Source = Source.DEFAULT) -> Loaded:
    return Loaded(settings=settings, sources={"base_url": base_url}, file=None, notes=())


def test_a_reload_keeps_what_a_running_process_cannot_change() -> None:
    old, new = Settings(port=8001), Settings(port=8002, title="New", database_url=DATABASE)
    held = hold_on(loaded(new), old)
    assert (held.port, held.database_url, held.title) == (8001, old.database_url, "New")
    assert held.base_url == old.base_url


def test_a_reload_takes_a_base_url_that_is_set() -> None:
    new = Settings(port=8001, base_url="https://feeds.example")
    assert hold_on(loaded(new, Source.FILE), Settings(port=8001)).base_url == new.base_url


DATABASE = "sqlite+aiosqlite:////elsewhere/a.db"


def start_with_a_seed(folder: Path) -> None:
    (folder / "seeds").mkdir()
    (folder / "seeds/a.txt").write_text(SEED)


def shows(service: Running, text: str) -> bool:
    return text.encode() in service.get("/feeds/all.atom")


def test_sighup_takes_new_settings_and_keeps_the_old_when_they_are_wrong(tmp_path: Path) -> None:
    start_with_a_seed(tmp_path)
    file = tmp_path / "feedsvc.toml"
    file.write_text('title = "Old"\n')
    with running(tmp_path) as service:
        assert shows(service, "<title>Old</title>")
        file.write_text('title = "New"\n')
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: shows(service, "<title>New</title>"), what="the new title shows")
        file.write_text("titel = 1\n")
        service.process.send_signal(signal.SIGHUP)
        failed = "reload failed, all stays as it was"
        (line,) = wait_until(lambda: service.lines(failed), what="the reload fails")
        assert "titel" in line["reason"]
        assert shows(service, "<title>New</title>")
        (tmp_path / "seeds/b.txt").write_text("Ferries return\nThe first left at dawn.\n")
        wait_until(lambda: shows(service, "Ferries return"), what="the folder is still watched")


def test_signals_in_the_middle_of_a_scan_lose_nothing(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    with running(tmp_path) as service:
        for number in range(300):
            text = f"Log of pier {number}\nIts watch wrote of a calm night {number}.\n"
            (tmp_path / "seeds" / f"{number}.txt").write_text(text)
        wait_until(lambda: service.lines("seed accepted"), what="some are in")
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: service.lines("reloaded"), what="it is reloaded")
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(30) == 0
        assert "Traceback" not in service.log.read_text()
    with running(tmp_path, feed_size="1000") as service:
        said = b'"entries": 300,'
        wait_until(lambda: said in service.get("/readyz"), what="all are in")


def test_a_port_in_use_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = subprocess.run(
            [sys.executable, "-m", "feedsvc", "serve", "--port", str(port)],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert told.returncode == 2
    assert told.stderr == (
        f"feedsvc: cannot listen on http://127.0.0.1:{port}: Address already in use: "
        "expected a free address: see --host and --port\n"
    )


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


def test_a_terminal_that_is_closed_ends_it(in_terminal: Callable[..., InTerminal]) -> None:
    service = in_terminal()
    service.hang_up()
    assert service.process.wait(20) == 0
    assert not service.says("reloaded")


def test_a_shell_that_says_so_before_its_terminal_is_gone_ends_it(
    in_terminal: Callable[..., InTerminal],
) -> None:
    service = in_terminal()
    service.process.send_signal(signal.SIGHUP)
    time.sleep(0.2)
    service.hang_up()
    assert service.process.wait(20) == 0


def test_sighup_in_an_open_terminal_is_a_wish(in_terminal: Callable[..., InTerminal]) -> None:
    service = in_terminal()
    service.process.send_signal(signal.SIGHUP)
    wait_until(lambda: service.says("reloaded"), what="it is reloaded")


def test_under_nohup_it_outlives_its_terminal(in_terminal: Callable[..., InTerminal]) -> None:
    service = in_terminal("nohup")
    service.hang_up()
    wait_until(lambda: service.says("reloaded"), what="it is reloaded")
    assert service.process.poll() is None
