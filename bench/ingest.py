"""Measures ingest: a cold folder, statements, parsing, a rescan, and one changed file."""

from __future__ import annotations

import os
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC
from functools import partial
from pathlib import Path

from bench.measure import (
    FEEDSVC,
    ROOT,
    Row,
    fetch,
    interleaved,
    plain_environment,
    run,
    scratch,
    timed,
    write_corpus,
)
from feedsvc.domain.reading import Listing, ReadingRules, read_file
from feedsvc.services.vocabulary import load_vocabulary
from tests.running import Running, running, wait_until

PER_FILE = 12
BATCH = 64
SETTLE_SECONDS = 0.5
PATIENCE_SECONDS = 60.0
# Below this rate, 100,000 entries would take minutes.
WORTHWHILE = 1_500
# Runs a command and prints how many statements it gave to the database.
COUNT = """
import sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from feedsvc.cli import main
statements = 0
@event.listens_for(Engine, "before_cursor_execute")
def count(*_):
    global statements
    statements += 1
try:
    main(sys.argv[1:])
finally:
    print(statements, file=sys.stderr)
"""


def measure(*, quick: bool) -> Iterator[Row]:
    """Rows about ingest."""
    entries, rounds = (2_000, 1) if quick else (10_000, 3)
    with scratch() as place:
        yield from _cold(place, entries, rounds=rounds)
    yield _statements()
    yield _parsing(3 if quick else 15)
    with scratch() as place:
        files = 1_000 if quick else 8_334
        write_corpus(place / "seeds", files, per_file=1)
        timed((*FEEDSVC, "ingest", str(place / "seeds")), **_settings(place))
        yield _rescan(place, files, rounds=2 if quick else 5)
        yield _one_change(place, files, rounds=3 if quick else 9)


def _settings(place: Path) -> dict[str, str]:
    return {
        "seeds_dir": str(place / "seeds"),
        "database_url": f"sqlite+aiosqlite:///{place / 'feedsvc.db'}",
        "log_level": "error",
    }


