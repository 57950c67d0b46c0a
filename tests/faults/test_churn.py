"""Files added, edited and removed under load: nothing grows, and the end is as from scratch."""

from __future__ import annotations

import json
import random
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from lxml import etree

from tests.faults.asking import descriptors, readiness, resident_kib
from tests.running import Running, running, wait_until

ROUNDS = 40
PLACES = ("Almaty", "Lima", "Lagos", "Oslo", "Hanoi")
PATHS = ("/feeds/all.atom", "/feeds/all.rss", "/feeds/all.json", "/", "/feeds.opml", "/all")


def listing(number: int, chance: random.Random) -> str:
    """A story of this file alone, edited now and then, and some that also stand in others."""
    told = chance.choice(("calm", "rough", "foggy"))
    shared = chance.sample(range(120), chance.randint(0, 3))
    stories = [
        f"Log of pier {number}\nThe watch of this pier wrote in its book of a {told} night.\n",
        *(
            f"Harbour note {one} from {PLACES[one % len(PLACES)]}\n"
            f"The crew of boat {one} has little to tell of its night at sea.\n"
            for one in shared
        ),
    ]
    chance.shuffle(stories)
    return "\n".join(stories)


def churn(seeds: Path, chance: random.Random) -> None:
    for _ in range(8):
        number = chance.randrange(40)
        file = seeds / f"{number}.txt"
        if chance.random() < 0.25:
            file.unlink(missing_ok=True)
        else:
            file.write_text(listing(number, chance))


@contextmanager
def load(service: Running) -> Iterator[list[str]]:
    """Requests in the block, each document looked at; what was wrong with them."""
    wrong: list[str] = []
    stop = threading.Event()

    def ask() -> None:
        strict = etree.XMLParser(resolve_entities=False)
        while not stop.wait(0.02):
            for path in PATHS:
                try:
                    body = service.get(path)
                    if path.endswith("json"):
                        json.loads(body)
                    elif "feeds" in path:
                        etree.fromstring(body, strict)
                except (OSError, ValueError, etree.LxmlError) as error:
                    wrong.append(f"{path}: {error!r}")

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield wrong
    finally:
        stop.set()
        asking.join()


def settled(service: Running, seeds: Path) -> bool:
    """Whether as many seeds are known as there are files, and two scans agree."""
    store = readiness(service)["store"]
    return bool(store["seeds"] == len(list(seeds.glob("*.txt"))) and not store["missing"])


def said(database: Path) -> dict[str, Any]:
    """Texts, labels and sightings, by what does not depend on the order of events."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        sightings = connection.execute(
            "SELECT s.path, g.ordinal, e.title, e.text FROM sightings g"
            " JOIN seeds s ON s.id = g.seed JOIN entries e ON e.arrival = g.arrival",
        ).fetchall()
        labels = connection.execute(
            "SELECT e.title, e.text, l.kind, l.rank, l.value, l.score FROM labels l"
            " JOIN entries e ON e.arrival = l.arrival WHERE e.standing = 'live'",
        ).fetchall()
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {"sightings": sorted(sightings), "labels": sorted(labels)}


def test_churn_under_load_leaves_what_a_fresh_start_would(tmp_path: Path) -> None:
    chance = random.Random(9)  # noqa: S311 - the same churn each time
    lived, fresh = tmp_path / "lived", tmp_path / "fresh"
    lived.mkdir()
    fresh.mkdir()
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for number in range(40):
        (seeds / f"{number}.txt").write_text(listing(number, chance))
    held: list[tuple[int, int]] = []
    quick = {"rescan_seconds": "0.5", "settle_seconds": "0.05", "feed_size": "20"}
    with running(lived, seeds=seeds, **quick) as service:
        with load(service) as wrong:
            for number in range(ROUNDS):
                churn(seeds, chance)
                scans = readiness(service)["watcher"]["scans"]
                wait_until(
                    lambda scans=scans: readiness(service)["watcher"]["scans"] > scans,
                    what="the folder is scanned",
                )
                if number >= ROUNDS // 4:
                    held.append((resident_kib(service), descriptors(service)))
        assert wrong == []
        wait_until(lambda: settled(service, seeds), what="all is taken in")
        scans = readiness(service)["watcher"]["scans"]
        wait_until(
            lambda: readiness(service)["watcher"]["scans"] > scans + 2, what="nothing is left"
        )
    half = len(held) // 2
    earlier, later = held[:half], held[half:]
    assert max(kib for kib, _ in later) < max(kib for kib, _ in earlier) + 16 * 1024
    assert max(count for _, count in later) <= max(count for _, count in earlier) + 8
    with running(fresh, seeds=seeds) as service:
        wait_until(lambda: settled(service, seeds), what="all is taken in")
    assert said(lived / "feedsvc.db") == said(fresh / "feedsvc.db")
