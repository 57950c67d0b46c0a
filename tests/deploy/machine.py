"""A machine with a real systemd: this machine's files under an overlay, booted in a container."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import feedsvc

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
TOOLS = ("systemd-nspawn", "nsenter", "unshare", "mount", "pgrep")
TARGET = """\
[Unit]
Description=What the tests need
Requires=basic.target
After=basic.target
AllowIsolate=yes
"""
# Looks like an installation, but runs the interpreter and the packages of this test run.
PROGRAM = """\
#!/opt/feedsvc/bin/python
import sys
sys.path.insert(0, "/opt/feedsvc/src")
from feedsvc.cli import main
main(prog_name="feedsvc")
"""


def missing() -> str:
    """Return why no machine can be booted here, or an empty string."""
    if os.geteuid() != 0:
        return "a machine is booted by root only"
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    return f"not installed: {', '.join(absent)}" if absent else ""


@dataclass(frozen=True)
class Machine:
    """A booted machine; seen from outside, its files are under `root`."""

    root: Path
    leader: int

    def run(self, command: str, *, check: bool = True) -> str:
        """Run a shell command in the machine and return its output, standard error included."""
        into = ["nsenter", "-t", str(self.leader), "-m", "-p", "-n", "-u", "-i", "-C"]
        done = subprocess.run(
            [*into, "/bin/sh", "-c", command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=60,
        )
        assert not check or done.returncode == 0, f"{command}: {done.stdout}"
        return done.stdout

    def show(self, name: str, unit: str = "feedsvc.service") -> str:
        """Return a property of a unit."""
        return self.run(f"systemctl show -P {name} {unit}").strip()

    def journal(self) -> str:
        """Return what the service logged, except for requests."""
        read = "journalctl -q --no-pager -o cat -u feedsvc.service"
        return self.run(f"{read} | grep -v 'request answered'", check=False)

    def python(self, code: str, *arguments: str) -> str:
        """Run Python code with the installed interpreter and return its output."""
        quoted = " ".join(shlex.quote(part) for part in ("-c", code, *arguments))
        return self.run(f"/opt/feedsvc/bin/python {quoted}")

    def wait(self, what: str, condition: str, *, seconds: float = 30) -> None:
        """Wait until a shell condition is true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.run(f"if {condition}; then echo yes; fi", check=False).endswith("yes\n"):
                return
            time.sleep(0.1)
        raise AssertionError(f"{what}: did not come to be\n{self.journal()}")


@contextmanager
def booted(work: Path) -> Iterator[Machine]:
    """Boot a machine with the service installed but not started, in the empty folder `work`."""
    holder = _hold_mounts()
    inside = ["nsenter", "-t", str(holder.pid), "-m"]
    root = work / "root"
    try:
        subprocess.run(
            [*inside, "sh", "-ec", _mounting(work, root)],
            check=True,
            capture_output=True,
            text=True,
        )
        seen = Path(f"/proc/{holder.pid}/root{root}")
        _install(seen)
        with (work / "console").open("wb") as console:
            nspawn = subprocess.Popen(
                [*inside, *_nspawn(root)],
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
            )
        try:
            leader = _leader_of(nspawn.pid)
            machine = Machine(root=seen, leader=leader)
            _await_boot(machine, work)
            yield machine
        finally:
            _power_off(nspawn)
    finally:
        # The mounts disappear with the namespace, and the namespace with its last process.
        holder.kill()
        holder.wait()


def _hold_mounts() -> subprocess.Popen[bytes]:
    """Start a process that keeps a separate mount namespace alive."""
    script = "echo ready; exec sleep infinity"
    holder = subprocess.Popen(
        ["unshare", "--mount", "--propagation", "private", "sh", "-c", script],
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    with holder.stdout as output:
        assert output.readline() == b"ready\n"
    return holder


def _mounting(work: Path, root: Path) -> str:
    upper = work / "upper"
    return f"""
        mkdir -p {upper} {root}
        mount -t tmpfs -o size=512m,mode=755 tmpfs {upper}
        mkdir -p {upper}/data {upper}/work
        mount -t overlay overlay -o lowerdir=/,upperdir={upper}/data,workdir={upper}/work {root}
        mkdir -p {root}/opt/python {root}/opt/feedsvc/packages
        mount --bind {sys.base_prefix} {root}/opt/python
        mount --bind {_site_packages()} {root}/opt/feedsvc/packages
    """


def _install(root: Path) -> None:
    """Install the program and its units as docs/operations.md says."""
    home = root / "opt/feedsvc"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    (home / "bin").mkdir()
    (home / "lib" / version).mkdir(parents=True)
    (home / "lib" / version / "site-packages").symlink_to("/opt/feedsvc/packages")
    (home / "bin/python").symlink_to(f"/opt/python/bin/{version}")
    (home / "pyvenv.cfg").write_text("home = /opt/python/bin\n")
    package = Path(feedsvc.__file__).parent
    shutil.copytree(package, home / "src/feedsvc", ignore=shutil.ignore_patterns("__pycache__"))
    (home / "bin/feedsvc").write_text(PROGRAM)
    (home / "bin/feedsvc").chmod(0o755)
    units = root / "etc/systemd/system"
    for name in ("feedsvc.service", "feedsvc.socket"):
        shutil.copy(DEPLOY / name, units / name)
    (units / "tests.target").write_text(TARGET)
    (root / "usr/lib/sysusers.d").mkdir(parents=True, exist_ok=True)
    shutil.copy(DEPLOY / "feedsvc.sysusers", root / "usr/lib/sysusers.d/feedsvc.conf")
    shutil.copy(DEPLOY / "feedsvc.tmpfiles", root / "usr/lib/tmpfiles.d/feedsvc.conf")
    # Let the loader find the shared library of the interpreter in its new place.
    (root / "etc/ld.so.conf.d/00-python.conf").write_text("/opt/python/lib\n")
    subprocess.run(["ldconfig", "-r", str(root)], check=True, capture_output=True)
    (root / "etc/machine-id").unlink(missing_ok=True)
    (root / "etc/machine-id").write_text("")


def _nspawn(root: Path) -> list[str]:
    return [
        "systemd-nspawn",
        "-q",
        "--boot",
        "--register=no",
        "--keep-unit",
        "--private-network",
        "--console=pipe",
        "--link-journal=no",
        "-D",
        str(root),
        f"--machine=feedsvc-{os.getpid()}",
        "systemd.unit=tests.target",
    ]


def _leader_of(nspawn: int) -> int:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        found = subprocess.run(
            ["pgrep", "-x", "-P", str(nspawn), "systemd"],
            capture_output=True,
            text=True,
            check=False,
        )
        if found.stdout.strip():
            return int(found.stdout)
        time.sleep(0.05)
    raise AssertionError("the machine did not start")


def _await_boot(machine: Machine, work: Path) -> None:
    try:
        machine.wait("boot", "systemctl is-active -q tests.target")
    except AssertionError as error:
        raise AssertionError((work / "console").read_text(errors="replace")) from error
    machine.run("systemd-sysusers feedsvc.conf; systemd-tmpfiles --create feedsvc.conf")


def _power_off(nspawn: subprocess.Popen[bytes]) -> None:
    leader = subprocess.run(
        ["pgrep", "-x", "-P", str(nspawn.pid), "systemd"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    if leader:
        os.kill(int(leader), signal.SIGRTMIN + 4)
    try:
        nspawn.wait(20)
    except subprocess.TimeoutExpired:
        nspawn.kill()
        nspawn.wait()


def _site_packages() -> str:
    return next(path for path in sys.path if path.endswith("site-packages"))
