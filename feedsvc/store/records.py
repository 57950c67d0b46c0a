"""What the store answers with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from feedsvc.domain.model import Channel, Entry, Label


class SeedStatus(StrEnum):
    """How a seed stands: published, refused (its last good entries stay), or no longer found."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    MISSING = "missing"


class Standing(StrEnum):
    """Whether an entry is published as far as its seeds are concerned.

    `UNSEEN` has lost its last sighting and stays published until the scan ends, so that an entry
    which moves from one seed to another does not flicker.
    """

    LIVE = "live"
    UNSEEN = "unseen"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """A channel as it stands: `revision` grows with every change, `entries` are those live now.

    `archives` counts its archive pages; the newest entries are in none of them yet.
    """

    channel: Channel
    revision: int
    changed: datetime
    entries: int
    archives: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """Some of a channel's entries, newest arrival first; `state` is None if it never had one."""

    state: ChannelState | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePage:
    """A fixed part of a channel's past: its entries, newest arrival first, of `pages` pages.

    `page` counts from 1, the oldest; `revision` and `changed` move when what it holds does.
    """

    page: int
    pages: int
    revision: int
    changed: datetime
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Entries that answer a query; `revision` is that of everything, when they were found."""

    revision: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """That an entry stands in a seed: `ordinal` counts the seed's entries from 1."""

    seed: str
    ordinal: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDetail:
    """An entry with where it stands; `withdrawn` when it is not published any more."""

    entry: Entry
    withdrawn: bool
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedState:
    """A seed as of its last ingest.

    `reason` and `line` say why it was rejected; `entries` counts what it has published,
    `problems` what is wrong in it without costing it its entries; `size` is in bytes.
    """

    path: str
    status: SeedStatus
    reason: str
    line: int
    encoding: str
    size: int
    entries: int
    problems: int
    ingested: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSeed:
    """A seed as a scan needs it: the SHA-256 of its bytes, `mtime` in ns, what it published."""

    id: int
    path: str
    status: SeedStatus
    hash: bytes
    size: int
    mtime: int
    entries: int
    removal_accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedReading:
    """What reading a seed's bytes gave, to be kept; `reason` and `line` only if it was rejected."""

    path: str
    hash: bytes
    size: int
    mtime: int
    encoding: str
    reason: str = ""
    line: int = 0
    problems: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreStatus:
    """The store at a glance; `braked`: seeds are missing and their removal waits for a word."""

    created: datetime
    last_ingest: datetime | None
    last_scan: datetime | None
    entries: int
    seeds: int
    rejected: int
    missing: int
    braked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Relabelling:
    """What labelling an entry again would change: its labels, and the channels it stands in."""

    id: UUID
    headline: str
    before: tuple[Label, ...]
    after: tuple[Label, ...]
    channels_before: frozenset[Channel]
    channels: frozenset[Channel]

    @property
    def raised(self) -> frozenset[Channel]:
        """The channels that would read differently: entered, left, or with another category."""
        return self.channels_before | self.channels

    @property
    def gained(self) -> tuple[Label, ...]:
        """The labels that it would have and has not."""
        return _without(self.after, self.before)

    @property
    def lost(self) -> tuple[Label, ...]:
        """The labels that it has and would not have."""
        return _without(self.before, self.after)


def _without(labels: tuple[Label, ...], others: tuple[Label, ...]) -> tuple[Label, ...]:
    names = {(other.kind, other.value) for other in others}
    return tuple(label for label in labels if (label.kind, label.value) not in names)
