"""Measures a service with a million entries against one with a thousand."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.fill import fill
from bench.measure import Row, fetch, resident, run, scratch
from feedsvc.settings import Settings
from tests.running import Running, running

SMALL, LARGE, QUICK = 1_000, 1_000_000, 50_000
OK = 200
# A word that few entries have, words that nearly all have, and what begins many words.
QUERIES = ("zaoclagri", "water", "the water", "the in of", "s*", "the -water")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one database costs: seconds to ready, to the first render of a channel, and bytes."""

    ready: float
    render: float
    before: int
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
        yield Row(
            what=f"first render of a channel, {number:,} entries",
            against=f"{SMALL:,} entries, {less.render * 1000:.0f} ms",
            figure=more.render / less.render,
            at_most=1.5,
            note=f"filled in {filled:.0f} s",
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
        before = resident(service.process.pid)
        outline = fetch(f"{service.base_url}/feeds.opml")[2].decode()
        feeds = [part.partition('"')[0] for part in outline.split('xmlUrl="')[1:]]
        took = []
        for url in feeds:
            started = time.perf_counter()
            fetch(url)
            took.append(time.perf_counter() - started)
        return Seen(
            ready=ready,
            render=statistics.median(took),
            before=before,
            after=resident(service.process.pid),
        )


def _search(service: Running, query: str, number: int) -> Row:
    url = f"{service.base_url}/feeds/query.atom?q={query.replace(' ', '+')}"
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
