"""Hostile clients neither stop the service from answering others nor fill its memory."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import pytest

from tests.faults.service_state import (
    descriptors,
    resident_kib,
    status_of,
    wait_for_entries,
    write_seeds,
)
from tests.running import Running, running, wait_until

HEAD = b"Host: a\r\n"
REFUSALS = {b"400", b"404", b"405", b"413", b"414", b"431"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("service")
    write_seeds(folder / "seeds")
    (folder.parent / "secret.txt").write_text("not to be read")
    limits = {"header_seconds": "1", "idle_seconds": "2", "max_connections": "300"}
    with running(folder, **limits) as started:
        wait_for_entries(started, 3)
        yield started


@contextmanager
def connected(service: Running) -> Iterator[socket.socket]:
    host, port = service.base_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as link:
        yield link


def read_all(link: socket.socket) -> bytes:
    got = b""
    try:
        while part := link.recv(65536):
            got += part
    except ConnectionResetError:
        pass
    return got


def exchange(service: Running, data: bytes) -> bytes:
    with connected(service) as link:
        with suppress(BrokenPipeError, ConnectionResetError):
            link.sendall(data)
        return read_all(link)


def test_slow_connections_are_closed_while_others_are_answered(service: Running) -> None:
    before = descriptors(service)
    with ExitStack() as stack:
        slow = [stack.enter_context(connected(service)) for _ in range(200)]
        for link in slow:
            link.sendall(b"GET / HTTP/1.1\r\nX: ")
        assert b"<feed" in service.get("/feeds/all.atom")
        wait_until(lambda: descriptors(service) <= before + 5, what="they are let go")
        assert all(not read_all(link).startswith(b"HTTP/1.1 200") for link in slow)


def test_the_service_recovers_from_a_flood_of_connections(service: Running) -> None:
    with ExitStack() as stack:
        for _ in range(400):
            stack.enter_context(connected(service))
    wait_until(lambda: status_of(service, "/healthz") == 200, what="it answers again")


def test_pipelined_requests_are_answered_in_order(service: Running) -> None:
    one = b"GET /healthz HTTP/1.1\r\n" + HEAD + b"\r\n"
    last = b"GET /feeds/all.json HTTP/1.1\r\n" + HEAD + b"Connection: close\r\n\r\n"
    answer = exchange(service, one * 50 + last)
    assert answer.count(b"HTTP/1.1 200 OK") == 51
    assert answer.rstrip().endswith(b"}")


@pytest.mark.parametrize(
    "data",
    [
        b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n",
        b"GET / HTTP/1.1\r\n" + HEAD + b"X: " + b"a" * 1_000_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + HEAD + b"X: a\r\n" * 100_000 + b"\r\n",
        b"POST / HTTP/1.1\r\n"
        + HEAD
        + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"
        + b"a" * 100_000,
        b"POST / HTTP/1.1\r\n" + HEAD + b"Content-Length: 99999999999\r\n\r\n" + b"a" * 1_000_000,
        b"GET / HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0",
        b"\0" * 1_000_000,
    ],
    ids=["line", "field", "fields", "chunks", "length", "smuggling", "nulls"],
)
def test_huge_and_malformed_requests_are_refused_without_an_echo(
    service: Running,
    data: bytes,
) -> None:
    answer = exchange(service, data)
    assert not answer or answer.split(b" ", 2)[1] in {
        b"400",
        b"404",
        b"405",
        b"413",
        b"414",
        b"431",
    }
    assert len(answer) < 2000
    assert b"aaaaaaaa" not in answer
    assert b"alive" in service.get("/healthz")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/static/../../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2fetc%2fpasswd",
        "/static//etc/passwd",
        "/feeds/regions/..%2f..%2fall.atom",
        "/feeds/all.atom%00.rss",
        "/feeds/all.atom%0d%0aX-Injected:%20yes",
        "/entries/%0d%0aSet-Cookie:a=b",
        "/%ff%fe",
    ],
)
def test_paths_cannot_escape_or_inject_anything(service: Running, path: str) -> None:
    request = f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode()
    answer = exchange(service, request)
    head = answer.partition(b"\r\n\r\n")[0]
    assert head.split(b" ", 2)[1] in {b"301", b"400", b"404"}
    assert b"root:" not in answer
    assert b"not to be read" not in answer
    assert b"X-Injected" not in head.replace(b"%0d%0aX-Injected", b"")
    assert b"Set-Cookie" not in head.replace(b"%0d%0aSet-Cookie", b"")


def test_expensive_queries_need_little_memory(service: Running) -> None:
    for number in range(50):
        exchange(service, _query(number))
    before = resident_kib(service)
    for number in range(300):
        answer = exchange(service, _query(number))
        assert answer.split(b" ", 2)[1] in {b"200", b"301", b"400", b"404", b"414"}
    assert resident_kib(service) < before + 20 * 1024
    assert b"<feed" in service.get("/feeds/all.atom")


def _query(number: int) -> bytes:
    terms = "&".join(f"q=term{number}{one}" for one in range(200))
    head = "Host: a\r\nConnection: close\r\n\r\n"
    where = ("/search", "/feeds/all.atom", "/feeds.opml")[number % 3]
    return f"GET {where}?{terms}&page={number}&region=%27 HTTP/1.1\r\n{head}".encode()
