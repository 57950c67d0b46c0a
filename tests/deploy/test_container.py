"""The image, built from the real Containerfile and run unprivileged."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.running import free_port, wait_until

ROOT = Path(__file__).resolve().parents[2]
# The base images of the Containerfile, and the packages that a Debian needs to replace them.
BASES = {
    "docker.io/library/python:3.13-slim": "python3,python3-venv,ca-certificates",
    "docker.io/library/python:3.13": "python3-dev,python3-venv,ca-certificates,gcc,libc6-dev",
}
IMAGE = "localhost/feedsvc-under-test"
# pip must trust the same certificates inside as outside.
AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
TOOLS = ("podman", "buildah", "runc")
LIMITS = ("--ulimit", "nofile=1024:20000", "--ulimit", "nproc=4096:4096")


def is_known(base: str) -> bool:
    known = subprocess.run(["podman", "image", "exists", base], check=False, capture_output=True)
    return known.returncode == 0


def missing() -> str:
    """Return why no image can be built here, or an empty string."""
    if os.geteuid() != 0:
        return "images are built by root only"
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    if absent:
        return f"not installed: {', '.join(absent)}"
    if shutil.which("mmdebstrap") is None and not all(map(is_known, BASES)):
        return f"neither {' and '.join(BASES)} nor mmdebstrap is there to make them"
    return ""


pytestmark = [pytest.mark.deploy, pytest.mark.skipif(bool(missing()), reason=missing())]


def podman(*arguments: str, check: bool = True) -> str:
    done = subprocess.run(
        ["podman", *arguments], capture_output=True, text=True, check=False, timeout=400
    )
    assert not check or done.returncode == 0, f"podman {arguments[0]}: {done.stdout}{done.stderr}"
    return done.stdout


def provide(base: str, work: Path) -> None:
    """Provide a Debian with Python under the name of the base image, unless that exists."""
    if is_known(base):
        return
    tar = work / "base.tar"
    packages = f"--include={BASES[base]}"
    subprocess.run(
        ["mmdebstrap", "--quiet", "--variant=minbase", packages, "trixie", str(tar)],
        check=True,
        capture_output=True,
    )
    podman("import", "-q", str(tar), base)
    tar.unlink()


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    work = tmp_path_factory.mktemp("base")
    for base in BASES:
        provide(base, work)
    podman(
        *("build", "--quiet", "--format", "docker", "--runtime=runc", "--network=host"),
        *("--pull=never", "--volume", f"{AUTHORITIES}:{AUTHORITIES}:ro"),
        *("--env", f"PIP_CERT={AUTHORITIES}", "--unsetenv", "PIP_CERT"),
        *("--tag", IMAGE, "--file", str(ROOT / "deploy/Containerfile"), str(ROOT)),
    )
    yield IMAGE
    podman("rmi", "--force", IMAGE)
    podman("image", "prune", "--force")


@pytest.fixture
def volumes(tmp_path: Path) -> Path:
    for name in ("seeds", "state"):
        (tmp_path / name).mkdir()
        (tmp_path / name).chmod(0o755)
    os.chown(tmp_path / "state", 10001, 10001)
    (tmp_path / "seeds/a.txt").write_text("Ferry crews vote\nThe count is due on Friday.\n")
    # Only root can enter the folders of pytest.
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    return tmp_path


@contextmanager
def container(image: str, volumes: Path, *, port: int) -> Iterator[str]:
    """A container with a read-only root, no capabilities and an unprivileged user."""
    name = f"feedsvc-test-{port}"
    podman(
        *("run", "--detach", "--runtime=runc", "--name", name, "--network=host", *LIMITS),
        *("--read-only", "--cap-drop=ALL", "--security-opt", "no-new-privileges"),
        *("--user", "10001", "--memory", "512m"),
        *(
            "--volume",
            f"{volumes}/seeds:/seeds:ro",
            "--volume",
            f"{volumes}/state:/var/lib/feedsvc",
        ),
        *("--env", f"FEEDSVC_PORT={port}", "--env", "FEEDSVC_HOST=127.0.0.1"),
        image,
    )
    try:
        yield name
    finally:
        podman("rm", "--force", "--time", "5", name)


def is_healthy(name: str) -> bool:
    done = subprocess.run(["podman", "healthcheck", "run", name], check=False, capture_output=True)
    return done.returncode == 0


def feed(name: str, port: int) -> str:
    code = (
        "from urllib.request import urlopen;"
        f"print(urlopen('http://127.0.0.1:{port}/feeds/all.atom').read().decode())"
    )
    return podman("exec", name, "/opt/feedsvc/bin/python", "-c", code)


def test_it_serves_unprivileged_and_keeps_its_state(image: str, volumes: Path) -> None:
    port = free_port()
    with container(image, volumes, port=port) as name:
        wait_until(lambda: is_healthy(name), what="the health check passes")
        wait_until(lambda: "Ferry crews vote" in feed(name, port), what="the seed is published")
        before = feed(name, port)
        podman("stop", "--time", "30", name)
        state = json.loads(podman("inspect", name))[0]["State"]
        assert state["ExitCode"] == 0
        assert not state["OOMKilled"]
    (volumes / "seeds/a.txt").unlink()
    with container(image, volumes, port=port) as name:
        wait_until(lambda: is_healthy(name), what="the health check passes")
        assert feed(name, port) == before


def test_a_backup_can_be_made_inside_while_it_runs(image: str, volumes: Path) -> None:
    with container(image, volumes, port=free_port()) as name:
        wait_until(lambda: is_healthy(name), what="the health check passes")
        said = podman("exec", name, "feedsvc", "backup", "/var/lib/feedsvc/saved.db")
        assert said.endswith("verified\n")


def test_the_classifier_is_compiled(image: str) -> None:
    where = "import feedsvc.domain.classify.classifier as module; print(module.__file__)"
    said = podman(
        *("run", "--rm", "--runtime=runc", "--network=none", *LIMITS),
        *("--entrypoint", "/opt/feedsvc/bin/python", image, "-c", where),
    )
    assert said.endswith(".so\n")


def test_it_contains_no_build_tools(image: str) -> None:
    find = "command -v gcc cc make git curl; ls /build 2>/dev/null; ls /opt/feedsvc/bin"
    listed = podman(
        *("run", "--rm", "--runtime=runc", "--network=none", *LIMITS),
        *("--entrypoint", "sh", image, "-c", find),
    ).split()
    assert "feedsvc" in listed
    assert not {"pip", "hatchling", "mypy", "gcc", "/usr/bin/gcc"} & set(listed)
    inspected = json.loads(podman("inspect", image))[0]
    assert inspected["Config"]["User"] == "10001:10001"
    assert "org.opencontainers.image.title" in inspected["Config"]["Labels"]
    assert inspected["Size"] < 450 * 1024**2
