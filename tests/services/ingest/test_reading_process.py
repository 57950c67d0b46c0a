"""A file can be read in another process, with the same result."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

import pytest

from feedsvc.services.ingest.folder import Folder
from feedsvc.services.ingest.read import (
    AcceptedSeed,
    RejectedSeed,
    SeedBytes,
    SeedRules,
    read_bytes,
    read_seed,
)
from feedsvc.services.ingest.reading_process import (
    ReadingProcess,
    ReadingProcessError,
    pack,
    unpack,
)
from tests.builders import TAXONOMY

RULES = SeedRules(taxonomy=TAXONOMY, zone=ZoneInfo("Europe/Lisbon"), max_bytes=10**7, rolling=False)
PATIENCE = 120.0


def listing(entries: int) -> str:
    return "".join(
        f"Bridge {n} opens\ndate: 2026-11-29 08:30\ncountries: nowhere\n"
        f"The mayor cut ribbon {n} and the first trams rolled over it.\n\n"
        for n in range(entries)
    )


def read(folder: Path, text: str | bytes) -> SeedBytes:
    file = folder / "a.txt"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    (seed,) = Folder(root=folder).find().files
    found = read_bytes(seed, max_bytes=RULES.max_bytes)
    assert found is not None
    return found


@pytest.fixture
def process() -> Iterator[ReadingProcess]:
    process = ReadingProcess(RULES)
    yield process
    process.end()


@pytest.mark.parametrize("entries", [1, 600])
def test_a_packed_seed_is_the_same_without_its_notes(tmp_path: Path, entries: int) -> None:
    seed = read_seed(read(tmp_path, listing(entries)), RULES)
    unpacked = unpack(pack(seed))
    assert isinstance(seed, AcceptedSeed)
    assert isinstance(unpacked, AcceptedSeed)
    assert unpacked.drafts == seed.drafts
    assert unpacked.problems == seed.problems
    assert len(seed.problems) == len(seed.drafts) == entries
    assert unpacked.reading == seed.reading
    assert unpacked.seed == seed.seed


def test_no_piece_of_a_large_seed_is_large(tmp_path: Path) -> None:
    sizes = [len(piece) for piece in pack(read_seed(read(tmp_path, listing(5_000)), RULES))]
    assert max(sizes) < 200_000 < sum(sizes)


def test_files_are_read_one_after_another(tmp_path: Path, process: ReadingProcess) -> None:
    good, bad = read(tmp_path, listing(3)), read(tmp_path, b"\0\1" * 50)
    accepted = process.read(good, seconds=PATIENCE)
    rejected = process.read(bad, seconds=PATIENCE)
    assert isinstance(accepted, AcceptedSeed)
    assert accepted.drafts == read_seed(good, RULES).drafts  # type: ignore[union-attr]
    assert rejected == read_seed(bad, RULES)
    assert isinstance(rejected, RejectedSeed)
    again = process.read(good, seconds=PATIENCE)
    assert isinstance(again, AcceptedSeed)
    assert again.drafts == accepted.drafts


def test_a_process_that_was_killed_says_so(tmp_path: Path, process: ReadingProcess) -> None:
    os.kill(process.pid, signal.SIGKILL)
    with pytest.raises(ReadingProcessError, match="perhaps the memory ran out"):
        process.read(read(tmp_path, listing(1)), seconds=PATIENCE)


def test_a_process_that_takes_too_long_is_ended(tmp_path: Path, process: ReadingProcess) -> None:
    waits: list[int] = []
    os.kill(process.pid, signal.SIGSTOP)
    with pytest.raises(ReadingProcessError, match="stopped after 0 seconds"):
        process.read(read(tmp_path, listing(1)), seconds=0, waiting=lambda: waits.append(1))
    assert waits


def test_a_process_ends_with_its_parent(tmp_path: Path) -> None:
    process = ReadingProcess(SeedRules(taxonomy=TAXONOMY, zone=UTC, max_bytes=1, rolling=False))
    process.read(read(tmp_path, listing(1)), seconds=PATIENCE)
    process._connection.close()
    process._process.join(PATIENCE)
    assert process._process.exitcode == 0


class BrokenRules(SeedRules):
    """Rules with a bug."""

    def for_file(self, path: str) -> NoReturn:
        raise ZeroDivisionError(path)


def test_a_bug_is_reported_and_does_not_end_the_process(tmp_path: Path) -> None:
    rules = BrokenRules(taxonomy=TAXONOMY, zone=RULES.zone, max_bytes=10**7, rolling=False)
    process = ReadingProcess(rules)
    try:
        for _ in range(2):
            rejected = process.read(read(tmp_path, listing(1)), seconds=PATIENCE)
            assert isinstance(rejected, RejectedSeed)
            assert "ZeroDivisionError: a.txt" in rejected.reading.reason
            assert "for_file" in rejected.traceback
    finally:
        process.end()
