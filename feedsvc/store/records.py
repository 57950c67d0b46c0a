"""The values that the store answers with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from feedsvc.domain.difference import StoredEntry
from feedsvc.domain.model import Channel, Draft, Entry, Label
from feedsvc.domain.reading import Problem
from feedsvc.domain.reconcile import Reconciliation


class SeedStatus(StrEnum):
    """The state of a seed: published, rejected (its last good entries stay), or no longer found."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """The state of a channel: `revision` grows with every change, `entries` counts the published.

    `archives` counts its archive pages; the newest entries are on none of them yet.
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
    """A fixed range of a channel's entries, newest arrival first; one of `pages` pages.

    `page` counts from 1, the oldest; `revision` and `changed` move when its entries change.
    """

    page: int
    pages: int
    revision: int
    changed: datetime
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Entries that match a query; `revision` is that of the channel of everything at the time."""

    revision: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An entry's place in a seed; `ordinal` counts the seed's entries from 1."""

    seed: str
    ordinal: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDetail:
    """An entry with its sightings; `withdrawn` if it is no longer published."""

    entry: Entry
    withdrawn: bool
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedState:
    """A seed as of its last ingest.

    `reason` and `line` say why it was rejected; `entries` counts its published entries; `problems`
    are what an editor should look at; `size` is in bytes.
    """

    path: str
    status: SeedStatus
    reason: str
    line: int
    encoding: str
    size: int
    entries: int
    problems: tuple[Problem, ...]
    ingested: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedPage:
    """Some seeds, by path; `next` is where the next page begins, None if this is the last."""

    seeds: tuple[SeedState, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class NumberedSeed:
    """A seed and its number, counted from 1 by path among all seeds."""

    number: int
    seed: SeedState


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedOverview:
    """The first seeds that need attention and the first others, by path.

    `flawed` counts the accepted seeds with problems.
    """

    troubled: tuple[NumberedSeed, ...]
    others: tuple[NumberedSeed, ...]
    flawed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedFile:
    """A file in the folder that is not read although somebody may expect it to be."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSeed:
    """What a scan needs to know of a seed; `hash` is SHA-256, `mtime` in nanoseconds."""

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
    """What is stored of reading a seed; `reason` and `line` only if it was rejected."""

    path: str
    hash: bytes
    size: int
    mtime: int
    encoding: str
    reason: str = ""
    line: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A good seed, to be published.

    A `rolling` seed keeps what drops off its listing. `hold_last` leaves out the last draft if it
    would be a new entry; the seed then counts as changed until it is accepted without.
    """

    reading: SeedReading
    drafts: Sequence[Draft]
    rolling: bool
    hold_last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSeed:
    """A stored seed whose bytes are unchanged, with its present place and times."""

    id: int
    path: str
    size: int
    mtime: int
    was_missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreStatus:
    """Counts and times of the whole store; `braked` while removals wait for confirmation.

    `clock` is the time of the last change, which no later change is dated before.
    """

    created: datetime
    clock: datetime
    last_ingest: datetime | None
    last_scan: datetime | None
    entries: int
    seeds: int
    rejected: int
    missing: int
    braked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What accepting a seed's drafts would do, and the stored entries concerned by arrival."""

    outcome: Reconciliation
    entries: Mapping[int, StoredEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relabelling:
    """What labelling an entry again would change: its labels and the channels it is in."""

    id: UUID
    headline: str
    before: tuple[Label, ...]
    after: tuple[Label, ...]
    channels_before: frozenset[Channel]
    channels: frozenset[Channel]

    @property
    def raised(self) -> frozenset[Channel]:
        """The channels that would change: entered, left, or with another category."""
        return self.channels_before | self.channels

    @property
    def gained(self) -> tuple[Label, ...]:
        """The labels that it would get."""
        return _without(self.after, self.before)

    @property
    def lost(self) -> tuple[Label, ...]:
        """The labels that it would lose."""
        return _without(self.before, self.after)


def _without(labels: tuple[Label, ...], others: tuple[Label, ...]) -> tuple[Label, ...]:
    names = {(other.kind, other.value) for other in others}
    return tuple(label for label in labels if (label.kind, label.value) not in names)
