"""A caching proxy on a free port, with the service behind it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path

from tests.running import Running, free_port, running, wait_until

LISTING = "Ferries return to the strait\n\nThe first boats left at dawn after a month of storms.\n"
FEED = "/news/feeds/all.rss"
LAST = "/api/openapi.json"

# Starts a proxy in a folder, on a port, in front of the service's port.
Start = Callable[[Path, int, str], subprocess.Popen[bytes]]


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True)
class Proxy:
    """A proxy with the sample configuration, and the service behind it."""

    port: int
    service: Running

    def get(self, path: str, **headers: str) -> Reply:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=fields)
        response = connection.getresponse()
        reply = Reply(response.status, response.headers, response.read())
        connection.close()
        return reply

    def asked(self, path: str) -> int:
        """Return how many requests reached the service itself."""
        # They are logged once they are answered, so what came before this one is logged before it.
        last = len(self.service.statuses(LAST))
        self.service.get(LAST)
        wait_until(lambda: len(self.service.statuses(LAST)) > last, what="all are logged")
        return len(self.service.statuses(path))


@contextmanager
def proxying(tmp_path: Path, start: Start, *, max_age: int, **settings: str) -> Iterator[Proxy]:
    """Serve a folder with one entry through a proxy until the end of the block."""
    port = free_port()
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text(LISTING)
    base_url = f"http://127.0.0.1:{port}/news"
    with running(
        tmp_path, seeds=seeds, base_url=base_url, max_age=str(max_age), **settings
    ) as service:
        started = start(tmp_path, port, service.base_url.rpartition(":")[2])
        try:
            found = Proxy(port, service)
            wait_until(lambda: _answers(found), what="the proxy answers")
            yield found
        finally:
            started.terminate()
            started.wait(timeout=20)


def _answers(proxy: Proxy) -> bool:
    try:
        return proxy.get("/news/topics/sport").status == 200
    except OSError:
        return False
