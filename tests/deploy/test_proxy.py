"""The sample proxy before a real service: it answers by itself, and goes on when that is gone."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.running import free_port, running, wait_until

CONF = Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf"
AROUND = """\
daemon off;
user root;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    include {work}/feedsvc.conf;
}}
"""

pytestmark = [
    pytest.mark.deploy,
    pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed"),
]


@dataclass(frozen=True)
class Answer:
    status: int
    cache: str
    body: bytes


@contextmanager
def proxy(work: Path, upstream: str) -> Iterator[int]:
    """nginx with the sample, on a port of its own."""
    port = free_port()
    conf = CONF.read_text().replace("${FEEDSVC_UPSTREAM}", upstream)
    conf = conf.replace("listen 80;", f"listen 127.0.0.1:{port};")
    conf = conf.replace("/var/cache/feeds", f"{work}/cache")
    (work / "feedsvc.conf").write_text(conf)
    (work / "nginx.conf").write_text(AROUND.format(work=work))
    command = ["nginx", "-p", str(work), "-c", str(work / "nginx.conf")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as nginx:
        wait_until(lambda: answers(port), what="nginx listens", seconds=10)
        try:
            yield port
        finally:
            nginx.send_signal(signal.SIGTERM)


def answers(port: int) -> bool:
    try:
        get(port, "/readyz")
    except ConnectionError:
        return False
    return True


def get(port: int, path: str, **headers: str) -> Answer:
    link = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        link.request("GET", path, headers=headers)
        got = link.getresponse()
        return Answer(status=got.status, cache=got.getheader("X-Cache", ""), body=got.read())
    finally:
        link.close()


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.txt").write_text("Ferry crews vote\nThe count is due on Friday.\n")
    (tmp_path / "nginx").mkdir()
    return tmp_path


def test_second_requests_are_answered_by_the_proxy_and_the_rest_goes_through(work: Path) -> None:
    with (
        running(work) as service,
        proxy(work / "nginx", service.base_url.removeprefix("http://")) as port,
    ):
        first = get(port, "/feeds/all.atom")
        assert (first.status, first.cache) == (200, "MISS")
        again = get(port, "/feeds/all.atom")
        assert (again.status, again.cache, again.body) == (200, "HIT", first.body)
        assert service.statuses("/feeds/all.atom") == [200]
        assert get(port, "/").status == 200
        assert get(port, "/metrics").status == 404
        assert get(port, "/readyz").status == 404
        packed = get(port, "/feeds/all.atom", **{"Accept-Encoding": "gzip"})
        assert packed.body != first.body


def test_what_the_proxy_has_is_served_when_the_service_is_down(work: Path) -> None:
    with running(work, max_age="1") as service:
        upstream = service.base_url.removeprefix("http://")
        with proxy(work / "nginx", upstream) as port:
            first = get(port, "/feeds/all.atom")
            service.process.send_signal(signal.SIGKILL)
            service.process.wait(10)
            stale = wait_until(lambda: stale_answer(port), what="the copy is stale", seconds=20)
            assert (stale.status, stale.body) == (200, first.body)
            assert get(port, "/feeds/all.rss").status == 502


def stale_answer(port: int) -> Answer | None:
    answer = get(port, "/feeds/all.atom")
    return answer if answer.cache in {"STALE", "UPDATING"} else None
