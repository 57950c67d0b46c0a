"""`kill -9` at every checkpoint of a scan, and at random: nothing is lost, doubled or moved."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Any

import pytest

from feedsvc.domain.render.format import Format
from feedsvc.services.ingest.state import Checkpoint
from tests.faults.database_state import assert_no_half_seed, contents, etags
from tests.faults.seed_folder import change_seeds, write_seeds

ROOT = Path(__file__).resolve().parents[2]
KILLED = -9
BEYOND_A_COMMIT = 66
# Occurrences to kill at: around the first commits, in the middle, at the end.
OCCURRENCES = (1, 2, 64, 65, 250, 500)


@dataclass(frozen=True)
class KillHarness:
    """Runs scans in processes that can be killed."""

    process: subprocess.Popen[str]

    def scan(self, database: Path, seeds: Path, **order: Any) -> int:
        """Run a scan and return its exit status, which is -9 if it was killed."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        line = json.dumps({"database": str(database), "seeds": str(seeds)} | order)
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@pytest.fixture(scope="module")
def harnesses() -> Iterator[tuple[KillHarness, KillHarness]]:
    """Two of them, to keep two cores busy."""
    with start_harness() as first, start_harness() as second:
        yield first, second


@pytest.fixture
def harness(harnesses: tuple[KillHarness, KillHarness]) -> KillHarness:
    return harnesses[0]


@contextmanager
def start_harness() -> Iterator[KillHarness]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.kill_harness"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield KillHarness(process)


@dataclass(frozen=True)
class Snapshot:
    """Every row of a database, and the ETags of the documents served from it."""

    rows: dict[str, list[tuple[Any, ...]]]
    etags: dict[tuple[str, Format], str]


def take_snapshot(database: Path) -> Snapshot:
    return Snapshot(rows=contents(database), etags=asyncio.run(etags(database)))


def scan_undisturbed(harness: KillHarness, folder: Path, files: int) -> list[Snapshot]:
    """Return snapshots after a first scan and after changes, when nothing goes wrong."""
    folder.mkdir()
    write_seeds(folder / "seeds", files)
    assert harness.scan(folder / "a.db", folder / "seeds") == 0
    first = take_snapshot(folder / "a.db")
    change_seeds(folder / "seeds", files)
    assert harness.scan(folder / "a.db", folder / "seeds") == 0
    assert take_snapshot(folder / "a.db").etags != first.etags
    return [first, take_snapshot(folder / "a.db")]


@dataclass
class Deaths:
    """Kills scans of a folder of seeds at checkpoints, from any thread."""

    start: Path
    seeds: Path
    end: Snapshot
    harnesses: SimpleQueue[KillHarness] = field(default_factory=SimpleQueue)
    _completed: list[dict[str, list[tuple[Any, ...]]]] = field(default_factory=list)
    _completing: Lock = field(default_factory=Lock)

    def count(self, checkpoint: Checkpoint) -> int:
        """Kill a scan at every occurrence of a checkpoint, and return how many there were."""
        harness = self.harnesses.get()
        try:
            occurrences = itertools.count(1)
            return next(n for n in occurrences if not self._die(harness, checkpoint, n)) - 1
        finally:
            self.harnesses.put(harness)

    def _die(self, harness: KillHarness, checkpoint: Checkpoint, occurrence: int) -> bool:
        """Return whether the scan died; either way, check what it left."""
        life = self.start.with_name(f"life-{checkpoint.name}")
        shutil.copytree(self.start, life)
        database = life / "a.db"
        order = {"checkpoint": checkpoint.name, "occurrence": occurrence}
        died = harness.scan(database, self.seeds, **order) == KILLED
        left = contents(database)
        assert_no_half_seed(database)
        if died:
            self._complete(harness, database, left)
        else:
            assert left == self.end.rows
        shutil.rmtree(life)
        return died

    def _complete(
        self,
        harness: KillHarness,
        database: Path,
        left: dict[str, list[tuple[Any, ...]]],
    ) -> None:
        """Scan to the end, once for each of the few different databases that deaths leave."""
        with self._completing:
            if left not in self._completed:
                assert harness.scan(database, self.seeds) == 0
                assert take_snapshot(database) == self.end
                self._completed.append(left)


