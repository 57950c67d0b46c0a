"""Measures the slowest answers of /healthz while the service works hard."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from multiprocessing import Event, Process, Queue
from pathlib import Path
from urllib.parse import urlsplit

from bench.fill import fill
from bench.measure import Row, fetch, run, scratch, write_corpus
from feedsvc.settings import Settings
from tests.running import Running, running, wait_until

PAUSE_SECONDS = 0.005
LONGEST_SECONDS = 60.0


def measure(*, quick: bool) -> Iterator[Row]:
    """Two rows for each kind of work: 99 in 100 answers, and the slowest one."""
    many, large = (2_000, 5_000) if quick else (20_000, 50_000)
    with scratch() as place:
        fill(place / "feedsvc.db", 2_000 if quick else 20_000, settings=Settings())
        words = place / "words"
        (words / "topics").mkdir(parents=True)
        _say(words, "zither makers")
        with running(place, rescan_seconds="600", taxonomy_dir=str(words)) as service:
            cold = _list_feeds(service)
            yield from _probe(
                service, "channels that are in no memory are rendered", lambda: _render(cold)
            )
            yield from _probe(
                service,
                f"{many:,} entries are ingested",
                lambda: _ingest(service, service.seeds / "many", many, per_file=12),
            )
            yield from _probe(
                service,
                f"one file of {large:,} entries is ingested",
                lambda: _ingest(service, service.seeds / "large", large, per_file=large),
            )
            yield from _probe(service, "everything is relabelled", lambda: _relabel(service, words))


def _probe(service: Running, what: str, work: Callable[[], str]) -> Iterator[Row]:
    stop, queue = Event(), Queue()
    process = Process(target=_ask, args=(service.base_url, stop, queue), daemon=True)
    process.start()
    try:
        done = work()
    finally:
        stop.set()
    took = sorted(queue.get())
    process.join()
    for name, figure, bar in (
        ("p99", took[len(took) * 99 // 100], 20),
        ("slowest", took[-1], 100),
    ):
        yield Row(
            what=f"/healthz while {what}",
            against=name,
            figure=figure * 1000,
            unit="ms",
            at_most=bar,
            note=f"{len(took):,} answers, {done}",
        )


def _ask(base_url: str, stop: Event, queue: Queue[list[float]]) -> None:  # type: ignore[valid-type]
    parts = urlsplit(base_url)
    took = []
    while not stop.is_set():
        began = time.perf_counter()
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        connection.close()
        took.append(time.perf_counter() - began)
        time.sleep(PAUSE_SECONDS)
    queue.put(took)


def _list_feeds(service: Running) -> list[str]:
    outline = fetch(f"{service.base_url}/feeds.opml")[2].decode()
    return [part.partition('"')[0] for part in outline.split('xmlUrl="')[1:]]


def _render(feeds: list[str]) -> str:
    for url in feeds[:150]:
        fetch(url)
    return f"{min(len(feeds), 150)} channels"


def _say(words: Path, phrase: str) -> None:
    (words / "topics" / "labour.toml").write_text(f"[mine]\nstrong = '{phrase}'\n")


def _relabel(service: Running, words: Path) -> str:
    """Change the vocabulary, reload, and wait until every entry is labelled again."""
    before = len(service.lines("relabelling finished"))
    began = time.perf_counter()
    _say(words, "bassoon makers")
    service.process.send_signal(signal.SIGHUP)
    try:
        wait_until(
            lambda: len(service.lines("relabelling finished")) > before,
            what="all is relabelled",
            seconds=LONGEST_SECONDS,
        )
    except AssertionError:
        return f"not done after {LONGEST_SECONDS:.0f} s"
    return f"done in {time.perf_counter() - began:.0f} s"


def _ingest(service: Running, folder: Path, entries: int, *, per_file: int) -> str:
    """Write files and wait until all their entries are published."""
    files = -(-entries // per_file)
    before = len(service.lines("file published"))
    began = time.perf_counter()
    write_corpus(folder, entries, per_file=per_file)
    try:
        wait_until(
            lambda: len(service.lines("file published")) >= before + files,
            what="all files are in",
            seconds=LONGEST_SECONDS,
        )
    except AssertionError:
        done = len(service.lines("file published")) - before
        return f"{done:,} of {files:,} files were in after {LONGEST_SECONDS:.0f} s"
    return f"{entries / (time.perf_counter() - began):,.0f} entries/s"


if __name__ == "__main__":
    run(measure, __doc__)
