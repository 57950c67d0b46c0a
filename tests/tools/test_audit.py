"""The audit says plainly when it could check nothing."""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


class Advisories(BaseHTTPRequestHandler):
    """Knows `/known` and nothing else."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/known" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / "tools" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Advisories)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def closed() -> str:
    """An address at which nothing listens."""
    server = HTTPServer(("127.0.0.1", 0), Advisories)
    server.server_close()
    return f"http://127.0.0.1:{server.server_port}"


def refuse(command: Sequence[str]) -> int:
    raise AssertionError(command)


def test_without_a_service_it_fails_in_one_sentence(
    tool: ModuleType, address: str, closed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    services = {"pypi": f"{address}/mirror", "osv": f"{closed}/known"}
    assert tool.main(services, run=refuse) == tool.UNREACHABLE == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("feedsvc: no advisory service can be reached, so nothing was checked: ")
    assert f"{address}/mirror answers 404" in line
    assert f"{closed}/known fails (" in line


def test_every_lock_file_is_audited_with_the_first_service_that_answers(
    tool: ModuleType, address: str
) -> None:
    ran: list[tuple[str, ...]] = []

    def run(command: Sequence[str]) -> int:
        ran.append(tuple(command))
        return int(command[-1].endswith("requirements-dev.txt"))

    services = {"pypi": f"{address}/mirror", "osv": f"{address}/known"}
    assert tool.main(services, run=run) == 1
    assert {Path(command[-1]).name for command in ran} == {
        one.name for one in ROOT.glob("requirements*.txt")
    }
    assert all("--vulnerability-service=osv" in command for command in ran)
