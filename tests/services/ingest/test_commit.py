"""Seeds are committed in batches; one that cannot be stored costs the others nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from feedsvc.domain.model import Entry, Label, Stated
from feedsvc.domain.reading import Listing, ReadingRules, Rejection, read_file
from feedsvc.services.ingest.commit import BYTES_PER_COMMIT, SEEDS_PER_COMMIT, split_into_batches
from feedsvc.services.ingest.folder import SeedFile, Signature
from feedsvc.store.database import Database
from feedsvc.store.reader import open_reader
from feedsvc.store.records import SeedState, SeedStatus
from feedsvc.store.writer import open_writer
from tests.builders import T0, label_plainly
from tests.services.ingest.harness import IngestHarness


def seeds(*sizes: int) -> list[SeedFile]:
    return [
        SeedFile(
            path=f"{number}.txt",
            file=Path(f"{number}.txt"),
            signature=Signature(size=size, mtime=0, ctime=0, inode=number),
        )
        for number, size in enumerate(sizes)
    ]


def counts(*sizes: int) -> list[int]:
    return [len(batch) for batch in split_into_batches(seeds(*sizes))]


def test_no_seeds_make_no_batch() -> None:
    assert counts() == []


def test_small_seeds_share_a_batch_up_to_a_number() -> None:
    assert counts(*[1] * SEEDS_PER_COMMIT) == [SEEDS_PER_COMMIT]
    assert counts(*[1] * (SEEDS_PER_COMMIT + 1)) == [SEEDS_PER_COMMIT, 1]


def test_a_batch_ends_with_the_seed_that_makes_it_too_large() -> None:
    assert counts(1, BYTES_PER_COMMIT, 1, 1) == [2, 2]


def test_every_seed_is_in_one_batch_in_order() -> None:
    given = seeds(*[BYTES_PER_COMMIT // 3] * 10)
    assert [seed for batch in split_into_batches(given) for seed in batch] == given


TEASER = "The wells of valley number {} are full again after three dry years in a row."


def refuse_rain_13(stated: Stated) -> tuple[Label, ...]:
    if stated.title == "Rain 13":
        raise ArithmeticError("a fault")
    return label_plainly(stated)


async def publish_all_but(
    folder: Path, *missing: int
) -> tuple[dict[str, SeedState], tuple[Entry, ...]]:
    """The seeds and entries after 21 files, without some, are scanned."""
    database = Database(folder / "feedsvc.db")
    async with (
        open_writer(database, label=refuse_rain_13, now=T0) as writer,
        open_reader(database) as reader,
    ):
        harness = IngestHarness(folder=folder / "seeds", writer=writer, reader=reader)
        for number in set(range(21)) - set(missing):
            harness.write(f"{number:02}.txt", (f"Rain {number}", TEASER.format(number)))
        await harness.settle()
        return await harness.seeds(), await harness.entries()


async def test_a_seed_that_cannot_be_stored_costs_the_others_nothing(tmp_path: Path) -> None:
    with capture_logs() as lines:
        found, entries = await publish_all_but(tmp_path / "faulty")
    assert [line["event"] for line in lines if line["log_level"] == "error"] == [
        "file cannot be stored"
    ]
    others, expected = await publish_all_but(tmp_path / "others", 13)
    refused = found.pop("13.txt")
    assert refused.status is SeedStatus.REJECTED
    assert refused.reason == "cannot be stored: a fault; please report this as a bug of feedsvc"
    assert (found, entries) == (others, expected)
    assert len(entries) == 20


async def test_a_file_that_a_bug_makes_unreadable_costs_the_others_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_for_13(name: str, data: bytes, *, rules: ReadingRules) -> Listing | Rejection:
        if name == "13.txt":
            raise ZeroDivisionError
        return read_file(name, data, rules=rules)

    monkeypatch.setattr("feedsvc.services.ingest.read.read_file", fail_for_13)
    with capture_logs() as lines:
        found, entries = await publish_all_but(tmp_path)
    (line,) = [line for line in lines if line["event"] == "file cannot be read"]
    assert line["seed"] == "13.txt"
    assert "fail_for_13" in line["exception"]
    refused = found.pop("13.txt")
    assert refused.status is SeedStatus.REJECTED
    assert refused.reason == (
        "cannot be read: ZeroDivisionError; please report this as a bug of feedsvc"
    )
    assert {seed.status for seed in found.values()} == {SeedStatus.ACCEPTED}
    assert len(entries) == 20
