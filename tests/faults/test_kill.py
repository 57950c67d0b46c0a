"""`kill -9` at every named point of a scan, and at random: nothing is lost, doubled or moved."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from feedsvc.domain.render.format import Format
from feedsvc.services.ingest.state import Checkpoint
from tests.faults.evidence import assert_no_half_seed, contents, etags
from tests.faults.parish import change_seeds, write_seeds

ROOT = Path(__file__).resolve().parents[2]
KILLED = -9
BEYOND_A_COMMIT = 66
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


@dataclass(frozen=True)
class Told:
    """What a store holds, row by row, and the tags of what is served from it."""

    rows: dict[str, list[tuple[Any, ...]]]
    etags: dict[tuple[str, Format], str]


def told(database: Path) -> Told:
    return Told(rows=contents(database), etags=asyncio.run(etags(database)))


def undisturbed(nursery: Nursery, folder: Path, files: int) -> list[Told]:
    """What is told after a first scan and after one of changes, when nothing goes wrong."""
    folder.mkdir()
    write_seeds(folder / "seeds", files)
    assert nursery.scan(folder / "a.db", folder / "seeds") == 0
    first = told(folder / "a.db")
    change_seeds(folder / "seeds", files)
    assert nursery.scan(folder / "a.db", folder / "seeds") == 0
    assert told(folder / "a.db").etags != first.etags
    return [first, told(folder / "a.db")]


def die_at_each_occurrence(nursery: Nursery, start: Path, seeds: Path, end: Told) -> int:
    """From a folder with a store or none, die wherever a scan passes; how often that was.

    Deaths leave few different stores: each of them is scanned to the end once.
    """
    deaths = 0
    ended: list[dict[str, list[tuple[Any, ...]]]] = []
    for point in Checkpoint:
        for occurrence in count(1):
            life = start.with_name("life")
            shutil.copytree(start, life)
            database = life / "a.db"
            order = {"point": point.name, "occurrence": occurrence}
            died = nursery.scan(database, seeds, **order) == KILLED
            left = contents(database)
            assert_no_half_seed(database)
            if died and left not in ended:
                assert nursery.scan(database, seeds) == 0
                assert told(database) == end
                ended.append(left)
            shutil.rmtree(life)
            if not died:
                assert left == end.rows
                break
            deaths += 1
    return deaths


def test_death_at_every_occurrence_of_every_point_changes_nothing_of_the_end(
    nursery: Nursery,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    expected = undisturbed(nursery, tmp_path / "undisturbed", BEYOND_A_COMMIT)
    seeds, start = tmp_path / "seeds", tmp_path / "start"
    start.mkdir()
    write_seeds(seeds, BEYOND_A_COMMIT)
    first = die_at_each_occurrence(nursery, start, seeds, expected[0])
    assert nursery.scan(start / "a.db", seeds) == 0
    change_seeds(seeds, BEYOND_A_COMMIT)
    then = die_at_each_occurrence(nursery, start, seeds, expected[1])
    record_property("deaths", [first, then])
    assert first > 2 * BEYOND_A_COMMIT
    assert then > BEYOND_A_COMMIT


def die_everywhere(nursery: Nursery, database: Path, seeds: Path) -> int:
    """Scan, dying at each point; then scan to the end. How often it died."""
    deaths = 0
    for occurrence in OCCURRENCES:
        for point in Checkpoint:
            order = {"point": point.name, "occurrence": occurrence}
            ended = nursery.scan(database, seeds, **order)
            assert ended in {0, KILLED}
            deaths += ended == KILLED
            assert_no_half_seed(database)
    assert nursery.scan(database, seeds) == 0
    return deaths


@pytest.mark.slow
def test_death_at_every_point_of_a_large_scan_changes_nothing_of_the_end(
    nursery: Nursery,
    tmp_path: Path,
) -> None:
    expected = undisturbed(nursery, tmp_path / "undisturbed", 500)
    seeds, database = tmp_path / "seeds", tmp_path / "a.db"
    write_seeds(seeds, 500)
    deaths = die_everywhere(nursery, database, seeds)
    assert told(database) == expected[0]
    change_seeds(seeds, 500)
    deaths += die_everywhere(nursery, database, seeds)
    assert told(database) == expected[1]
    assert deaths > 2 * len(Checkpoint)


@pytest.mark.parametrize(
    ("files", "enough"), [(70, 12), pytest.param(500, 50, marks=pytest.mark.slow)]
)
def test_death_at_random_moments_changes_nothing_of_the_end(
    nursery: Nursery,
    tmp_path: Path,
    files: int,
    enough: int,
) -> None:
    began = time.monotonic()
    expected = undisturbed(nursery, tmp_path / "undisturbed", files)
    longest = time.monotonic() - began
    chance = random.Random(50)  # noqa: S311 - the same share of that time in each run
    deaths = lives = 0
    while deaths < enough:
        lives += 1
        folder = tmp_path / f"life-{lives}"
        folder.mkdir()
        seeds, database = folder / "seeds", folder / "a.db"
        write_seeds(seeds, files)
        for told_then in expected:
            ended = KILLED
            while ended == KILLED:
                # Enough is enough: the last scan is left alone.
                alone = {} if deaths >= enough else {"after": chance.uniform(0, longest / 2)}
                ended = nursery.scan(database, seeds, **alone)
                assert ended in {0, KILLED}
                deaths += ended == KILLED
                if database.exists():
                    assert_no_half_seed(database)
            assert told(database) == told_then
            change_seeds(seeds, files)
