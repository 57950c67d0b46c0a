"""Reads one seed: its bytes, their hash, and the entries that they state."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import tzinfo

from feedsvc.domain.model import Draft
from feedsvc.domain.reading import Listing, Note, Problem, ReadingRules, Rejection, read_file
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.services.ingest.folder import SeedFile, Signature
from feedsvc.store.records import SeedReading

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How seeds are read: `max_bytes` of one file, the zone of dates without one."""

    taxonomy: Taxonomy
    zone: tzinfo
    max_bytes: int
    rolling: bool

    @property
    def reading(self) -> ReadingRules:
        """What the readers need to know of them."""
        return ReadingRules(taxonomy=self.taxonomy, zone=self.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedBytes:
    """A seed as it was read; `data` is None where `reason` says why it was not."""

    seed: SeedFile
    hash: bytes
    data: bytes | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodSeed:
    """A seed whose entries can be published."""

    reading: SeedReading
    drafts: tuple[Draft, ...]
    rolling: bool
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BadSeed:
    """A seed that cannot be published; its reading says why."""

    reading: SeedReading


def read_bytes(seed: SeedFile, *, max_bytes: int) -> SeedBytes | None:
    """The bytes of a seed, or None while it is being written."""
    try:
        # A pipe or a device that took the file's place must not be waited for.
        handle = os.open(seed.file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            before = Signature.of(os.fstat(handle))
            data = b"" if before.size > max_bytes else file.read(before.size + 1)
            after = Signature.of(os.fstat(handle))
    except FileNotFoundError:
        return None
    except OSError as error:
        return _unread(seed, f"cannot be read: {error.strerror}")
    if not before == after == seed.signature:
        return None
    if before.size > max_bytes:
        return _unread(seed, _too_large(before.size, max_bytes))
    return SeedBytes(seed=seed, hash=hashlib.sha256(data).digest(), data=data)


def read_seed(read: SeedBytes, rules: Rules) -> GoodSeed | BadSeed:
    """What a seed's bytes state, or why they state nothing."""
    if read.data is None:
        return BadSeed(reading=_reading(read, reason=read.reason))
    parsed = read_file(read.seed.path, read.data, rules=rules.reading)
    if isinstance(parsed, Rejection):
        problem = parsed.problem
        return BadSeed(
            reading=_reading(
                read, reason=problem.message, line=problem.line, encoding=parsed.encoding
            )
        )
    return _good_seed(read, parsed, rules)


def _good_seed(read: SeedBytes, listing: Listing, rules: Rules) -> GoodSeed:
    problems = tuple((problem.line, problem.message) for problem in listing.problems)
    return GoodSeed(
        reading=_reading(read, encoding=listing.encoding, problems=problems),
        drafts=listing.drafts,
        rolling=rules.rolling if listing.rolling is None else listing.rolling,
        problems=listing.problems,
        notes=listing.notes,
    )


def _unread(seed: SeedFile, reason: str) -> SeedBytes:
    """A seed that was not read; its hash tells it from every other state of the file."""
    state = f"{reason}\n{seed.signature}".encode()
    return SeedBytes(seed=seed, hash=hashlib.sha256(state).digest(), data=None, reason=reason)


def _too_large(size: int, limit: int) -> str:
    return f"{size / MEBIBYTE:.1f} MiB are too many: expected at most {limit / MEBIBYTE:.1f} MiB"


def _reading(
    read: SeedBytes,
    *,
    reason: str = "",
    line: int = 0,
    encoding: str = "",
    problems: tuple[tuple[int, str], ...] = (),
) -> SeedReading:
    return SeedReading(
        path=read.seed.path,
        hash=read.hash,
        size=read.seed.signature.size,
        mtime=read.seed.signature.mtime,
        encoding=encoding,
        reason=reason,
        line=line,
        problems=problems,
    )
