"""The sample Varnish configuration caches answers and serves them while the service is down."""

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

PROGRAM = shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin")
SAMPLE = Path(__file__).parents[2] / "deploy" / "varnish.vcl"

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="varnishd is not installed")


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """A proxy whose copies stay fresh for longer than all tests take."""
    with proxying(tmp_path_factory.mktemp("proxy"), start_varnish, max_age=3600) as found:
        yield found


@pytest.fixture
def forgetful(tmp_path: Path) -> Iterator[Proxy]:
    """A proxy whose copies become stale within a second."""
    with proxying(tmp_path, start_varnish, max_age=1) as found:
        yield found


def start_varnish(folder: Path, port: int, upstream: str) -> subprocess.Popen[bytes]:
    sample = SAMPLE.read_text()
    given = '.port = "8080";'
    assert sample.count(given) == 1
    (folder / "default.vcl").write_text(sample.replace(given, f'.port = "{upstream}";'))
    jail = ["-j", "none"] if os.geteuid() == 0 else []
    command = [str(PROGRAM), *jail, "-F", "-n", str(folder / "varnish")]
    command += ["-a", f"127.0.0.1:{port}", "-f", str(folder / "default.vcl")]
    command += ["-s", "malloc,64m", "-p", "http_gzip_support=off"]
    with (folder / "varnish.log").open("wb") as log:
        return subprocess.Popen(command, stdout=log, stderr=log)


def test_a_second_request_is_answered_from_the_cache(proxy: Proxy) -> None:
    feed = "/news/feeds/topics/sport.rss"
    first, second = (proxy.get(feed, Accept_Encoding="gzip, deflate, br") for _ in range(2))
    other = proxy.get(feed, Accept_Encoding="br")
    assert [reply.headers["X-Cache"] for reply in (first, second, other)] == ["MISS", "HIT", "HIT"]
    assert first.body == second.body == other.body
    assert first.headers["Content-Encoding"] == "br"
    assert proxy.asked("/feeds/topics/sport.rss") == 1


def test_each_encoding_is_cached_separately(proxy: Proxy) -> None:
    codings = [
        proxy.get("/news/feeds/all.atom", Accept_Encoding=accept).headers.get("Content-Encoding")
        for accept in ("br", "gzip", "identity", "gzip, br;q=0", "br", "gzip", "identity")
    ]
    assert codings == ["br", "gzip", None, "gzip", "br", "gzip", None]
    assert proxy.asked("/feeds/all.atom") == 3


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
def test_weights_and_vary_are_respected(proxy: Proxy, accept: str, coding: str | None) -> None:
    proxy.get(FEED, Accept_Encoding="br")
    reply = proxy.get(FEED, Accept_Encoding=accept)
    assert reply.headers.get("Content-Encoding") == coding
    assert reply.headers["Vary"] == "Accept-Encoding"


def test_cookies_and_passwords_do_not_pass_by_the_cache(proxy: Proxy) -> None:
    proxy.get(FEED)
    for fields in ({"Cookie": "a=b"}, {"Authorization": "Basic YTpi"}):
        assert proxy.get(FEED, **fields).headers["X-Cache"] == "HIT"


def test_a_stale_copy_is_never_older_than_the_service_allows(tmp_path: Path) -> None:
    windows = {"stale_while_revalidate": "2", "stale_if_error": "4"}
    with proxying(tmp_path, start_varnish, max_age=1, rescan_seconds="0.3", **windows) as proxy:
        # A second file, so that the brake does not hold the removal.
        (proxy.service.seeds / "b.txt").write_text("A late boat\n\nIt came in after all.\n")
        entries = "/feeds/all.json"
        wait_until(lambda: proxy.service.get(entries).count(b"date_published") == 2, what="two")
        wait_until(lambda: b"A late boat" in proxy.get(FEED).body, what="both are cached")
        (proxy.service.seeds / "b.txt").unlink()
        wait_until(lambda: b"A late boat" not in proxy.service.get(entries), what="it is removed")
        time.sleep(4)  # beyond max-age and stale-while-revalidate
        assert b"A late boat" not in proxy.get(FEED).body
        # While the service is down, copies are served for max-age and stale-if-error.
        stop(proxy)
        assert proxy.get(FEED).status == 200
        time.sleep(7)
        assert (proxy.get(FEED).status, proxy.get(FEED).headers["Retry-After"]) == (503, "5")