def _cold(place: Path, entries: int, *, rounds: int) -> Iterator[Row]:
    seeds = place / "seeds"
    text = write_corpus(seeds, entries, per_file=PER_FILE)
    files = -(-entries // PER_FILE)
    ratios, rates, seconds = [], [], []
    for number in range(rounds):
        folder = place / str(number)
        folder.mkdir()
        settings = _settings(folder) | {"seeds_dir": str(seeds)}
        ingested = timed((*FEEDSVC, "ingest", str(seeds)), **settings)
        checked = timed((*FEEDSVC, "check", str(seeds)), **settings)
        rows = insert_again(folder / "feedsvc.db", folder / "floor.db")
        ratios.append(ingested / (checked + rows))
        rates.append(entries / ingested)
        seconds.append((checked, rows))
    checked, rows = (statistics.median(column) for column in zip(*seconds, strict=True))
    yield Row(
        what=f"cold ingest of {entries:,} entries in {files:,} files",
        against=f"`feedsvc check` of them, {checked:.1f} s, and `executemany` of the rows, "
        f"{rows:.1f} s",
        figure=statistics.median(ratios),
        at_most=1.3,
    )
    with closing(sqlite3.connect(place / "0" / "feedsvc.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        found = database.execute("SELECT count(*) FROM entries").fetchone()[0]
    yield Row(
        what="bytes of the database per entry",
        against=f"bytes of its text, {text / entries:.0f}",
        figure=(place / "0" / "feedsvc.db").stat().st_size / found / (text / entries),
        at_most=5,
    )
    yield from _rate(place / "large", entries * 10 if max(rates) > WORTHWHILE else entries)


def _rate(place: Path, entries: int) -> Iterator[Row]:
    """How many entries a second, in all and in the last tenth, as another process sees it."""
    write_corpus(place / "seeds", entries, per_file=PER_FILE)
    settings = _settings(place)
    began = time.perf_counter()
    process = subprocess.Popen(
        [*FEEDSVC, "ingest", str(place / "seeds")],
        env=plain_environment(**settings),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    seen = [(0.0, 0)]
    while process.poll() is None:
        time.sleep(0.05)
        seen.append((time.perf_counter() - began, _count(place / "feedsvc.db")))
    seen.append((time.perf_counter() - began, _count(place / "feedsvc.db")))
    rate = entries / seen[-1][0]
    yield Row(
        what=f"entries a second, {entries:,} entries",
        figure=rate,
        unit="/s",
        at_least=3_000,
        note=f"{len(os.sched_getaffinity(0))} cores",
    )
    started = next(moment for moment, count in seen if count)
    tenth = entries // 10
    first = _moment(seen, tenth) - started
    last = seen[-1][0] - _moment(seen, entries - tenth)
    # Batches come in steps, so the beginning of each tenth is only known to a batch.
    whole = (seen[-1][0] - started) / 10
    yield Row(
        what="rate in the last tenth",
        against="in the first",
        figure=max(first, whole / 2) / max(last, whole / 2),
        at_least=0.8,
        note="seen in steps of a batch",
    )


def _moment(seen: list[tuple[float, int]], number: int) -> float:
    return next(moment for moment, count in seen if count >= number)


def _count(path: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT max(arrival) FROM entries").fetchone()[0] or 0)
    except sqlite3.OperationalError:
        return 0  # not created yet


def insert_again(source: Path, target: Path) -> float:
    """Seconds to insert all rows of a database into a new one, without its full text index."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        new.execute("PRAGMA journal_mode=wal")
        new.execute("PRAGMA synchronous=normal")
        made = old.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE "
            "'search%' AND name NOT LIKE 'sqlite_%' AND type IN ('table', 'index') ORDER BY type "
            "DESC"
        ).fetchall()
        for _, _, statement in made:
            new.execute(statement)
        new.commit()
        seconds = 0.0
        for name in [name for kind, name, _ in made if kind == "table"]:
            rows = old.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608 - our own tables
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                began = time.perf_counter()
                new.executemany(f'INSERT OR REPLACE INTO "{name}" VALUES ({marks})', rows)  # noqa: S608
                seconds += time.perf_counter() - began
        began = time.perf_counter()
        new.commit()
        return seconds + time.perf_counter() - began


def _statements() -> Row:
    counts = []
    for files in (1, BATCH):
        with scratch() as place:
            write_corpus(place / "seeds", 1)
            timed((*FEEDSVC, "ingest", str(place / "seeds")), **_settings(place))
            write_corpus(place / "seeds" / "new", files * PER_FILE, per_file=PER_FILE)
            ended = subprocess.run(
                [sys.executable, "-c", COUNT, "ingest", str(place / "seeds" / "new")],
                env=plain_environment(**_settings(place)),
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            )
            counts.append(int(ended.stderr.split()[-1]))
    return Row(
        what=f"SQL statements for {BATCH} files, {counts[1]:,}",
        against=f"for 1 file, {counts[0]:,}",
        figure=counts[1] / counts[0],
        at_most=2,
    )


def _parsing(rounds: int) -> Row:
    rules = ReadingRules(taxonomy=load_vocabulary().taxonomy, zone=UTC)
    with scratch() as place:
        write_corpus(place, 1_200, per_file=PER_FILE)
        files = [(path.name, path.read_bytes()) for path in sorted(place.iterdir())]
    entries = 0
    best = float("inf")
    for _ in range(rounds + 1):
        began = time.process_time()
        read = [read_file(name, data, rules=rules) for name, data in files]
        best = min(best, time.process_time() - began)
        entries = sum(len(one.drafts) for one in read if isinstance(one, Listing))
    return Row(
        what="parsing a plain listing",
        against="per entry",
        figure=best / entries * 1e6,
        unit="µs",
        at_most=120,
    )


def _rescan(place: Path, files: int, *, rounds: int) -> Row:
    """A second `feedsvc ingest` of a folder, less one of a single file: all but the start."""
    settings, seeds = _settings(place), place / "seeds"
    everything, one, bare = interleaved(
        rounds,
        partial(timed, (*FEEDSVC, "ingest", str(seeds)), **settings),
        partial(timed, (*FEEDSVC, "ingest", str(seeds / "000000.txt")), **settings),
        partial(_list_files, seeds),
    )
    least = statistics.median(bare)
    took = statistics.median(everything) - statistics.median(one)
    return Row(
        what=f"rescan with nothing changed, {files:,} files",
        against=f"`os.scandir` and `stat` of them, {least * 1000:.0f} ms",
        figure=took / least,
        at_most=3,
    )


def _list_files(folder: Path) -> float:
    began = time.perf_counter()
    with os.scandir(folder) as found:
        for one in found:
            one.stat()
    return time.perf_counter() - began


def _one_change(place: Path, files: int, *, rounds: int) -> Row:
    with running(
        place, seeds=place / "seeds", settle_seconds=str(SETTLE_SECONDS), rescan_seconds="600"
    ) as service:
        took = [_change(service, f"Lanterns {number} of the harbour") for number in range(rounds)]
    return Row(
        what=f"one changed file among {files:,} → visible in the feed",
        against=f"the settle time, {SETTLE_SECONDS} s",
        figure=(statistics.median(took) - SETTLE_SECONDS) * 1000,
        unit="ms",
        at_most=150,
    )


def _change(service: Running, title: str) -> float:
    url = f"{service.base_url}/feeds/all.atom"
    (service.seeds / "000000.txt").write_text(f"{title}\n\nAll of them were lit by nine.\n")
    began = time.perf_counter()
    while title.encode() not in fetch(url)[2]:
        if time.perf_counter() - began > PATIENCE_SECONDS:
            raise RuntimeError(f"a change was not visible after {PATIENCE_SECONDS:.0f} s")
        time.sleep(0.005)
    seconds = time.perf_counter() - began
    wait_until(service.is_ready, what="it is ready")
    return seconds


if __name__ == "__main__":
    run(measure, __doc__)
