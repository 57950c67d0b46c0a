"""Measures a service with a million entries against one with a thousand."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from bench.fill import fill
from bench.measure import Row, fetch, resident, run, scratch
from feedsvc.settings import Settings
from tests.running import Running, running

SMALL, LARGE, QUICK = 1_000, 1_000_000, 50_000
OK = 200
FEED_SIZE = 50
# A word that few entries have, words that nearly all have, and what begins many words.
QUERIES = ("zaoclagri", "water", "the water", "the in of", "s*", "the -water")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one database costs: seconds to ready and to each full channel, and memory."""

    ready: float
    renders: Mapping[str, float]
    after: int


def measure(*, quick: bool) -> Iterator[Row]:
    """Rows about size."""
    number = QUICK if quick else LARGE
    with scratch() as small, scratch() as large:
        began = time.perf_counter()
        fill(small / "feedsvc.db", SMALL, settings=Settings())
        fill(large / "feedsvc.db", number, settings=Settings())
        filled = time.perf_counter() - began
        less, more = _serve(small), _serve(large)
        both = sorted(less.renders.keys() & more.renders.keys())
        yield Row(
            what=f"first render of a channel, {number:,} entries",
            against=f"{SMALL:,} entries, "
            f"{statistics.median(less.renders[one] for one in both) * 1000:.1f} ms",
            figure=statistics.median(more.renders[one] / less.renders[one] for one in both),
            at_most=1.5,
            note=f"{len(both)} channels that are full in both; filled in {filled:.0f} s",
        )
        yield Row(
            what=f"memory after serving every channel, {number:,} entries",
            against=f"{SMALL:,} entries, {less.after / 1e6:.0f} MB",
            figure=(more.after - less.after) / 1e6,
            unit="MB more",
            at_most=100,
        )
        yield Row(
            what=f"start to ready, {number:,} entries",
            against=f"{SMALL:,} entries took {less.ready:.1f} s",
            figure=more.ready,
            unit="s",
            at_most=3,
        )
        with running(large, rescan_seconds="600") as service:
            for query in QUERIES:
                yield _search(service, query, number)


def _serve(place: Path) -> Seen:
    began = time.perf_counter()
    with running(place, rescan_seconds="600") as service:
        ready = time.perf_counter() - began
        outline = fetch(f"{service.base_url}/feeds.opml")[2].decode()
        feeds = [part.partition('"')[0] for part in outline.split('xmlUrl="')[1:]]
        renders = {}
        for url in feeds:
            started = time.perf_counter()
            body = fetch(url)[2]
            if body.count(b"<entry>") + body.count(b"<item>") >= FEED_SIZE:
                renders[urlsplit(url).path] = time.perf_counter() - started
        return Seen(ready=ready, renders=renders, after=resident(service.process.pid))


def _search(service: Running, query: str, number: int) -> Row:
    url = f"{service.base_url}/feeds/query.atom?q={quote(query)}"
    began = time.perf_counter()
    status, _, _ = fetch(url)
    took = time.perf_counter() - began
    answered = "answered" if status == OK else f"refused with {status}"
    return Row(
        what=f"cold query {query!r}, {number:,} entries",
        figure=took * 1000,
        unit="ms",
        at_most=50 if status == OK else 250,
        note=answered,
    )


if __name__ == "__main__":
    run(measure, __doc__)
