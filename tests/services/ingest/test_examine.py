"""A file is compared with what the store knows before it is read as new."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Collection, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from feedsvc.services.ingest.examine import (
    READ_HERE,
    ExaminedSeed,
    KnownSeeds,
    MovingSeed,
    UnchangedSeed,
    examine_batches,
)
from feedsvc.services.ingest.folder import Folder, SeedFile
from feedsvc.services.ingest.read import AcceptedSeed, RejectedSeed, SeedBytes, SeedRules, read_seed
from feedsvc.store.records import KnownSeed, SeedStatus
from tests.builders import TAXONOMY

LISTING = b"Bridge opens\n\nThe mayor cut a ribbon and the first trams rolled over the river.\n"
RULES = SeedRules(taxonomy=TAXONOMY, zone=UTC, max_bytes=1000, rolling=False)


def write(folder: Path, name: str, data: bytes = LISTING) -> SeedFile:
    (folder / name).write_bytes(data)
    return next(seed for seed in Folder(root=folder).find().files if seed.path == name)


def known_as(
    seed: SeedFile,
    *,
    path: str = "",
    status: SeedStatus = SeedStatus.ACCEPTED,
) -> KnownSeed:
    return KnownSeed(
        id=1,
        path=path or seed.path,
        status=status,
        hash=hashlib.sha256(seed.file.read_bytes()).digest(),
        size=seed.signature.size,
        mtime=seed.signature.mtime,
        entries=1,
        removal_accepted=False,
    )


async def examine_all(*seeds: SeedFile, known: KnownSeeds) -> list[ExaminedSeed]:
    batches = [[seed] for seed in seeds]
    return [
        one async for batch in examine_batches(batches, known=known, rules=RULES) for one in batch
    ]


async def examine(
    seed: SeedFile,
    *known: KnownSeed,
    missing: Collection[str] = (),
    to_reread: Collection[str] = (),
) -> ExaminedSeed:
    seeds = KnownSeeds({one.path: one for one in known}, missing=missing, to_reread=to_reread)
    (examined,) = await examine_all(seed, known=seeds)
    return examined


async def test_an_unknown_listing_is_accepted(tmp_path: Path) -> None:
    assert isinstance(await examine(write(tmp_path, "a.txt")), AcceptedSeed)


async def test_an_unknown_file_that_is_no_text_is_rejected(tmp_path: Path) -> None:
    assert isinstance(await examine(write(tmp_path, "a.txt", b"\x00\x01" * 50)), RejectedSeed)


async def test_a_file_that_changed_since_it_was_found_is_moving(tmp_path: Path) -> None:
    seed = write(tmp_path, "a.txt")
    seed.file.write_bytes(LISTING * 2)
    assert await examine(seed) == MovingSeed(seed=seed)


async def test_known_bytes_at_the_same_path_are_unchanged_and_recorded(tmp_path: Path) -> None:
    seed = write(tmp_path, "a.txt")
    known = known_as(seed)
    examined = await examine(seed, known)
    assert examined == UnchangedSeed(seed=seed, known=known)
    assert isinstance(examined, UnchangedSeed)
    assert examined.is_recorded


async def test_known_bytes_are_read_again_if_they_have_to_be(tmp_path: Path) -> None:
    seed = write(tmp_path, "a.txt")
    assert isinstance(await examine(seed, known_as(seed), to_reread={"a.txt"}), AcceptedSeed)


async def test_other_bytes_at_a_known_path_are_read(tmp_path: Path) -> None:
    seed = write(tmp_path, "a.txt")
    assert isinstance(await examine(seed, replace(known_as(seed), hash=b"other")), AcceptedSeed)


@pytest.mark.parametrize(
    "change",
    [{"mtime": 1}, {"size": 1}, {"status": SeedStatus.MISSING}],
    ids=["mtime", "size", "missing"],
)
async def test_unchanged_bytes_with_other_facts_have_to_be_recorded(
    tmp_path: Path,
    change: dict[str, object],
) -> None:
    seed = write(tmp_path, "a.txt")
    examined = await examine(seed, replace(known_as(seed), **change))  # type: ignore[arg-type]
    assert isinstance(examined, UnchangedSeed)
    assert not examined.is_recorded


async def test_the_bytes_of_a_missing_file_at_another_path_are_a_renamed_file(
    tmp_path: Path,
) -> None:
    seed = write(tmp_path, "b.txt")
    known = known_as(seed, path="a.txt")
    examined = await examine(seed, known, missing={"a.txt"})
    assert examined == UnchangedSeed(seed=seed, known=known)
    assert isinstance(examined, UnchangedSeed)
    assert not examined.is_recorded


async def test_the_bytes_of_a_file_that_is_still_there_are_a_copy(tmp_path: Path) -> None:
    seed = write(tmp_path, "b.txt")
    assert isinstance(await examine(seed, known_as(seed, path="a.txt")), AcceptedSeed)


async def test_of_two_copies_only_the_first_is_the_renamed_file(tmp_path: Path) -> None:
    first, second = write(tmp_path, "b.txt"), write(tmp_path, "c.txt")
    known = {"a.txt": known_as(first, path="a.txt")}
    seeds = KnownSeeds(known, missing={"a.txt"}, to_reread=())
    examined = await examine_all(first, second, known=seeds)
    assert [type(one) for one in examined] == [UnchangedSeed, AcceptedSeed]


async def test_only_large_batches_are_read_elsewhere(tmp_path: Path) -> None:
    large = LISTING * (READ_HERE // len(LISTING) + 1)
    batches = [[write(tmp_path, "a.txt")], [write(tmp_path, "b.txt", large)]]
    rules = replace(RULES, max_bytes=len(large))
    asked: list[str] = []

    async def read_elsewhere(reads: Sequence[SeedBytes]) -> list[AcceptedSeed | RejectedSeed]:
        asked.extend(read.seed.path for read in reads)
        return [read_seed(read, rules) for read in reads]

    examining = examine_batches(
        batches,
        known=KnownSeeds({}, missing=(), to_reread=()),
        rules=rules,
        read_elsewhere=read_elsewhere,
    )
    examined = [one.seed.path async for batch in examining for one in batch]
    assert (examined, asked) == (["a.txt", "b.txt"], ["b.txt"])


async def test_the_next_batch_is_examined_while_one_is_in_use(tmp_path: Path) -> None:
    reached = asyncio.Semaphore(0)
    loop = asyncio.get_running_loop()
    examining = examine_batches(
        [[write(tmp_path, "a.txt")], [write(tmp_path, "b.txt")]],
        known=KnownSeeds({}, missing=(), to_reread=()),
        rules=RULES,
        reached=lambda: loop.call_soon_threadsafe(reached.release),
    )
    async with aclosing(examining):
        first = await anext(examining)
        for _ in range(2):
            await reached.acquire()
    assert [one.seed.path for one in first] == ["a.txt"]
