"""Files are added, edited and removed under load: nothing grows, and the result is right."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import astuple, dataclass
from itertools import count, takewhile
from pathlib import Path
from typing import Any

import pytest

from tests.faults.polling import polling
from tests.faults.service_state import descriptors, readiness, resident_kib
from tests.running import Running, running, wait_until

SOAK_SECONDS = 180
PLACES = ("Almaty", "Lima", "Lagos", "Oslo", "Hanoi")


@dataclass(frozen=True)
class Resources:
    """Memory and open files of a process."""

    kib: int
    descriptors: int


def listing(number: int, chance: random.Random) -> str:
    """Return an entry of this file only, edited now and then, and some shared with other files."""
    weather = chance.choice(("calm", "rough", "foggy"))
    shared = chance.sample(range(120), chance.randint(0, 3))
    stories = [
        f"Log of pier {number}\nThe watch of this pier wrote in its book of a {weather} night.\n",
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


def has_settled(service: Running, seeds: Path) -> bool:
    """Return whether all files, and no others, are published."""
    store = readiness(service)["store"]
    return bool(store["seeds"] == len(list(seeds.glob("*.txt"))) and not store["missing"])


def content_of(folder: Path) -> dict[str, Any]:
    """Return texts, labels and sightings, without anything that depends on the order of events."""
    database = folder / "feedsvc.db"
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


def forty_rounds() -> Iterable[int]:
    return range(40)


def minutes_of_rounds() -> Iterator[int]:
    end = time.monotonic() + SOAK_SECONDS
    return takewhile(lambda _: time.monotonic() < end, count())


@pytest.mark.parametrize(
    "rounds", [forty_rounds, pytest.param(minutes_of_rounds, marks=pytest.mark.slow)]
)
def test_churn_under_load_ends_like_a_fresh_start(
    tmp_path: Path,
    rounds: Callable[[], Iterable[int]],
    record_property: Callable[[str, object], None],
) -> None:
    chance = random.Random(9)  # noqa: S311 - the same churn each time
    lived, fresh, seeds = tmp_path / "lived", tmp_path / "fresh", tmp_path / "seeds"
    for folder in (lived, fresh, seeds):
        folder.mkdir()
    for number in range(40):
        (seeds / f"{number}.txt").write_text(listing(number, chance))
    quick = {"rescan_seconds": "0.5", "settle_seconds": "0.05", "feed_size": "20"}
    with running(lived, seeds=seeds, **quick) as service:
        with polling(service) as polls:
            held = [churn_once(service, chance) for _ in rounds()]
        assert polls.wrong == []
        wait_until(lambda: has_settled(service, seeds), what="all is taken in")
        with running(fresh, seeds=seeds) as other:
            wait_until(lambda: has_settled(other, seeds), what="a fresh start takes all in")
        # The last entry of a file that looks unfinished is held back for some scans.
        wait_until(lambda: content_of(lived) == content_of(fresh), what="it is like a fresh start")
    record_property("documents", polls.good)
    record_property("slowest", round(polls.slowest, 2))
    record_property("held", [astuple(one) for one in held[:: max(1, len(held) // 12)]])
    record_property("rounds", len(held))
    assert_flat(held[len(held) // 4 :])
    assert content_of(lived) == content_of(fresh)


def churn_once(service: Running, chance: random.Random) -> Resources:
    """Change files, wait for a scan, and return the resources that the service uses."""
    churn(service.seeds, chance)
    wait_for_scans(service, 1)
    return Resources(kib=resident_kib(service), descriptors=descriptors(service))


def wait_for_scans(service: Running, number: int) -> None:
    enough = readiness(service)["watcher"]["scans"] + number
    wait_until(
        lambda: readiness(service)["watcher"]["scans"] >= enough, what="the folder is scanned"
    )


def assert_flat(held: list[Resources]) -> None:
    half = len(held) // 2
    earlier, later = held[:half], held[half:]
    most = max(one.kib for one in earlier) + 16 * 1024
    assert max(one.kib for one in later) < most
    most = max(one.descriptors for one in earlier) + 8
    assert max(one.descriptors for one in later) <= most
