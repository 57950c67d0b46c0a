"""The units under a real systemd: started, reloaded, stopped, killed, frozen."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.deploy.machine import DEPLOY, Machine, booted, missing

pytestmark = [
    pytest.mark.deploy,
    pytest.mark.skipif(bool(missing()), reason=missing()),
]

HERE = Path(__file__).parent
SEED = """\
Ferry crews vote on a new roster
The count in the harbour towns is due on Friday.

Bakers ask for cheaper flour
Prices have risen for a third month, the guild says.
"""
FRAIL = """\
[Service]
ExecStart=
ExecStart=/opt/feedsvc/bin/frail serve
WatchdogSec=2s
TimeoutAbortSec=1s
RestartSec=100ms
"""
QUICK = """\
[Service]
RestartSec=100ms
Environment=FEEDSVC_SETTLE_SECONDS=0.1 FEEDSVC_RESCAN_SECONDS=3
"""


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with booted(tmp_path_factory.mktemp("machine")) as made:
        shutil.copy(HERE / "client.py", made.root / "opt/client.py")
        shutil.copy(HERE / "frail.py", made.root / "opt/feedsvc/bin/frail")
        (made.root / "opt/feedsvc/bin/frail").chmod(0o755)
        drop_in(made, "10-quick.conf", QUICK)
        write_seed(made, "a.txt", SEED)
        made.run("systemctl start feedsvc.socket feedsvc.service", check=False)
        wait_for_entries(made, 2)
        yield made


def drop_in(machine: Machine, name: str, text: str) -> None:
    folder = machine.root / "etc/systemd/system/feedsvc.service.d"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    machine.run("systemctl daemon-reload")


def write_seed(machine: Machine, name: str, text: str) -> None:
    """Write a file as an editor does, readable for the service through the group only."""
    path = f"/srv/feedsvc/seeds/{name}"
    (machine.root / "opt" / name).write_text(text)
    machine.run(f"install -m 640 -o root -g feedsvc-seeds /opt/{name} {path}")


def get(machine: Machine, path: str) -> str:
    return machine.run(f"curl -sS -m 20 http://127.0.0.1:8080{path}")


def readiness(machine: Machine) -> dict[str, object]:
    answer: dict[str, object] = json.loads(get(machine, "/readyz"))
    return answer


def wait_for_entries(machine: Machine, number: int) -> None:
    has_entries = f"curl -s -m 20 http://127.0.0.1:8080/readyz | grep -q '\"entries\": {number},'"
    machine.wait(f"{number} entries", has_entries)


def wait_for_another(machine: Machine, pid: str) -> str:
    """Wait until the service is active with a process ID other than `pid`, and return that."""
    running = "systemctl is-active -q feedsvc.service"
    another = f"test $(systemctl show -P MainPID feedsvc.service) != {pid}"
    machine.wait("another process", f"{running} && {another}")
    return machine.show("MainPID")


@contextmanager
def load(machine: Machine, path: str) -> Iterator[list[str]]:
    """Send requests during the block; afterwards, count the good answers and list the bad."""
    stop = "/run/stop-the-load"
    machine.run(f"rm -f {stop}")
    into = ["nsenter", "-t", str(machine.leader), "-m", "-p", "-n"]
    asking = subprocess.Popen(
        [*into, "/opt/feedsvc/bin/python", "/opt/client.py", "8080", path, stop],
        stdout=subprocess.PIPE,
        text=True,
    )
    result: list[str] = []
    try:
        machine.run("sleep 0.5")
        yield result
        machine.run("sleep 0.5")
    finally:
        machine.run(f"touch {stop}")
        said, _ = asking.communicate(timeout=60)
        result += said.split()


def test_it_is_active_once_it_answers_and_reports_its_status(machine: Machine) -> None:
    assert machine.show("ActiveState") == "active"
    machine.wait(
        "a status",
        "systemctl show -P StatusText feedsvc.service | grep -qx 'Publishing 2 entries'",
    )


def test_it_runs_unprivileged(machine: Machine) -> None:
    pid = machine.show("MainPID")
    status = machine.run(f"cat /proc/{pid}/status")
    facts = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert facts["CapEff"].strip("0") == ""
    assert facts["CapBnd"].strip("0") == ""
    assert (facts["NoNewPrivs"], facts["Seccomp"]) == ("1", "2")
    assert 61184 <= int(facts["Uid"].split()[0]) <= 65519
    inside = f"nsenter -t {pid} -m -n"
    assert "Read-only" in machine.run(f"{inside} touch /srv/feedsvc/seeds/b.txt", check=False)
    assert machine.run(f"{inside} ip -brief link").split()[0] == "lo"


def test_a_restart_under_load_loses_no_request(machine: Machine) -> None:
    pid = machine.show("MainPID")
    with load(machine, "/feeds/all.atom") as result:
        for _ in range(3):
            machine.run("systemctl restart feedsvc.service")
    assert machine.show("MainPID") != pid
    assert int(result[0]) > 20
    assert result[1:] == []


def test_a_reload_under_load_loses_no_request_and_applies_the_new_settings(
    machine: Machine,
) -> None:
    pid = machine.show("MainPID")
    file = machine.root / "etc/feedsvc/feedsvc.toml"
    file.write_text('title = "Harbour post"\n')
    file.chmod(0o644)
    with load(machine, "/feeds/all.atom") as result:
        machine.run("systemctl reload feedsvc.service")
        machine.wait(
            "the new title",
            "curl -s http://127.0.0.1:8080/feeds/all.atom | grep -q 'Harbour post'",
        )
    assert machine.show("MainPID") == pid
    assert int(result[0]) > 20
    assert result[1:] == []


def test_a_connection_starts_the_stopped_service(machine: Machine) -> None:
    machine.run("systemctl stop feedsvc.service")
    assert machine.show("ActiveState") == "inactive"
    assert "<feed" in get(machine, "/feeds/all.atom")
    assert machine.show("ActiveState") == "active"


def test_its_data_survives_kill_9(machine: Machine) -> None:
    feed = get(machine, "/feeds/all.atom")
    pid = machine.show("MainPID")
    machine.run(f"kill -9 {pid}")
    wait_for_another(machine, pid)
    assert get(machine, "/feeds/all.atom") == feed
    assert machine.show("NRestarts") != "0"


def test_a_slow_client_gets_its_whole_answer_after_sigterm(machine: Machine) -> None:
    entries = (f"Ferry number {n} sails\nIts {n} crews are on board.\n" for n in range(1000))
    write_seed(machine, "many.txt", "\n".join(entries))
    drop_in(machine, "20-large.conf", "[Service]\nEnvironment=FEEDSVC_FEED_SIZE=1000\n")
    machine.run("systemctl restart feedsvc.service")
    wait_for_entries(machine, 1002)
    said = machine.python(SLOW_READER)
    machine.run("rm /srv/feedsvc/seeds/many.txt")
    assert said.splitlines()[-1] == "whole"
    wait_for_entries(machine, 2)


SLOW_READER = """
import socket, subprocess, time
link = socket.socket()
link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
link.connect(("127.0.0.1", 8080))
link.sendall(b"GET /feeds/all.json HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n")
got = link.recv(1000)
length = int(got.lower().split(b"content-length: ")[1].split()[0])
stopping = subprocess.Popen(["systemctl", "stop", "feedsvc.service"])
while True:
    state = ["systemctl", "show", "-P", "SubState", "feedsvc.service"]
    if subprocess.check_output(state).startswith(b"stop"):
        break
