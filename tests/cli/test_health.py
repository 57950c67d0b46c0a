"""`feedsvc health` against real sockets."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.cli.conftest import Cli
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


def test_a_degraded_service_is_healthy_and_says_why(cli: Cli, answering: Answering) -> None:
    body = json.dumps({"status": "degraded", "reasons": ["rejected files: 1"]}).encode()
    ended = cli.run("health", port=str(answering(200, body)))
    assert (ended.exit_code, ended.stdout) == (0, "degraded; rejected files: 1\n")


def test_a_service_that_is_not_ready_is_unhealthy(cli: Cli, answering: Answering) -> None:
    body = json.dumps({"status": "not ready", "reasons": ["the watcher has stopped"]}).encode()
    ended = cli.run("health", f"http://127.0.0.1:{answering(503, body)}")
    assert (ended.exit_code, ended.stderr) == (1, "not ready; the watcher has stopped\n")


def test_a_proxy_in_the_environment_is_not_used(cli: Cli, answering: Answering) -> None:
    port = answering(200, b'{"status": "ready"}')
    ended = cli.run("health", f"http://127.0.0.1:{port}/readyz")
    assert (ended.exit_code, ended.stdout) == (0, "ready\n")


def test_an_answer_from_another_program_is_unhealthy(cli: Cli, answering: Answering) -> None:
    ended = cli.run("health", port=str(answering(500, b"<html>")))
    assert (ended.exit_code, ended.stderr) == (1, "unexpected answer: not from feedsvc\n")


def test_a_port_without_a_server_is_unhealthy(cli: Cli) -> None:
    port = free_port()
    ended = cli.run("health", port=str(port))
    assert ended.exit_code == 1
    assert ended.stderr == f"nothing is listening on http://127.0.0.1:{port}\n"


def test_a_bad_url_is_an_error(cli: Cli) -> None:
    ended = cli.run("health", "file:///etc/passwd")
    assert ended.exit_code == 2
    assert "must be a full URL" in ended.stderr