def test_a_removed_entry_does_not_come_back_while_the_service_is_down(tmp_path: Path) -> None:
    windows = {"stale_while_revalidate": "0", "stale_if_error": "3600"}
    with proxying(tmp_path, start_varnish, max_age=1, rescan_seconds="0.3", **windows) as proxy:
        (proxy.service.seeds / "b.txt").write_text("A late boat\n\nIt came in after all.\n")
        page = wait_until(lambda: page_of(proxy, "A late boat"), what="it is published")
        assert proxy.get(page).status == 200
        (proxy.service.seeds / "b.txt").unlink()
        wait_until(lambda: proxy.get(page).status == 410, what="it is removed")
        assert proxy.get(FEED).status == 200
        stop(proxy)
        assert [proxy.get(page).status, proxy.get(FEED).status] == [503, 200]


def page_of(proxy: Proxy, title: str) -> str:
    items = proxy.service.get("/api/v1/entries").decode().split('"id":"urn:uuid:')
    return next((f"/news/entries/{item[:36]}" for item in items[1:] if title in item), "")


def stop(proxy: Proxy) -> None:
    proxy.service.process.send_signal(signal.SIGTERM)
    proxy.service.process.wait(timeout=60)


def test_the_cache_answers_304_itself(proxy: Proxy) -> None:
    feed = "/news/feeds/all.json"
    tag = proxy.get(feed).headers["ETag"]
    again = proxy.get(feed, If_None_Match=tag)
    assert (again.status, again.body) == (304, b"")
    assert proxy.asked("/feeds/all.json") == 1


def test_a_stale_copy_is_revalidated_by_its_etag(forgetful: Proxy) -> None:
    forgetful.get(FEED)
    wait_until(
        lambda: forgetful.get(FEED).status == 200 and forgetful.asked("/feeds/all.rss") > 1,
        what="the answer has aged",
    )
    assert forgetful.service.statuses("/feeds/all.rss")[:2] == [200, 304]


def test_cached_copies_are_served_while_the_service_is_down(forgetful: Proxy) -> None:
    before = forgetful.get(FEED)
    stop(forgetful)
    stale = wait_until(lambda: aged(forgetful), what="the answer has aged")
    assert (stale.status, stale.body) == (200, before.body)


def test_errors_are_passed_on_and_not_cached(proxy: Proxy) -> None:
    for path, status in (("/news/nothing", 404), ("/news/feeds/query.rss?q=%22", 400)):
        assert [proxy.get(path).status for _ in range(2)] == [status, status]
        assert proxy.get(path).headers["Cache-Control"] == "no-store"


def test_base_url_is_all_that_a_path_prefix_needs(proxy: Proxy) -> None:
    moved = proxy.get("/news/feeds/All.rss/")
    assert (moved.status, moved.headers["Location"]) == (301, FEED)
    assert f"http://127.0.0.1:{proxy.port}{FEED}".encode() in proxy.get(FEED).body
    assert proxy.get("/news/static/style.css").status == 200


def test_metrics_and_health_are_not_public(proxy: Proxy) -> None:
    hidden = ("metrics", "readyz", "healthz", "readyz?a=b")
    assert [proxy.get(f"/news/{name}").status for name in hidden] == [404] * 4


def aged(proxy: Proxy) -> Reply | None:
    reply = proxy.get(FEED)
    return reply if reply.headers["X-Cache"] == "STALE" else None
