"""`feedsvc health` against real sockets."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.cli.conftest import Desk
from tests.running import free_port

Answering = Callable[[int, bytes], int]


@pytest.fixture
def answering() -> Iterator[Answering]:
    """Starts servers that answer everything in one way; gives their ports."""
    servers: list[ThreadingHTTPServer] = []

    def start(status: int, body: bytes) -> int:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status if self.path == "/readyz" else 404)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_arguments: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.05,)).start()
        servers.append(server)
        return server.server_port

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_degraded_service_is_well_and_says_why(desk: Desk, answering: Answering) -> None:
    body = json.dumps({"status": "degraded", "reasons": ["seeds rejected: 1"]}).encode()
    told = desk.run("health", port=str(answering(200, body)))
    assert (told.exit_code, told.stdout) == (0, "degraded; seeds rejected: 1\n")


def test_one_that_is_not_ready_is_not_well(desk: Desk, answering: Answering) -> None:
    body = json.dumps({"status": "not ready", "reasons": ["the watcher is dead"]}).encode()
    told = desk.run("health", f"http://127.0.0.1:{answering(503, body)}")
    assert (told.exit_code, told.stderr) == (1, "not ready; the watcher is dead\n")


def test_a_proxy_of_the_environment_is_not_asked(desk: Desk, answering: Answering) -> None:
    port = answering(200, b'{"status": "ready"}')
    told = desk.run("health", f"http://127.0.0.1:{port}/readyz")
    assert (told.exit_code, told.stdout) == (0, "ready\n")


def test_something_else_on_the_port_is_told(desk: Desk, answering: Answering) -> None:
    told = desk.run("health", port=str(answering(500, b"<html>")))
    assert (told.exit_code, told.stderr) == (1, "not an answer of feedsvc\n")


def test_silence_is_not_well(desk: Desk) -> None:
    told = desk.run("health", port=str(free_port()))
    assert told.exit_code == 1
    assert told.stderr.endswith("/readyz: no answer: nothing listens there\n")


def test_what_is_no_url_is_refused(desk: Desk) -> None:
    told = desk.run("health", "file:///etc/passwd")
    assert told.exit_code == 2
    assert "must be a full URL" in told.stderr
