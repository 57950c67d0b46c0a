"""What a batch of seeds changes, without a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from feedsvc.domain.batch.decide import Batch, Changes, Ingested, Submission
from feedsvc.domain.batch.rows import BatchRows, SightingRow, Standing
from feedsvc.domain.batch.stamps import Stamp, Stamps
from feedsvc.domain.dates import FreeSeconds
from feedsvc.domain.identity import NAMESPACE
from tests.builders import T0, base_key, draft, drafts

STRIKE = ("Strike in Almaty", "Tram drivers left their cabins at noon and asked for shorter shifts")
RAIN = ("Rain at last", "The wells of the valley are full again after three dry years in a row")
CHESS = ("Chess for all", "Every school in town gets two boards and a teacher from this autumn on")
LONGER = (STRIKE[0], STRIKE[1] + " in winter")


@dataclass
class Memory:
    """The rows of a store in memory, over which batches are decided."""

    rows: BatchRows = field(default_factory=BatchRows)
    stamps: Stamps = field(
        default_factory=lambda: Stamps(Stamp(time=0, ingest=0, revision=0, namespace=NAMESPACE))
    )
    outcomes: list[Ingested] = field(default_factory=list)

    def write(
        self,
        seeds: dict[int, tuple[tuple[str, str], ...]],
        *,
        rolling: bool = False,
        hold_last: bool = False,
    ) -> Changes:
        """Decide about listings, as one batch, and keep the rows."""
        batch = Batch(self.rows, free=FreeSeconds())
        self.outcomes = [
            batch.accept(
                Submission(seed, drafts(*words), rolling=rolling, hold_last=hold_last),
                self.stamps.next(T0),
            )
            for seed, words in seeds.items()
        ]
        self._sort()
        return batch.changes

    def remove(self, *seeds: int) -> Changes:
        batch = Batch(self.rows, free=FreeSeconds())
        batch.remove(seeds, self.stamps.next(T0))
        self._sort()
        return batch.changes

    def _sort(self) -> None:
        every: list[SightingRow] = [one for many in self.rows.sightings.values() for one in many]
        self.rows.listings, self.rows.dropped = {}, {}
        for row in sorted(every, key=lambda one: one.ordinal):
            place = self.rows.dropped if row.dropped else self.rows.listings
            place.setdefault(row.seed, []).append(row)


def test_new_entries_are_decided_from_the_bottom_of_the_listing_up() -> None:
    memory = Memory()
    changes = memory.write({1: (STRIKE, RAIN)})
    new = changes.new_entries
    assert [new[arrival].stated.title for arrival in (1, 2)] == [RAIN[0], STRIKE[0]]
    assert new[2].id == base_key(draft(*STRIKE))
    assert [row.standing for row in new.values()] == [Standing.LIVE] * 2
    assert len(changes.new_keys) == len(changes.added) == 2
    assert sorted(changes.restated) == [1, 2]


def test_a_later_seed_of_a_batch_finds_the_entries_of_an_earlier_one() -> None:
    memory = Memory()
    changes = memory.write({1: (STRIKE,), 2: (LONGER, RAIN)})
    assert [(one.new, one.seen) for one in memory.outcomes] == [(1, 0), (1, 1)]
    assert changes.new_entries[1].stated.text == LONGER[1]
    assert len(changes.new_entries) == 2
    assert changes.changed_entries == {}
    assert [one.stamp.revision for one in changes.restated[1]] == [1, 2]


def test_seeds_of_one_batch_end_like_seeds_of_several() -> None:
    one, several = Memory(), Memory()
    seeds = {1: (STRIKE, RAIN), 2: (CHESS, LONGER), 3: (RAIN,)}
    one.write(seeds)
    for seed, words in seeds.items():
        several.write({seed: words})
    assert one.stamps == several.stamps
    for arrival, row in several.rows.entries.items():
        other = one.rows.entries[arrival]
        assert (row.id, row.stated, row.standing) == (other.id, other.stated, other.standing)
    assert one.rows.owners == several.rows.owners


def test_what_stays_the_same_changes_no_row_and_needs_no_words() -> None:
    memory = Memory()
    memory.write({1: (STRIKE, RAIN, CHESS)})
    for row in memory.rows.listings[1]:
        row.stated = None
    assert memory.write({1: (STRIKE, RAIN, CHESS)}) == Changes()
    moved = memory.write({1: (RAIN, STRIKE, CHESS)})
    assert [(row.ordinal, row.arrival) for row in moved.shifted] == [(1, 2), (2, 3)]
    assert (moved.reworded, moved.restated) == ([], {})


def test_an_edit_changes_only_the_rows_of_its_entry() -> None:
    memory = Memory()
    memory.write({1: (STRIKE, RAIN, CHESS)})
    changes = memory.write({1: (STRIKE, ("Rain returns", RAIN[1]), CHESS)})
    assert [row.arrival for row in changes.reworded] == [2]
    assert list(changes.changed_entries) == list(changes.restated) == [2]
    assert (changes.shifted, changes.added, changes.deleted) == ([], [], [])
    assert changes.changed_entries[2].stated.title == "Rain returns"


def test_a_draft_that_is_new_finds_the_same_words_in_its_own_listing() -> None:
    memory = Memory()
    memory.write({1: (STRIKE, RAIN)})
    changes = memory.write({1: (STRIKE, RAIN, STRIKE)})
    assert (changes.new_entries, [row.arrival for row in changes.added]) == ({}, [2])


def test_an_entry_in_no_seed_is_unseen_until_it_returns() -> None:
    memory = Memory()
    memory.write({1: (STRIKE, RAIN), 2: (RAIN,)})
    changes = memory.write({1: (STRIKE,)})
    assert changes.changed_entries == {}
    assert [row.seed for row in changes.deleted] == [1]
    changes = memory.remove(2)
    assert [row.standing for row in changes.changed_entries.values()] == [Standing.UNSEEN]
    changes = memory.write({1: (RAIN, STRIKE)})
    assert [row.standing for row in changes.changed_entries.values()] == [Standing.LIVE]


def test_a_rolling_seed_drops_sightings_and_deletes_those_that_are_back() -> None:
    memory = Memory()
    memory.write({1: (STRIKE, RAIN)}, rolling=True)
    dropped = memory.write({1: (STRIKE,)}, rolling=True)
    assert [row.arrival for row in dropped.dropped] == [1]
    assert list(dropped.restated) == [1]
    back = memory.write({1: (STRIKE, RAIN)}, rolling=True)
    assert [row.arrival for row in back.deleted] == [row.arrival for row in back.added] == [1]
    memory.write({1: (STRIKE,)}, rolling=True)
    assert [row.arrival for row in memory.write({1: (STRIKE,)}).deleted] == [1]


def test_a_last_draft_is_held_only_if_it_would_be_a_new_entry() -> None:
    memory = Memory()
    memory.write({1: (STRIKE,)})
    held = memory.write({1: (STRIKE, RAIN)}, hold_last=True)
    assert (held, memory.outcomes[0].held) == (Changes(), True)
    memory.write({2: (RAIN,)})
    seen = memory.write({1: (STRIKE, RAIN)}, hold_last=True)
    assert (len(seen.added), memory.outcomes[0].held) == (1, False)


def test_ids_are_made_in_the_namespace_of_the_stamp() -> None:
    other = Memory(stamps=Stamps(Stamp(time=0, ingest=0, revision=0, namespace=UUID(int=5))))
    changes = other.write({1: (STRIKE,)})
    assert changes.new_entries[1].id != base_key(draft(*STRIKE))
