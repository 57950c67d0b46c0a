from __future__ import annotations

from pathlib import Path

from feedsvc.services.ingest.batches import BYTES_PER_COMMIT, SEEDS_PER_COMMIT, batches
from feedsvc.services.ingest.folder import SeedFile, Signature


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
    return [len(batch) for batch in batches(seeds(*sizes))]


def test_nothing_needs_no_commit() -> None:
    assert counts() == []


def test_small_seeds_share_commits_up_to_a_number() -> None:
    assert counts(*[1] * SEEDS_PER_COMMIT) == [SEEDS_PER_COMMIT]
    assert counts(*[1] * (SEEDS_PER_COMMIT + 1)) == [SEEDS_PER_COMMIT, 1]


def test_a_commit_ends_with_the_seed_that_makes_it_too_large() -> None:
    assert counts(1, BYTES_PER_COMMIT, 1, 1) == [2, 2]


def test_every_seed_stands_in_one_batch_in_order() -> None:
    given = seeds(*[BYTES_PER_COMMIT // 3] * 10)
    assert [seed for batch in batches(given) for seed in batch] == given
