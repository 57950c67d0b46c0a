"""Reads one file: its bytes, their hash, and the entries in it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from fnmatch import fnmatchcase
from traceback import format_exc

from feedsvc.domain.model import Draft
from feedsvc.domain.reading import Listing, Note, Problem, ReadingRules, Rejection, read_file
from feedsvc.domain.reading.decode import decode
from feedsvc.domain.reading.item import Selectors
from feedsvc.domain.reading.lengths import MAX_TEASER_CHARS
from feedsvc.domain.reading.lines import LINE_END, clean_text
from feedsvc.domain.reading.suffixes import LISTINGS, MARKDOWN
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.services.ingest.folder import SeedFile, Signature
from feedsvc.store.records import SeedReading

MEBIBYTE = 1024 * 1024
# In these an editor sees the lines that problems count.
QUOTED_SUFFIXES = (*LISTINGS, *MARKDOWN, ".csv", ".tsv")
QUOTED_LENGTH = 200
# More of a file's problems help nobody, and each is stored and logged.
MAX_PROBLEMS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedRules:
    """How seeds are read; at most `max_bytes` of each.

    `selectors` go by file or folder, with `*` for any characters; the first that fits counts.
    What the rest means is said in `ReadingRules`.
    """

    taxonomy: Taxonomy
    zone: tzinfo
    max_bytes: int
    rolling: bool
    day_first: bool = True
    verbatim: bool = False
    teaser_only: bool = False
    max_teaser_chars: int = MAX_TEASER_CHARS
    columns: Mapping[str, str] = field(default_factory=dict)
    selectors: Mapping[str, Selectors] = field(default_factory=dict)

    def for_file(self, path: str) -> ReadingRules:
        """What the readers of the formats need to know for a seed."""
        fitting = (one for place, one in self.selectors.items() if _is_within(path, place))
        return ReadingRules(
            taxonomy=self.taxonomy,
            zone=self.zone,
            day_first=self.day_first,
            verbatim=self.verbatim,
            teaser_only=self.teaser_only,
            max_teaser_chars=self.max_teaser_chars,
            selectors=next(fitting, None),
            columns=self.columns,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedBytes:
    """The bytes of a seed; `data` is None if it could not be read, and `reason` says why."""

    seed: SeedFile
    hash: bytes
    data: bytes | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedSeed:
    """A seed whose entries can be published.

    `ends_line` is false if its last line has no end, as in a file that is still being uploaded.
    """

    seed: SeedFile
    ends_line: bool
    reading: SeedReading
    drafts: tuple[Draft, ...]
    rolling: bool
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedSeed:
    """A seed that cannot be published; its reading says why.

    `traceback` is that of a bug, if one is the reason.
    """

    seed: SeedFile
    reading: SeedReading
    traceback: str = ""


def read_bytes(seed: SeedFile, *, max_bytes: int) -> SeedBytes | None:
    """The bytes of a seed, or None if it is gone or being written."""
    try:
        # If a pipe or a device has taken the file's place, opening it must not block.
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


def read_seed(read: SeedBytes, rules: SeedRules) -> AcceptedSeed | RejectedSeed:
    """Parse a seed's bytes."""
    if read.data is None:
        return reject(read, read.reason)
    parsed = read_file(read.seed.path, read.data, rules=rules.for_file(read.seed.path))
    if isinstance(parsed, Rejection):
        problem = parsed.problem
        return RejectedSeed(
            seed=read.seed,
            reading=_reading(
                read,
                reason=problem.message,
                line=problem.line,
                encoding=parsed.encoding,
                problems=_quote_lines(read, (problem,)),
            ),
        )
    return _accept(read, parsed, rules)


def read_or_reject(read: SeedBytes, rules: SeedRules) -> AcceptedSeed | RejectedSeed:
    """Parse a seed's bytes; a bug in doing so rejects this seed and costs the others nothing."""
    try:
        return read_seed(read, rules)
    except Exception as error:  # noqa: BLE001 - whatever it is, other files go on
        fact = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        reason = f"cannot be read: {fact}; please report this as a bug of feedsvc"
        return replace(reject(read, reason), traceback=format_exc())


def reject(read: SeedBytes, reason: str) -> RejectedSeed:
    """A seed whose bytes were read but could not be parsed."""
    return RejectedSeed(seed=read.seed, reading=_reading(read, reason=reason))


def _accept(read: SeedBytes, listing: Listing, rules: SeedRules) -> AcceptedSeed:
    problems = _quote_lines(read, listing.problems)
    return AcceptedSeed(
        seed=read.seed,
        ends_line=_ends_line(read),
        reading=_reading(read, encoding=listing.encoding, problems=_limit(problems)),
        drafts=listing.drafts,
        rolling=rules.rolling if listing.rolling is None else listing.rolling,
        problems=problems,
        notes=listing.notes,
    )


def _quote_lines(read: SeedBytes, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems with the text of their lines, where a format has lines that an editor sees."""
    if not problems or not read.seed.path.lower().endswith(QUOTED_SUFFIXES):
        return problems
    decoded = decode(read.data or b"")
    lines = [] if isinstance(decoded, Rejection) else LINE_END.split(clean_text(decoded.text))
    return tuple(
        replace(one, text=lines[one.line - 1].strip()[:QUOTED_LENGTH])
        if not one.text and 0 < one.line <= len(lines)
        else one
        for one in problems
    )


def _limit(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems to store: the first ones, and how many more there are."""
    if len(problems) <= MAX_PROBLEMS:
        return problems
    more = len(problems) - MAX_PROBLEMS
    rest = Problem(0, f"{more:,} more problems", "Run `feedsvc check` on the file to see all.")
    return (*problems[:MAX_PROBLEMS], rest)


def _is_within(path: str, place: str) -> bool:
    """Whether a seed is a file, or is in a folder, that a pattern names."""
    place = place.rstrip("/")
    return fnmatchcase(path, place) or fnmatchcase(path, f"{place}/*")


def _ends_line(read: SeedBytes) -> bool:
    """Whether the last line has its end, in any encoding; other formats show a cut themselves."""
    if not read.seed.path.lower().endswith((*LISTINGS, *MARKDOWN)):
        return True
    end = (read.data or b"")[-4:]
    return b"\n" in end or b"\r" in end


def _unread(seed: SeedFile, reason: str) -> SeedBytes:
    """A seed that was not read; its hash differs for every other state of the file."""
    state = f"{reason}\n{seed.signature}".encode()
    return SeedBytes(seed=seed, hash=hashlib.sha256(state).digest(), data=None, reason=reason)


def _too_large(size: int, limit: int) -> str:
    return f"file too large: {size / MEBIBYTE:.1f} MiB (limit {limit / MEBIBYTE:.1f} MiB)"


def _reading(
    read: SeedBytes,
    *,
    reason: str = "",
    line: int = 0,
    encoding: str = "",
    problems: tuple[Problem, ...] = (),
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
