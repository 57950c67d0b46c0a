"""A real service of several processes: together they answer, count and stop like one."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.running import Running, free_port, running, wait_until

SEED = "A late frost spares the orchards\nGrowers lit small fires between the rows.\n"
CLIENTS = 3
FEED = "/feeds/all.atom"
LINE = re.compile(r"^feedsvc_requests_total\{(.*)\} (\S+)$", re.MULTILINE)


def write_seed(folder: Path) -> None:
    (folder / "seeds").mkdir(exist_ok=True)
    (folder / "seeds/a.txt").write_text(SEED)


def children(service: Running) -> dict[int, int]:
    """Return the process IDs of the children by number, as their last lines tell them."""
    listed = Path(f"/proc/{service.process.pid}/task/{service.process.pid}/children")
    return dict(enumerate(map(int, listed.read_text().split()), start=1))


def fetch(service: Running, path: str = FEED) -> None:
    """Send a request on a connection of its own; fail unless it is answered with 200."""
    with urlopen(service.base_url + path, timeout=30) as answer:  # noqa: S310 - our own URL
        answer.read()


def answering(service: Running) -> set[int]:
    """Return the numbers of the processes that have answered a request for the feed."""
    return {line["process"] for line in service.lines("request answered") if line["path"] == FEED}


def count_requests(service: Running) -> float:
    text = service.get("/metrics").decode()
    return sum(float(value) for labels, value in LINE.findall(text) if "/feeds/all" in labels)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@contextmanager
def under_load(service: Running) -> Iterator[list[BaseException]]:
    """Send requests without a pause, each on its own connection; the value lists the failures."""
    failures: list[BaseException] = []
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            try:
                fetch(service)
            except OSError as error:
                failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield failures
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def test_all_processes_answer_and_count_as_one(tmp_path: Path) -> None:
    write_seed(tmp_path)
    with running(tmp_path, processes="2") as service:
        assert b"A late frost" in service.get(FEED)
        sent = 1
        while answering(service) != {1, 2}:
            fetch(service)
            sent += 1
        # Each of them gives the sum.
        assert [count_requests(service) for _ in range(6)] == [sent] * 6
        watcher = json.loads(service.get("/readyz"))["watcher"]
        assert (watcher["alive"], watcher["leader"]) == (True, True)
        (line,) = service.lines("serving")
        assert line["processes"] == 2
        assert "process" not in line
        pids = children(service)
    assert len(pids) == 2
    assert service.process.returncode == 0
    assert not any(map(is_alive, pids.values()))


def test_another_process_leads_when_the_leader_is_killed_and_nobody_notices(
    tmp_path: Path,
) -> None:
    write_seed(tmp_path)
    with running(tmp_path, processes="2", rescan_seconds="3600") as service:
        for _ in range(8):
            fetch(service)
        before = count_requests(service)
        leader = children(service)[1]
        with under_load(service) as failures:
            os.kill(leader, signal.SIGKILL)
            (line,) = wait_until(
                lambda: service.lines("now the leader"), what="the other one leads"
            )
            assert line["process"] == 2
            (ended,) = service.lines("process ended")
            assert (ended["process"], ended["signal"]) == (1, "SIGKILL")
            (tmp_path / "seeds/b.txt").write_text("Ferries return\nThe first left at dawn.\n")
            wait_until(lambda: b"Ferries return" in service.get(FEED), what="it watches")
            standby = "standby: another process is the leader"
            wait_until(
                lambda: 1 in {line["process"] for line in service.lines(standby)},
                what="the first one is back",
            )
            start = len(service.lines("request answered"))
            wait_until(
                lambda: (
                    1 in {line["process"] for line in service.lines("request answered")[start:]}
                ),
                what="it answers again",
            )
        # Only what the killed one was answering is lost.
        assert len(failures) <= CLIENTS
        assert count_requests(service) > before
        assert json.loads(service.get("/readyz"))["status"] == "ready"


def test_a_reload_under_load_costs_no_request(tmp_path: Path) -> None:
    write_seed(tmp_path)
    file = tmp_path / "feedsvc.toml"
    file.write_text('title = "Old"\n')
    with running(tmp_path, processes="2") as service:
        with under_load(service) as failures:
            file.write_text('title = "New"\nprocesses = 3\n')
            service.process.send_signal(signal.SIGHUP)
            wait_until(
                lambda: any("process" not in line for line in service.lines("reloaded")),
                what="all are reloaded",
            )
        assert failures == []
        assert sorted(line.get("process", 0) for line in service.lines("reloaded")) == [0, 1, 2]
        for _ in range(8):
            assert b"<title>New</title>" in service.get(FEED)
        file.write_text("titel = 1\n")
        service.process.send_signal(signal.SIGHUP)
        failed = "reload failed: keeping the current settings"
        (line,) = wait_until(lambda: service.lines(failed), what="the reload fails")
        assert "titel" in line["reason"]
        # One that starts later has the settings that work.
        os.kill(children(service)[2], signal.SIGKILL)
        wait_until(lambda: service.lines("process ended"), what="its end is noticed")
        for _ in range(8):
            assert b"<title>New</title>" in service.get(FEED)
    assert service.process.returncode == 0


def test_a_stop_under_load_finishes_what_is_being_answered(tmp_path: Path) -> None:
    write_seed(tmp_path)
    with running(tmp_path, processes="2") as service:
        address = service.base_url.removeprefix("http://").split(":")
        with socket.create_connection((address[0], int(address[1])), timeout=30) as client:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            assert client.recv(12) == b"HTTP/1.1 200"
            pids = children(service)
            service.process.send_signal(signal.SIGTERM)
            client.sendall(b"GET /feeds/all.rss HTTP/1.1\r\nHost: a\r\n\r\n")
            with client.makefile("rb") as said:
                rest = said.read()
        assert b"HTTP/1.1 200" in rest
        assert service.process.wait(60) == 0
        assert not any(map(is_alive, pids.values()))


def test_the_children_end_when_the_parent_is_killed(tmp_path: Path) -> None:
    write_seed(tmp_path)
    with running(tmp_path, processes="2") as service:
        pids = children(service)
        service.process.kill()
        wait_until(lambda: not any(map(is_alive, pids.values())), what="they end")


def test_a_child_told_to_stop_is_replaced(tmp_path: Path) -> None:
    write_seed(tmp_path)
    with running(tmp_path, processes="2") as service:
        os.kill(children(service)[1], signal.SIGTERM)
        (ended,) = wait_until(lambda: service.lines("process ended"), what="its end is noticed")
        assert (ended["process"], ended["status"]) == (1, 0)
        wait_until(lambda: len(children(service)) == 2, what="there are two again")
    assert service.process.returncode == 0


@pytest.mark.parametrize("processes", ["2", "auto"])
def test_a_port_in_use_is_reported_in_one_line(tmp_path: Path, processes: str) -> None:
    (tmp_path / "seeds").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = serve(tmp_path, "--port", str(port), "--processes", processes)
    assert ended.returncode == 2
    assert ended.stderr == f"feedsvc: port {port} is already in use; choose another with --port\n"


def test_an_unusable_database_is_reported_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "var").mkdir()
    (tmp_path / "var/feedsvc.db").write_text("This is not a database. " * 100)
    ended = serve(tmp_path, "--port", str(free_port()), "--processes", "2")
    assert ended.returncode == 2
    assert ended.stderr.startswith("feedsvc: var/feedsvc.db: ")
    assert ended.stderr.count("\n") == 1


def serve(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "feedsvc", "serve", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_all_share_a_socket_that_was_passed_in_and_systemd_hears_from_the_parent_only(
    tmp_path: Path,
) -> None:
    write_seed(tmp_path)
    with (
        socket.create_server(("127.0.0.1", 0), backlog=64) as passed,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd,
        activated(tmp_path, passed, systemd, processes="2") as service,
    ):
        while answering(service) != {1, 2}:
            fetch(service)
        said: list[bytes] = []
        status = b"STATUS=Publishing 1 entries; 2 processes"
        wait_until(lambda: status in hear(systemd, said), what="the status is reported")
        os.kill(children(service)[1], signal.SIGKILL)
        with under_load(service) as failures:
            wait_until(lambda: service.lines("now the leader"), what="the other one leads")
        assert failures == []
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(60) == 0
        hear(systemd, said)
    assert said.count(b"READY=1") == 1
    assert said.count(b"STOPPING=1") == 1
    assert b"WATCHDOG=1" in said


ACTIVATE = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
os.execv(sys.executable, [sys.executable, "-m", "feedsvc", "serve"])
"""


