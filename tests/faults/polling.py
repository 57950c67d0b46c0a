"""Polls the documents of a service and checks each of them."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from lxml import etree

from tests.running import Running

PATHS = ("/feeds/all.atom", "/feeds/all.rss", "/feeds/all.json", "/", "/feeds.opml", "/all")


@dataclass
class Polls:
    """The number of valid documents, the errors in others, and the longest wait."""

    good: int = 0
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def poll(self, service: Running, path: str) -> None:
        began = time.monotonic()
        try:
            assert_valid(path, service.get(path))
        except (OSError, ValueError, etree.LxmlError) as error:
            self.wrong.append(f"{path}: {error!r}")
        else:
            self.good += 1
        self.slowest = max(self.slowest, time.monotonic() - began)


def assert_valid(path: str, body: bytes) -> None:
    if path.endswith("json"):
        json.loads(body)
    elif "feeds" in path:
        etree.fromstring(body, etree.XMLParser(resolve_entities=False))


@contextmanager
def polling(service: Running) -> Iterator[Polls]:
    """Poll in a thread during the block."""
    polls = Polls()
    stop = threading.Event()

    def ask() -> None:
        while not stop.wait(0.02):
            for path in PATHS:
                polls.poll(service, path)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield polls
    finally:
        stop.set()
        asking.join()
