"""Runs a real `feedsvc serve` process on a folder and a free loopback port, and reads its log."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE_SECONDS = 180.0
SERVE = ("-m", "feedsvc", "serve")


def wait_until(happened: Callable[[], Any], *, what: str, seconds: float = PATIENCE_SECONDS) -> Any:
    """Evaluate a condition repeatedly, and return its first true value."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := happened():
            return value
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds:.0f} s in vain until {what}")


def free_port() -> int:
    """Return a loopback port that nothing is listening on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    """A service process, with its folder, address and log."""

    seeds: Path
    base_url: str
    process: subprocess.Popen[bytes]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> bytes:
        """Return the body of a response with status 200."""
        with urlopen(self.base_url + path, timeout=10) as answer:  # noqa: S310 - our own URL
            body: bytes = answer.read()
        return body

    def lines(self, event: str) -> list[dict[str, Any]]:
        """Return the lines logged for an event so far."""
        whole = [line for line in self.log.read_text().splitlines() if line.endswith("}")]
        parsed = [json.loads(line) for line in whole if line.startswith("{")]
        return [line for line in parsed if line.get("event") == event]

    def statuses(self, path: str) -> list[int]:
        """Return the statuses of the requests for a path, in order."""
        return [line["status"] for line in self.lines("request answered") if line["path"] == path]

    def is_ready(self) -> bool:
        """Return whether the first scan is done."""
        if self.process.poll() is not None:
            raise AssertionError(f"the service ended: {self.log.read_text()[-2000:]}")
        try:
            return json.loads(self.get("/readyz"))["status"] in {"ready", "degraded"}
        except (URLError, ConnectionError):
            return False


@contextmanager
def running(
    folder: Path, *, seeds: Path | None = None, program: Sequence[str] = SERVE, **settings: str
) -> Iterator[Running]:
    """Serve `seeds`, with a database in `folder`, until the end of the block.

    `program` is what Python runs instead of the command.
    """
    place = seeds or folder / "seeds"
    place.mkdir(exist_ok=True)
    log = folder / "service.log"
    given = {f"FEEDSVC_{name.upper()}": value for name, value in settings.items()}
    environment = {
        "PATH": os.environ["PATH"],
        "FEEDSVC_SEEDS_DIR": str(place),
        "FEEDSVC_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'feedsvc.db'}",
        "FEEDSVC_PORT": str(free_port()),
        "FEEDSVC_LOG_FORMAT": "json",
        "FEEDSVC_SETTLE_SECONDS": "0.1",
        **given,
    }
    with log.open("wb") as lines:
        process = subprocess.Popen(
            [sys.executable, *program],
            env=environment,
            cwd=folder,
            stderr=lines,
            stdout=subprocess.DEVNULL,
        )
    try:
        service = Running(
            seeds=place, base_url="", process=process, log=log, environment=environment
        )
        serving = wait_until(lambda: service.lines("serving") or process.poll(), what="it serves")
        assert isinstance(serving, list), f"the service ended: {log.read_text()[-2000:]}"
        service.base_url = serving[0]["addresses"][0]
        wait_until(service.is_ready, what="it is ready")
        yield service
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=PATIENCE_SECONDS)
