"""Costly queries hold up nothing but other queries, and end when their clients leave."""

from __future__ import annotations

import re
import select
import socket
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
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
