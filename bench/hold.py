"""Measures the slowest answers of a service under attack, with 20,000 entries.

    python -m bench.hold                         # everything, about ten minutes
    python -m bench.hold --seconds 5 --only bombs idle

Starts the service with default settings on a free port, runs one attack after another, and prints a
table in Markdown. Clients and probes are processes of their own. Needs `ulimit -n 4096` or more.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from random import Random  # noqa: TID251 - one that is the same each time
from urllib.error import HTTPError
from urllib.request import urlopen

from lxml import etree

from bench.fill import EVENTS, Tails, fill
from feedsvc.services.vocabulary import load_vocabulary
from feedsvc.settings import Settings
from tests.faults.hostile import attacking
from tests.faults.probes import CACHED, COLD, HEALTH, Probes, Series, probing
from tests.faults.writers import writing
from tests.running import Running, running, wait_until

ENTRIES = 20_000
PER_FILE = 20
LARGE_BYTES = 13_000_000
# Most attacks end before all have been asked for; then the first ones may be in memory.
COLD_PER_SECOND = 4
BARS = {HEALTH: 0.1, CACHED: 0.1, COLD: 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A running service, how long an attack lasts, and the feeds that are in no memory yet."""

    service: Running
    port: int
    seconds: float
    cold: Iterator[str]

    def take_cold(self) -> list[str]:
        """Feeds that nobody has asked for, as long as there are any."""
        return list(islice(self.cold, int(self.seconds * COLD_PER_SECOND)))


Attack = Callable[[Bench], str]


def do_nothing(bench: Bench) -> str:
    """Wait."""
    time.sleep(bench.seconds)
    return ""


def attack_with(name: str, clients: int, bench: Bench, *, lasting: float = 1.0) -> str:
    """Let hostile clients attack; `lasting` is how many times as long as usual."""
    with attacking(name, bench.port, clients) as attack:
        time.sleep(bench.seconds * lasting)
    answers = sorted(attack.answers.items(), key=lambda one: -one[1])
    return ", ".join(f"{number} × {status}" for status, number in answers)


def ingest_entries(bench: Bench) -> str:
    """Add 20,000 entries in files, and wait until all are published."""
    random, began = Random(2), time.perf_counter()  # noqa: S311 - the same each time
    before = wait_until(lambda: _stored(bench.service, "seeds"), what="it is ready")
    write_listings(bench.service.seeds, ENTRIES, random)
    # Not the entries: those of an earlier attack may still be on their way out.
    files = before + ENTRIES // PER_FILE
    wait_until(lambda: _stored(bench.service, "seeds") >= files, what="all are in", seconds=1200)
    return f"{ENTRIES / (time.perf_counter() - began):,.0f} entries/s"


def read_a_large_file(bench: Bench) -> str:
    """Add a file of 13 MB, then edit a word of it."""
    tail, file = Tails(Random(3)), bench.service.seeds / "large.txt"  # noqa: S311
    text = ""
    parts = []
    while sum(map(len, parts)) < LARGE_BYTES:
        parts.append("\n".join(_entry(tail, f"Large {len(parts)}.{n}") for n in range(500)))
    text = "\n".join(parts)
    took = []
    for number in range(2):
        began, accepted = time.perf_counter(), len(bench.service.lines("file published"))
        file.write_text(text.replace("Large 0.0", f"Edited {number}", number))
        wait_until(
            lambda seen=accepted: len(bench.service.lines("file published")) > seen,
            what="it is read",
            seconds=1200,
        )
        took.append(time.perf_counter() - began)
    file.unlink()
    return f"read in {took[0]:.0f} s, edited in {took[1]:.0f} s"


def write_under_pollers(bench: Bench, *, lasting: float) -> str:
    """Let three writers change 20 files a second under eight polling clients."""
    seconds = bench.seconds * lasting
    with writing(bench.service, seconds=seconds) as polling:
        time.sleep(seconds)
    lost = len(polling.vanished)
    return f"{polling.changes / seconds:.0f} changes/s, {polling.polls} polls, {lost} ids vanished"


