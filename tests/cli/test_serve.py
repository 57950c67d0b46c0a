"""A running service told to reload, by its signal and its settings file."""

from __future__ import annotations

import os
import pty
import signal
import socket
import subprocess
import sys
from pathlib import Path

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


def test_a_terminal_that_is_closed_ends_it(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "FEEDSVC_PORT": str(free_port())}
    log = tmp_path / "log"
    with log.open("wb") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", "feedsvc", "serve"],
            cwd=tmp_path,
            env=environment,
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=lines,
            start_new_session=True,
        )
    os.close(theirs)
    try:
        wait_until(lambda: "serving" in log.read_text(), what="it serves")
        os.close(ours)
        process.send_signal(signal.SIGHUP)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
