"""The sample nginx configuration caches answers and serves them while the service is down."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.proxy import FEED, Proxy, Reply, proxying
from tests.running import wait_until

PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
SAMPLE = Path(__file__).parents[2] / "deploy" / "nginx.conf"

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="nginx is not installed")


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    """A proxy whose copies stay fresh for longer than any test takes."""
    with proxying(tmp_path, start_nginx, max_age=3600) as found:
        yield found


@pytest.fixture
def forgetful(tmp_path: Path) -> Iterator[Proxy]:
    """A proxy whose copies become stale within a second."""
    with proxying(tmp_path, start_nginx, max_age=1) as found:
        yield found


def start_nginx(folder: Path, port: int, upstream: str) -> subprocess.Popen[bytes]:
    cache = folder / "cache"
    sample = SAMPLE.read_text()
    for given, used in (
        ("/var/cache/nginx/feedsvc", str(cache)),
        ("127.0.0.1:8080", f"127.0.0.1:{upstream}"),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
    ):
        assert sample.count(given) == 1
        sample = sample.replace(given, used)
    (folder / "feedsvc.conf").write_text(sample)
    user = "user root;" if os.geteuid() == 0 else ""
    scratch = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; {user} pid {folder}/nginx.pid; error_log {folder}/error.log;"
        f"events {{}} http {{ access_log off; {scratch} include {folder}/feedsvc.conf; }}",
    )
    command = [str(PROGRAM), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    return subprocess.Popen([*command, "-e", str(folder / "error.log")])


def test_a_second_request_is_answered_from_the_cache(proxy: Proxy) -> None:
    first, second = (proxy.get(FEED, Accept_Encoding="gzip, deflate, br") for _ in range(2))
    other = proxy.get(FEED, Accept_Encoding="br")
    assert [reply.headers["X-Cache"] for reply in (first, second, other)] == ["MISS", "HIT", "HIT"]
    assert first.body == second.body == other.body
    assert first.headers["Content-Encoding"] == "br"
    assert proxy.asked("/feeds/all.rss") == 1


def test_each_encoding_is_cached_separately(proxy: Proxy) -> None:
    codings = [
        proxy.get(FEED, Accept_Encoding=accept).headers.get("Content-Encoding")
        for accept in ("br", "gzip", "identity", "gzip, br;q=0", "br", "gzip", "identity")
    ]
    assert codings == ["br", "gzip", None, "gzip", "br", "gzip", None]
    assert proxy.asked("/feeds/all.rss") == 3


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("br; q=0, gzip", "gzip"),
        ("gzip ; q=0.5, br ;q=0.000", "gzip"),
        ("br;q=0.01", "br"),
        ("gzip;q=0, br; q=0", None),
        ("vbr, gzip-x", None),
        ("BR", "br"),
    ],
)
def test_weights_are_respected(proxy: Proxy, accept: str, coding: str | None) -> None:
    reply = proxy.get(FEED, Accept_Encoding=accept)
    assert reply.headers.get("Content-Encoding") == coding
    assert reply.headers["Vary"] == "Accept-Encoding"


def test_every_answer_that_is_cached_differs_by_its_coding_only(proxy: Proxy) -> None:
    for path in (FEED, "/news/", "/news/all", "/news/feeds.opml", "/news/api/v1/entries"):
        reply = proxy.get(path)
        assert (path, reply.headers["Vary"]) == (path, "Accept-Encoding")
        assert "no-store" not in reply.headers["Cache-Control"]


def test_a_stale_copy_is_never_older_than_the_service_allows(tmp_path: Path) -> None:
    windows = {"stale_while_revalidate": "2", "stale_if_error": "4"}
    with proxying(tmp_path, start_nginx, max_age=1, rescan_seconds="0.3", **windows) as proxy:
        # A second file, so that the brake does not hold the removal.
        (proxy.service.seeds / "b.txt").write_text("A late boat\n\nIt came in after all.\n")
        entries = "/feeds/all.json"
        wait_until(lambda: proxy.service.get(entries).count(b"date_published") == 2, what="two")
        wait_until(lambda: b"A late boat" in proxy.get(FEED).body, what="both are cached")
        (proxy.service.seeds / "b.txt").unlink()
        wait_until(lambda: b"A late boat" not in proxy.service.get(entries), what="it is removed")
        time.sleep(4)  # beyond max-age and stale-while-revalidate
        reply = proxy.get(FEED)
        assert reply.headers["X-Cache"] in {"EXPIRED", "REVALIDATED"}
        assert b"A late boat" not in reply.body
        # While the service is down, copies are served for max-age and stale-if-error.
        proxy.service.process.send_signal(signal.SIGTERM)
        proxy.service.process.wait(timeout=60)
        assert proxy.get(FEED).status == 200
        time.sleep(7)
        assert proxy.get(FEED).status == 502


def test_the_cache_answers_304_itself(proxy: Proxy) -> None:
    tag = proxy.get(FEED).headers["ETag"]
    again = proxy.get(FEED, If_None_Match=tag)
    assert (again.status, again.body) == (304, b"")
    assert proxy.asked("/feeds/all.rss") == 1


def test_a_stale_copy_is_revalidated_by_its_etag(forgetful: Proxy) -> None:
    forgetful.get(FEED)
    wait_until(
        lambda: forgetful.get(FEED).status == 200 and forgetful.asked("/feeds/all.rss") > 1,
        what="the answer has aged",
    )
    assert forgetful.service.statuses("/feeds/all.rss")[:2] == [200, 304]


def test_cached_copies_are_served_while_the_service_is_down(forgetful: Proxy) -> None:
    before = forgetful.get(FEED)
    forgetful.service.process.send_signal(signal.SIGTERM)
    forgetful.service.process.wait(timeout=60)
    stale = wait_until(lambda: aged(forgetful), what="the answer has aged")
    assert (stale.status, stale.body) == (200, before.body)


def test_base_url_is_all_that_a_path_prefix_needs(proxy: Proxy) -> None:
    moved = proxy.get("/news/feeds/All.rss/")
    assert (moved.status, moved.headers["Location"]) == (301, FEED)
    assert f"http://127.0.0.1:{proxy.port}{FEED}".encode() in proxy.get(FEED).body
    page = proxy.get("/news/").body
    assert b'href="/news/static/style.css' in page
    assert proxy.get("/news/static/style.css").status == 200


def test_metrics_and_health_are_not_public(proxy: Proxy) -> None:
    assert [proxy.get(f"/news/{name}").status for name in ("metrics", "readyz")] == [404, 404]


def aged(proxy: Proxy) -> Reply | None:
    reply = proxy.get(FEED)
    return reply if reply.headers["X-Cache"] in {"STALE", "UPDATING"} else None