ATTACKS: dict[str, tuple[str, Attack]] = {
    "none": ("none", do_nothing),
    "one": ("1 client downloads without a pause", partial(attack_with, "download", 1)),
    "ten": ("10 clients download without a pause", partial(attack_with, "download", 10)),
    "thousand": ("1,000 clients download", partial(attack_with, "download", 1000)),
    "bomb": ("1 client sends costly queries", partial(attack_with, "bombs", 1)),
    "bombs": ("4 clients send costly queries", partial(attack_with, "bombs", 4, lasting=3)),
    "bombs10": ("10 clients send costly queries", partial(attack_with, "bombs", 10)),
    "bombs200": ("200 clients send costly queries", partial(attack_with, "bombs", 200)),
    "nonsense": ("10 clients search for nonsense", partial(attack_with, "nonsense", 10)),
    "nonsense200": ("200 clients search for nonsense", partial(attack_with, "nonsense", 200)),
    "lost": ("10 clients ask for missing pages", partial(attack_with, "lost", 10)),
    "lost200": ("200 clients ask for missing pages", partial(attack_with, "lost", 200)),
    "entries200": ("200 clients read entries' pages", partial(attack_with, "entries", 200)),
    "status": ("10 clients read the status page", partial(attack_with, "status", 10)),
    "status200": ("200 clients read the status page", partial(attack_with, "status", 200)),
    "idle": ("1,000 connections are idle", partial(attack_with, "idle", 1000)),
    "slow": ("200 clients read an archive slowly", partial(attack_with, "slow", 200)),
    "large": ("a 13 MB file is read and edited", read_a_large_file),
    "ingest": ("20,000 entries are ingested", ingest_entries),
    "write": (
        "3 writers, 20 changes a second, 8 pollers",
        partial(write_under_pollers, lasting=9),
    ),
}


def main() -> None:
    """Run the attacks and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20, help="how long an attack lasts")
    parser.add_argument("--only", nargs="+", choices=ATTACKS, help="these attacks only")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and end the other processes
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start\n")
    print(
        "| attack | worst `/healthz` | worst feed in memory | worst other feed | answers | load |"
    )
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, started(Path(folder)) as service:
        port = int(service.base_url.rpartition(":")[2])
        feeds = cold_feeds(service)
        bench = Bench(service=service, port=port, seconds=arguments.seconds, cold=feeds)
        for name in arguments.only or ATTACKS:
            print(measure(bench, *ATTACKS[name]), flush=True)


@contextmanager
def started(folder: Path) -> Iterator[Running]:
    """A service with 20,000 entries in its database and one file in its folder."""
    with ExitStack() as stack:
        fill(folder / "feedsvc.db", ENTRIES, settings=Settings(base_url="https://news.example"))
        (folder / "seeds").mkdir()
        (folder / "seeds" / "a.txt").write_text("A quiet day\n\nNothing was reported.\n")
        yield stack.enter_context(
            running(folder, base_url="https://news.example", max_seed_bytes="16MiB")
        )


def cold_feeds(service: Running) -> Iterator[str]:
    """Every feed that has entries, one after another, and then again."""
    paths = []
    listed = etree.fromstring(service.get("/feeds.opml")).findall(".//outline[@xmlUrl]")
    for form in ("json", "rss", "atom"):
        for outline in listed:
            path = str(outline.get("xmlUrl")).removeprefix("https://news.example")
            if path != "/feeds/all.rss":
                paths.append(f"{path.removesuffix('.rss')}.{form}")
    return cycle(paths)


def measure(bench: Bench, title: str, attack: Attack) -> str:
    """Run an attack under probes and return its row."""
    with probing(bench.port, bench.take_cold()) as probes:
        said = attack(bench)
    cells = [_cell(probes, kind) for kind in (HEALTH, CACHED, COLD)]
    return f"| {title} | {' | '.join(cells)} | {said} | {os.getloadavg()[0]:.1f} |"


def _cell(probes: Probes, kind: str) -> str:
    series = probes.series[kind]
    mark = " **over**" if series.worst > BARS[kind] else ""
    return (
        f"{_milliseconds(series.worst)}{mark} (99 %: {_milliseconds(series.p99)}){_errors(series)}"
    )


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"


def _errors(series: Series) -> str:
    return "".join(f", {n} × {it}" for it, n in series.statuses.items() if it != "200")


def write_listings(folder: Path, entries: int, random: Random) -> None:
    """Write entries that are new, in files."""
    tail = Tails(random)
    for start in range(0, entries, PER_FILE):
        names = (f"New {start + n}" for n in range(PER_FILE))
        (folder / f"new{start:06}.txt").write_text("\n".join(_entry(tail, name) for name in names))


COUNTRIES = sorted(one.name for one in load_vocabulary().taxonomy.countries.values())


def _entry(tail: Tails, name: str) -> str:
    place = COUNTRIES[hash_of(name) % len(COUNTRIES)]
    event = EVENTS[hash_of(name) % len(EVENTS)]
    return f"{name}: {event} in {place}\n\n{tail.take(25).capitalize()}.\n"


def hash_of(text: str) -> int:
    """A number from a text, the same in each run."""
    return sum((n + 1) * ord(letter) for n, letter in enumerate(text))


def _stored(service: Running, what: str) -> int:
    """How many `entries` or `seeds` are stored; 0 if it cannot say now."""
    try:
        with urlopen(service.base_url + "/readyz", timeout=60) as answer:  # noqa: S310 - our own
            store = json.load(answer)["store"]
    except HTTPError:  # all connections are still taken, or the database is slow
        return 0
    return int(store[what]) if store else 0


if __name__ == "__main__":
    main()
