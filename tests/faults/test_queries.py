"""Costly queries hold up nothing but other queries, and end when their clients leave."""

from __future__ import annotations

import re
import select
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.faults.service_state import status_of, wait_for_entries
from tests.running import Running, running, wait_until

WORDS = "east tide air inn oak north sun hill rain dry low up"
BOMB = " ".join(f"{word[0]}*" for word in WORDS.split()[:11])
# More than run and wait at once.
CROWD = 120
# With as many entries in a document, a query takes much longer than anything else.
ENTRIES = 500
# On a machine of its own it is less than a tenth of that.
WORST_SECONDS = 2.0
COLD = ("/feeds/countries/ke.atom", "/feeds/countries/ke.rss", "/topics/labour")


def write_corpus(folder: Path, entries: int) -> None:
    folder.mkdir(exist_ok=True)
    first = "Dockers on strike in Kenya\nThe port of Mombasa is closed.\n"
    (folder / "a.txt").write_text(first)
    for start in range(1, entries, 100):
        listing = (f"Report {n}: {WORDS}\nSeen at pier {n}.\n" for n in range(start, start + 100))
        (folder / f"{start:06}.txt").write_text("\n".join(listing))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("queries")
    write_corpus(folder / "seeds", ENTRIES)
    with running(folder, feed_size=str(ENTRIES), query_seconds="60") as started:
        wait_for_entries(started, ENTRIES)
        yield started


def send_bomb(service: Running, stack: ExitStack, number: int) -> socket.socket:
    """Ask for a query that matches everything, and that nobody has asked for before."""
    host, port = service.base_url.removeprefix("http://").split(":")
    link = stack.enter_context(socket.create_connection((host, int(port)), timeout=120))
    path = f"/feeds/query.atom?q={quote(f'{BOMB} -not{number}', safe='')}"
    link.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
    return link


def unanswered(links: Sequence[socket.socket]) -> int:
    readable, _, _ = select.select(links, [], [], 0)
    return len(links) - len(readable)


def read_head(link: socket.socket) -> bytes:
    with link.makefile("rb") as stream:
        return stream.read().partition(b"\r\n\r\n")[0]


def renders(service: Running) -> float:
    found = re.search(
        r"^feedsvc_renders_total (\S+)$", service.get("/metrics").decode(), re.MULTILINE
    )
    assert found is not None
    return float(found[1])


def test_many_queries_delay_nothing_else(service: Running) -> None:
    with ExitStack() as stack:
        bombs = [send_bomb(service, stack, number) for number in range(CROWD)]
        for path in (COLD[0], "/healthz"):
            assert service.get(path)
            assert unanswered(bombs) > 0, f"{path} was answered after all queries"
        for path in ("/readyz", "/feeds/all.atom", *COLD[1:]):
            assert service.get(path)
        heads = [read_head(bomb) for bomb in bombs]
    statuses = Counter(head.split(b" ")[1] for head in heads)
    assert set(statuses) == {b"200", b"503"}
    assert all(b"Retry-After: " in head for head in heads if b" 503 " in head.splitlines()[0])
    assert status_of(service, "/feeds/query.atom?q=mombasa") == 200


def test_queries_end_when_their_clients_leave(service: Running) -> None:
    before = renders(service)
    with ExitStack() as stack:
        bombs = [send_bomb(service, stack, CROWD + number) for number in range(40)]
        wait_until(lambda: unanswered(bombs) < len(bombs), what="the first is answered")
        for bomb in bombs:
            # Reset, so that the service cannot take it for a client that still reads.
            bomb.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert status_of(service, "/feeds/query.atom?q=dockers") == 200
    assert renders(service) - before < len(bombs) / 2


@dataclass
class Probe:
    """Asks for one address again and again; `worst` is the longest wait in seconds."""

    paths: Sequence[str]
    worst: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)

    def run(self, service: Running, stop: threading.Event) -> None:
        turn = 0
        while not stop.wait(0.05):
            began = time.monotonic()
            self.statuses[status_of(service, self.paths[turn % len(self.paths)])] += 1
            self.worst = max(self.worst, time.monotonic() - began)
            turn += 1


def bomb_on(service: Running, number: int, stop: threading.Event) -> None:
    turn = 0
    while not stop.is_set():
        with ExitStack() as stack:
            read_head(send_bomb(service, stack, number * 1_000_000 + turn))
        turn += 1


@pytest.mark.slow
def test_four_bombs_a_minute_long_on_20_000_entries(tmp_path: Path) -> None:
    write_corpus(tmp_path / "seeds", 20_000)
    with running(tmp_path) as service:
        probes = {
            "health": Probe(["/healthz"]),
            "ready": Probe(["/readyz"]),
            "cached feed": Probe(["/feeds/all.atom"]),
            "cold feed": Probe([f"/feeds/countries/{code}.atom" for code in ("ke", "fr", "in")]),
        }
        stop = threading.Event()
        threads = [threading.Thread(target=bomb_on, args=(service, n, stop)) for n in range(4)]
        threads += [
            threading.Thread(target=probe.run, args=(service, stop)) for probe in probes.values()
        ]
        for thread in threads:
            thread.start()
        time.sleep(60)
        stop.set()
        for thread in threads:
            thread.join()
    for name, probe in probes.items():
        assert set(probe.statuses) == {200}, name
        assert probe.worst < WORST_SECONDS, name