body = got.partition(b"\\r\\n\\r\\n")[2]
while part := link.recv(65536):
    body += part
stopping.wait()
print("whole" if len(body) == length else f"{len(body)} of {length}")
"""


@pytest.fixture
def frail(machine: Machine) -> Iterator[str]:
    """Start a service that fails on demand, and return its process ID."""
    drop_in(machine, "90-frail.conf", FRAIL)
    machine.run("systemctl restart feedsvc.service")
    wait_for_entries(machine, 2)
    yield machine.show("MainPID")
    (machine.root / "etc/systemd/system/feedsvc.service.d/90-frail.conf").unlink()
    machine.run("systemctl daemon-reload; systemctl restart feedsvc.service")


def test_the_watchdog_ends_a_frozen_event_loop(machine: Machine, frail: str) -> None:
    machine.run(f"kill -USR1 {frail}")
    wait_for_another(machine, frail)
    assert "Watchdog timeout" in machine.journal()
    wait_for_entries(machine, 2)


def test_the_watchdog_ends_a_frozen_watcher(machine: Machine, frail: str) -> None:
    machine.run(f"kill -USR2 {frail}")
    write_seed(machine, "b.txt", "Lamps go out early\nThe council saves on the quay.\n")
    machine.wait(
        "a last word",
        "journalctl -q -o cat -u feedsvc.service | grep -q 'watcher stuck'",
    )
    wait_for_another(machine, frail)
    wait_for_entries(machine, 3)
    machine.run("rm /srv/feedsvc/seeds/b.txt")
    wait_for_entries(machine, 2)


def test_a_crashed_watcher_makes_the_service_restart(machine: Machine, frail: str) -> None:
    machine.run(f"kill -RTMIN {frail}")
    write_seed(machine, "a.txt", SEED)
    wait_for_another(machine, frail)
    assert "the folder is cursed" in machine.journal()
    wait_for_entries(machine, 2)


def test_without_the_folder_it_serves_and_reports_itself_degraded(machine: Machine) -> None:
    machine.run("mv /srv/feedsvc/seeds /srv/feedsvc/elsewhere; systemctl restart feedsvc.service")
    machine.wait(
        "degradation",
        "systemctl show -P StatusText feedsvc.service | grep -q '^Degraded: '",
    )
    assert readiness(machine)["status"] == "degraded"
    assert "Bakers" in get(machine, "/feeds/all.atom")
    machine.run("mv /srv/feedsvc/elsewhere /srv/feedsvc/seeds")
    machine.wait(
        "recovery",
        "systemctl show -P StatusText feedsvc.service | grep -q '^Publishing'",
        seconds=60,
    )


def test_systemd_analyze_finds_no_fault_in_the_units(machine: Machine) -> None:
    units = "/etc/systemd/system/feedsvc.service /etc/systemd/system/feedsvc.socket"
    verify = "systemd-analyze verify --man=no --recursive-errors=no"
    assert machine.run(f"{verify} {units}") == ""
    security = "systemd-analyze security --offline=yes --threshold=15"
    assert "SAFE" in machine.run(f"{security} /etc/systemd/system/feedsvc.service")
    assert DEPLOY.is_dir()