def die_at_each_occurrence(
    harnesses: tuple[KillHarness, ...],
    start: Path,
    seeds: Path,
    end: Snapshot,
) -> int:
    """Kill a scan at every occurrence of every checkpoint, and return how many there were."""
    deaths = Deaths(start, seeds, end)
    for harness in harnesses:
        deaths.harnesses.put(harness)
    with ThreadPoolExecutor(len(harnesses)) as threads:
        return sum(threads.map(deaths.count, Checkpoint))


def test_death_at_every_checkpoint_does_not_change_the_result(
    harnesses: tuple[KillHarness, KillHarness],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    expected = scan_undisturbed(harnesses[0], tmp_path / "undisturbed", BEYOND_A_COMMIT)
    seeds, start = tmp_path / "seeds", tmp_path / "start"
    start.mkdir()
    write_seeds(seeds, BEYOND_A_COMMIT)
    first = die_at_each_occurrence(harnesses, start, seeds, expected[0])
    assert harnesses[0].scan(start / "a.db", seeds) == 0
    change_seeds(seeds, BEYOND_A_COMMIT)
    then = die_at_each_occurrence(harnesses, start, seeds, expected[1])
    record_property("deaths", [first, then])
    assert first > 2 * BEYOND_A_COMMIT
    assert then > BEYOND_A_COMMIT


def die_everywhere(harness: KillHarness, database: Path, seeds: Path) -> int:
    """Kill scans at each checkpoint, then scan to the end; return the number of deaths."""
    deaths = 0
    for occurrence in OCCURRENCES:
        for checkpoint in Checkpoint:
            order = {"checkpoint": checkpoint.name, "occurrence": occurrence}
            ended = harness.scan(database, seeds, **order)
            assert ended in {0, KILLED}
            deaths += ended == KILLED
            assert_no_half_seed(database)
    assert harness.scan(database, seeds) == 0
    return deaths


@pytest.mark.slow
def test_death_at_every_checkpoint_of_a_large_scan_does_not_change_the_result(
    harness: KillHarness,
    tmp_path: Path,
) -> None:
    expected = scan_undisturbed(harness, tmp_path / "undisturbed", 500)
    seeds, database = tmp_path / "seeds", tmp_path / "a.db"
    write_seeds(seeds, 500)
    deaths = die_everywhere(harness, database, seeds)
    assert take_snapshot(database) == expected[0]
    change_seeds(seeds, 500)
    deaths += die_everywhere(harness, database, seeds)
    assert take_snapshot(database) == expected[1]
    assert deaths > 2 * len(Checkpoint)


@pytest.mark.parametrize(
    ("files", "enough"), [(70, 12), pytest.param(500, 50, marks=pytest.mark.slow)]
)
def test_death_at_random_moments_does_not_change_the_result(
    harness: KillHarness,
    tmp_path: Path,
    files: int,
    enough: int,
) -> None:
    began = time.monotonic()
    expected = scan_undisturbed(harness, tmp_path / "undisturbed", files)
    longest = time.monotonic() - began
    chance = random.Random(50)  # noqa: S311 - the same fractions in each run
    deaths = lives = 0
    while deaths < enough:
        lives += 1
        folder = tmp_path / f"life-{lives}"
        folder.mkdir()
        seeds, database = folder / "seeds", folder / "a.db"
        write_seeds(seeds, files)
        for expected_snapshot in expected:
            ended = KILLED
            while ended == KILLED:
                # After enough deaths, the last scan runs to its end.
                alone = {} if deaths >= enough else {"after": chance.uniform(0, longest / 2)}
                ended = harness.scan(database, seeds, **alone)
                assert ended in {0, KILLED}
                deaths += ended == KILLED
                if database.exists():
                    assert_no_half_seed(database)
            assert take_snapshot(database) == expected_snapshot
            change_seeds(seeds, files)
