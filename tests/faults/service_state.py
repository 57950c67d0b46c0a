"""Asks a running service for its state, and the kernel for its memory and open files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.running import Running, wait_until


def write_seeds(folder: Path, number: int = 3) -> None:
    folder.mkdir(exist_ok=True)
    for one in range(number):
        text = f"Ferry {one} sails at dawn\nIts crew of {one + 3} came aboard last night.\n"
        (folder / f"{one}.txt").write_text(text)


def readiness(service: Running) -> dict[str, Any]:
    """What `/readyz` says, with whichever status."""
    try:
        body = service.get("/readyz")
    except HTTPError as error:
        with error:
            body = error.read()
    answer: dict[str, Any] = json.loads(body)
    return answer


def published(service: Running) -> int:
    return len(json.loads(service.get("/feeds/all.json"))["items"])


def wait_for_entries(service: Running, number: int) -> None:
    wait_until(lambda: published(service) == number, what=f"{number} entries are published")


def wait_for_condition(service: Running, condition: str) -> dict[str, Any]:
    def has_condition() -> dict[str, Any] | None:
        now = readiness(service)
        return now if now["status"] == condition else None

    found: dict[str, Any] = wait_until(has_condition, what=f"it is {condition}")
    return found


def status_of(service: Running, path: str) -> int:
    try:
        with urlopen(service.base_url + path, timeout=10) as answer:  # noqa: S310 - our own URL
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code


def memory_mib(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def resident_kib(service: Running) -> int:
    """Return its current memory use."""
    status = Path(f"/proc/{service.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


def descriptors(service: Running) -> int:
    """Return the number of its open files and sockets."""
    return len(list(Path(f"/proc/{service.process.pid}/fd").iterdir()))
