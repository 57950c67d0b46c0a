"""`kill -9` at every named point of a scan, and at random: nothing is lost, doubled or moved."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from feedsvc.services.ingest.points import Point

ROOT = Path(__file__).resolve().parents[2]
KILLED = -9
RANDOM_DEATHS = 50
FILES = 500
WRITTEN = 1_770_000_000  # the same for each folder, as the store keeps it
SUBJECTS = ("strike in Almaty", "rain over Asia", "a quiet day", "the ferry to the islands")
# How often a point is passed before death: edges of the first commits, the middle, the end.
OCCURRENCES = (1, 2, 64, 65, 250, 500)


@dataclass(frozen=True)
class Nursery:
    """Runs scans in processes that can be killed."""

    process: subprocess.Popen[str]

    def scan(self, database: Path, seeds: Path, **order: Any) -> int:
        """The exit status of a scan; -9 if it was killed."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        said = json.dumps({"database": str(database), "seeds": str(seeds)} | order)
        self.process.stdin.write(said + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.nursery"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Nursery(process)


@contextmanager
def reading(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        yield connection


def contents(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, ids, dates, revisions and numbers included."""
    with reading(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name: sorted(_rows(connection, name), key=repr) for (name,) in names.fetchall()}


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[tuple[Any, ...]]:
    found = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608
    # When a scan last ended depends on how many there were: all else does not.
    kept = [number for number, column in enumerate(found.description) if column[0] != "scanned"]
    return (tuple(row[number] for number in kept) for row in found)


def assert_no_half_seed(database: Path) -> None:
    """Each seed that is known as accepted has all of its entries, in all of their channels."""
    with reading(database) as connection:
        try:
            seeds = connection.execute(
                "SELECT s.entries, count(g.id) FROM seeds s LEFT JOIN sightings g ON g.seed = s.id"
                " GROUP BY s.id",
            ).fetchall()
        except sqlite3.OperationalError:
            return  # killed before the schema stood
        assert all(stated == held for stated, held in seeds)
        counted = connection.execute(
            "SELECT c.entries, count(m.arrival) FROM channels c"
            " LEFT JOIN memberships m ON m.channel = c.id GROUP BY c.id",
        ).fetchall()
        assert all(stated == held for stated, held in counted)


def write_seeds(folder: Path, files: int = FILES) -> None:
    folder.mkdir()
    for number in range(files):
        write(folder, number, "is told")


def write(folder: Path, number: int, what: str) -> None:
    file = folder / f"{number:03}.txt"
    file.write_text(listing(number, what))
    os.utime(file, (WRITTEN, WRITTEN))


def listing(number: int, what: str) -> str:
    return "\n".join(
        f"Of {subject} in the year {number + 1000}\nIt {what} by those of parish {number // 2}.\n"
        for subject in SUBJECTS[: 1 + number % 4]
    )


def change_seeds(folder: Path, files: int = FILES) -> None:
    """Edit, remove and add some."""
    for number in range(0, files, 5):
        write(folder, number, "is told anew")
    for number in range(1, files, 5):
        (folder / f"{number:03}.txt").unlink(missing_ok=True)
    for number in range(files, files + files // 10):
        write(folder, number, "is told")


def undisturbed(nursery: Nursery, folder: Path, files: int = FILES) -> list[dict[str, Any]]:
    """What a store holds after a first scan and after one of changes, when nothing goes wrong."""
    folder.mkdir()
    write_seeds(folder / "seeds", files)
    assert nursery.scan(folder / "a.db", folder / "seeds") == 0
    first = contents(folder / "a.db")
    change_seeds(folder / "seeds", files)
    assert nursery.scan(folder / "a.db", folder / "seeds") == 0
    return [first, contents(folder / "a.db")]


def die_everywhere(nursery: Nursery, database: Path, seeds: Path) -> int:
    """Scan, dying at each point; then scan to the end. How often it died."""
    deaths = 0
    for occurrence in OCCURRENCES:
        for point in Point:
            order = {"point": point.name, "occurrence": occurrence}
            ended = nursery.scan(database, seeds, **order)
            assert ended in {0, KILLED}
            deaths += ended == KILLED
            assert_no_half_seed(database)
    assert nursery.scan(database, seeds) == 0
    return deaths


def test_death_at_every_point_changes_nothing_of_the_end(
    nursery: Nursery,
    tmp_path: Path,
) -> None:
    expected = undisturbed(nursery, tmp_path / "undisturbed")
    seeds, database = tmp_path / "seeds", tmp_path / "a.db"
    write_seeds(seeds)
    deaths = die_everywhere(nursery, database, seeds)
    assert contents(database) == expected[0]
    change_seeds(seeds)
    deaths += die_everywhere(nursery, database, seeds)
    assert contents(database) == expected[1]
    assert deaths > 2 * len(Point)


def test_death_at_fifty_random_moments_changes_nothing_of_the_end(
    nursery: Nursery,
    tmp_path: Path,
) -> None:
    files = 100
    began = time.monotonic()
    expected = undisturbed(nursery, tmp_path / "undisturbed", files)
    longest = time.monotonic() - began
    chance = random.Random(50)  # noqa: S311 - the same share of that time in each run
    deaths = lives = 0
    while deaths < RANDOM_DEATHS:
        lives += 1
        folder = tmp_path / f"life-{lives}"
        folder.mkdir()
        seeds, database = folder / "seeds", folder / "a.db"
        write_seeds(seeds, files)
        for contents_then in expected:
            ended = KILLED
            while ended == KILLED:
                # Enough is enough: the last scan is left alone.
                alone = {} if deaths >= RANDOM_DEATHS else {"after": chance.uniform(0, longest / 2)}
                ended = nursery.scan(database, seeds, **alone)
                assert ended in {0, KILLED}
                deaths += ended == KILLED
                if database.exists():
                    assert_no_half_seed(database)
            assert contents(database) == contents_then
            change_seeds(seeds, files)
