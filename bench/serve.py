"""Measures serving a current feed: against bare aiohttp with the same bytes, and through nginx.

The service logs every request and counts it; the bare application does neither.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.load import Load, load_generator, load_of
from bench.measure import Row, fetch, interleaved, run, scratch, started, write_corpus
from bench.proxy import NGINX, file_server, sample_proxy
from tests.running import Running, free_port, running

PATH = "/feeds/regions/asia.atom"
ENTRIES = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The service and the bare application, with the validator of the feed that both serve."""

    service: Running
    bare: str
    etag: str

    @property
    def url(self) -> str:
        """The feed's address."""
        return self.service.base_url + PATH


def measure(*, quick: bool) -> Iterator[Row]:
    """Rows about serving."""
    seconds, rounds = (1.0, 2) if quick else (2.0, 5)
    with scratch() as place, serving(place) as pair:
        yield from _against_bare(pair, seconds=seconds, rounds=rounds)
        yield from _through_nginx(place, pair, seconds=seconds, rounds=rounds)
        yield _while_ingesting(pair, seconds=seconds, files=1_000 if quick else 10_000)
    yield from _several_processes(seconds=seconds, rounds=rounds)


@contextmanager
def serving(place: Path, **settings: str) -> Iterator[Pair]:
    """Serve a folder, and next to it the same bytes and headers with bare aiohttp."""
    write_corpus(place / "seeds", ENTRIES)
    with running(place, rescan_seconds="600", **settings) as service:
        _, headers, body = fetch(service.base_url + PATH)
        file = place / "feed.atom"
        file.write_bytes(body)
        answer = place / "answer.json"
        answer.write_text(json.dumps({"path": PATH, "headers": headers, "body": str(file)}))
        port = free_port()
        bare = f"http://127.0.0.1:{port}{PATH}"
        command = (sys.executable, "-m", "bench.bare", str(answer), str(port))
        with started(command, url=bare):
            yield Pair(service=service, bare=bare, etag=headers["Etag"])


def _against_bare(pair: Pair, *, seconds: float, rounds: int) -> Iterator[Row]:
    for status, headers in (("200", {}), ("304", {"If-None-Match": pair.etag})):
        ours: list[Load] = []
        theirs: list[Load] = []
        for _ in range(rounds):
            ours.append(load_of(pair.url, seconds=seconds, headers=headers))
            theirs.append(load_of(pair.bare, seconds=seconds, headers=headers))
        pairs = list(zip(ours, theirs, strict=True))
        rate = statistics.median(one.rate for one in theirs)
        yield Row(
            what=f"a current feed, {status}, one process, 32 connections",
            against=f"bare aiohttp, {rate:,.0f}/s",
            figure=statistics.median(one.rate / other.rate for one, other in pairs),
            at_least=1.2,
            note=load_generator(),
        )
        late = statistics.median(one.p99 for one in theirs) * 1000
        yield Row(
            what=f"p99 of the same, {status}",
            against=f"bare aiohttp, {late:.1f} ms",
            figure=statistics.median(one.p99 / other.p99 for one, other in pairs),
            at_most=1.2,
        )


def _through_nginx(place: Path, pair: Pair, *, seconds: float, rounds: int) -> Iterator[Row]:
    what = "through the sample nginx"
    if NGINX is None:
        yield Row(what=what, against="nginx serving a file", figure=None, note="no nginx here")
        return
    upstream = pair.service.base_url.removeprefix("http://")
    with (
        sample_proxy(place / "proxy", port=free_port(), upstream=upstream, path=PATH) as proxied,
        file_server(place / "files", port=free_port(), file=place / "feed.atom") as plain,
    ):
        ours, theirs = interleaved(
            rounds,
            lambda: load_of(proxied, seconds=seconds).rate,
            lambda: load_of(plain, seconds=seconds).rate,
        )
    yield Row(
        what=what,
        against=f"nginx serving a file, {statistics.median(theirs):,.0f}/s",
        figure=statistics.median(one / other for one, other in zip(ours, theirs, strict=True)),
        at_least=0.9,
    )


def _while_ingesting(pair: Pair, *, seconds: float, files: int) -> Row:
    """Load the service while files are ingested; each piece of load takes so many seconds."""
    before = [load_of(pair.url, seconds=seconds).rate for _ in range(3)]
    write_corpus(pair.service.seeds / "more", files, per_file=1)
    expected = _entries(pair.service) + files
    during: list[float] = []
    end = time.monotonic() + 60
    while _entries(pair.service) < expected - files // 50 and time.monotonic() < end:
        during.append(load_of(pair.url, seconds=seconds).rate)
    done = _entries(pair.service) - expected + files
    return Row(
        what=f"the same while {files:,} files are ingested",
        against=f"without, {statistics.median(before):,.0f}/s",
        figure=statistics.median(during) / statistics.median(before),
        at_least=0.6,
        note=f"{done:,} were ingested in the {len(during) * seconds:.0f} s of load",
    )


def _entries(service: Running) -> int:
    lines = service.get("/metrics").decode().splitlines()
    counts = [line for line in lines if line.startswith("feedsvc_entries")]
    return int(sum(float(line.split()[-1]) for line in counts))


def _several_processes(*, seconds: float, rounds: int) -> Iterator[Row]:
    number = len(os.sched_getaffinity(0))
    what = f"{number} processes on one port"
    if number == 1:
        yield Row(what=what, against="one process", figure=None, note="there is one core")
        return
    with (
        scratch() as alone,
        scratch() as together,
        serving(alone) as one,
        serving(together, processes=str(number)) as many,
    ):
        rates = interleaved(
            rounds,
            *(partial(_rate, url, seconds) for url in (one.url, many.url, one.bare)),
        )
    single, several, bare = (statistics.median(found) for found in rates)
    yield Row(
        what=what,
        against=f"one process, {single:,.0f}/s",
        figure=several / single,
        at_least=0.9 * number,
        note=f"the load takes a part of the same {number} cores; "
        f"bare aiohttp in this round {bare:,.0f}/s",
    )


def _rate(url: str, seconds: float) -> float:
    return load_of(url, seconds=seconds).rate


if __name__ == "__main__":
    run(measure, __doc__)