@contextmanager
def activated(
    folder: Path, passed: socket.socket, systemd: socket.socket, **settings: str
) -> Iterator[Running]:
    """Serve on a socket as systemd passes it, and report to the other one."""
    systemd.bind(str(folder / "notify"))
    systemd.setblocking(False)  # noqa: FBT003 - the call is the library's
    environment = {
        "PATH": os.environ["PATH"],
        "NOTIFY_SOCKET": str(folder / "notify"),
        "WATCHDOG_USEC": "4000000",
        "FEEDSVC_LOG_FORMAT": "json",
        **{f"FEEDSVC_{name.upper()}": value for name, value in settings.items()},
    }
    log = folder / "service.log"
    with log.open("wb") as lines:
        process = subprocess.Popen(
            [sys.executable, "-c", ACTIVATE, str(passed.fileno())],
            env=environment,
            cwd=folder,
            stderr=lines,
            pass_fds=[passed.fileno()],
        )
    address = f"http://127.0.0.1:{passed.getsockname()[1]}"
    service = Running(seeds=folder / "seeds", base_url=address, process=process, log=log)
    try:
        wait_until(lambda: service.lines("serving"), what="it serves")
        yield service
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def hear(systemd: socket.socket, said: list[bytes]) -> list[bytes]:
    """Add what has been sent to it since to what was said before."""
    try:
        while True:
            said.append(systemd.recv(4096))
    except BlockingIOError:
        return said


CRASHING = """
import sys
from pathlib import Path
from feedsvc.cli import main
from feedsvc.runtime.processes import parent

serve, mark = parent.serve_as_child, Path(sys.argv.pop())

async def crash_once(role, channel):
    if role.number == 2 and not mark.exists():
        mark.touch()
        raise ZeroDivisionError
    return await serve(role, channel)

parent.serve_as_child = crash_once
main(["serve"])
"""


def test_a_process_that_crashes_is_logged_with_its_traceback_and_started_again(
    tmp_path: Path,
) -> None:
    write_seed(tmp_path)
    program = ("-c", CRASHING, str(tmp_path / "crashed"))
    with running(tmp_path, program=program, processes="2") as service:
        (line,) = wait_until(lambda: service.lines("process crashed"), what="it is logged")
        assert "ZeroDivisionError" in str(line)
        wait_until(lambda: service.lines("process ended"), what="its end is logged")
        wait_until(lambda: fetch(service) or answering(service) == {1, 2}, what="both answer")


def test_a_process_that_does_not_stop_in_time_is_killed(tmp_path: Path) -> None:
    write_seed(tmp_path)
    with running(tmp_path, processes="2", shutdown_seconds="0.2") as service:
        os.kill(children(service)[2], signal.SIGSTOP)
    assert service.process.returncode == 1
    assert service.lines("process killed: it did not stop in time")
