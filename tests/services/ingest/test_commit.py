"""Seeds are committed in batches of limited number and size."""

from __future__ import annotations

from pathlib import Path

from feedsvc.services.ingest.commit import BYTES_PER_COMMIT, SEEDS_PER_COMMIT, split_into_batches
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
