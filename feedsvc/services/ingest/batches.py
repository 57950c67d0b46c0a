"""Parts what is to be taken in into commits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedsvc.services.ingest.folder import SeedFile

SEEDS_PER_COMMIT = 64
BYTES_PER_COMMIT = 4 * 1024 * 1024


def batches(seeds: Sequence[SeedFile]) -> Iterator[list[SeedFile]]:
    """Seeds that share a commit: not too many, nor too large to be held at once."""
    batch: list[SeedFile] = []
    size = 0
    for seed in seeds:
        if batch and (len(batch) == SEEDS_PER_COMMIT or size > BYTES_PER_COMMIT):
            yield batch
            batch, size = [], 0
        batch.append(seed)
        size += seed.signature.size
    if batch:
        yield batch
