"""Rows of the store as far as a batch concerns them; they change in place as it is decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from feedsvc.domain.merge import Wording
from feedsvc.domain.model import Stated


class Standing(StrEnum):
    """Whether an entry is published as far as its seeds are concerned.

    An `UNSEEN` entry has lost its last sighting. It stays published until the scan ends, so that
    an entry that moves from one seed to another does not disappear in between.
    """

    LIVE = "live"
    UNSEEN = "unseen"
    WITHDRAWN = "withdrawn"


@dataclass(slots=True, kw_only=True, eq=False)
class EntryRow:
    """An entry; times are in Unix seconds."""

    arrival: int
    id: UUID
    stated: Stated
    published: int
    updated: int
    standing: Standing
    taken_down: bool


@dataclass(slots=True, kw_only=True, eq=False)
class SightingRow:
    """An entry's place and wording in a seed.

    `id` is None until it is stored. `stated` is None if nothing needed it; the entry's other
    sightings are then not needed either. `digest` is that of the draft, None if a version before
    stored it.
    """

    id: int | None
    seed: int
    ordinal: int
    line: int
    arrival: int
    edited: int
    dropped: bool
    digest: int | None
    source_id: str
    stated: Stated | None

    def wording(self) -> Wording:
        """What is merged with the entry's other wordings.

        Raises:
            ValueError: It was not loaded.
        """
        if self.stated is None:
            raise ValueError(f"sighting {self.id} was not loaded")
        return Wording(stated=self.stated, edited=self.edited, dropped=self.dropped)


@dataclass(slots=True, kw_only=True)
class BatchRows:
    """What a batch concerns: the listings of its seeds, entries that these may change, and keys.

    `listings` are the sightings of each seed in order, without the dropped ones, which are in
    `dropped`. `owners` are the arrival numbers of the entries that own a key, in their order.
    `sightings` has those of every entry in `entries`, in whichever seed they are.
    """

    listings: dict[int, list[SightingRow]] = field(default_factory=dict)
    dropped: dict[int, list[SightingRow]] = field(default_factory=dict)
    entries: dict[int, EntryRow] = field(default_factory=dict)
    sightings: dict[int, list[SightingRow]] = field(default_factory=dict)
    owners: dict[UUID, list[int]] = field(default_factory=dict)
    last_arrival: int = 0
