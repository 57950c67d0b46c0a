"""Decides what becomes of seeds, one after another, over the rows that they concern."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from feedsvc.domain.batch.rows import BatchRows, EntryRow, SightingRow, Standing
from feedsvc.domain.batch.stamps import Stamp
from feedsvc.domain.continuation import Known, match_same
from feedsvc.domain.dates import FreeSeconds, stagger_dates
from feedsvc.domain.identity import Keys, digest_of, entry_id, keys_of
from feedsvc.domain.merge import merge_wordings
from feedsvc.domain.model import TEXT_FIELDS, Draft, Stated
from feedsvc.domain.reconcile import Owner, Placement, Reconciliation, Verdict, reconcile

SHOWN_FIELDS = tuple(n for n in TEXT_FIELDS if n not in {"caption", "kicker", "section"})


class Submission:
    """A good seed's drafts, and how to compare them with what the seed contained before.

    A rolling seed keeps the sightings of entries that dropped off its listing. `hold_last` leaves
    out the last draft if it would be a new entry.
    """

    def __init__(
        self, seed: int, drafts: Sequence[Draft], *, rolling: bool, hold_last: bool = False
    ) -> None:
        self.seed = seed
        self.drafts = drafts
        self.rolling = rolling
        self.hold_last = hold_last
        self.digests = tuple(map(digest_of, drafts))
        self._keys: dict[int, Keys] = {}

    def keys(self, same: Collection[int]) -> dict[int, Keys]:
        """The keys of the drafts by index, without those that stay the same."""
        for index, draft in enumerate(self.drafts):
            if index not in same and index not in self._keys:
                self._keys[index] = keys_of(draft)
        return self._keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """How many of a seed's entries had which verdict.

    `gone` ones left its listing; `held` is whether the last one would be new and was left out.
    """

    same: int
    edited: int
    joined: int
    seen: int
    new: int
    gone: int
    held: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything apart from the order of entries changed."""
        return any((self.edited, self.joined, self.seen, self.new, self.gone))


@dataclass(frozen=True, slots=True, kw_only=True)
class Restatement:
    """An entry has new words from now on; `shown` says whether readers see the difference."""

    stated: Stated
    shown: bool
    stamp: Stamp


@dataclass(slots=True)
class Changes:
    """The rows that a batch changes, each once and as it is at the end.

    `restated` has, by arrival number, what became of entries whose sightings changed: they are to
    be labelled.
    """

    new_entries: dict[int, EntryRow] = field(default_factory=dict)
    changed_entries: dict[int, EntryRow] = field(default_factory=dict)
    new_keys: set[tuple[UUID, int]] = field(default_factory=set)
    added: list[SightingRow] = field(default_factory=list)
    reworded: list[SightingRow] = field(default_factory=list)
    shifted: list[SightingRow] = field(default_factory=list)
    dropped: list[SightingRow] = field(default_factory=list)
    deleted: list[SightingRow] = field(default_factory=list)
    restated: dict[int, list[Restatement]] = field(default_factory=dict)


class Batch:
    """What a batch of seeds changes: each seed is decided over what those before it have left."""

    def __init__(self, rows: BatchRows, *, free: FreeSeconds) -> None:
        self.changes = Changes()
        self._rows = rows
        self._free = free

    def compare(self, submission: Submission) -> Reconciliation:
        """What accepting a seed would do with its drafts and sightings."""
        return self._reconcile(submission, submission.drafts)

    def accept(self, submission: Submission, stamp: Stamp) -> Ingested:
        """Decide what becomes of a seed's drafts."""
        drafts = submission.drafts
        outcome = self._reconcile(submission, drafts)
        last = outcome.placements[-1] if drafts else None
        held = submission.hold_last and last is not None and last.verdict is Verdict.NEW
        if held:
            outcome = self._reconcile(submission, drafts[:-1])
        arrivals = self._add_entries(outcome, stamp)
        self._add_keys(outcome, arrivals)
        affected = self._write_sightings(submission, outcome, arrivals=arrivals, stamp=stamp)
        affected |= self._let_go(submission, outcome)
        self._restate(affected, new=set(arrivals.values()), stamp=stamp)
        return replace(_count(outcome), held=held)

    def remove(self, seeds: Collection[int], stamp: Stamp) -> None:
        """Decide what becomes of the entries of seeds that are removed."""
        affected: set[int] = set()
        for seed in seeds:
            gone = self._rows.listings.get(seed, []) + self._rows.dropped.get(seed, [])
            self._delete(gone)
            affected |= {row.arrival for row in gone}
        self._restate(affected, new=(), stamp=stamp)

    def _reconcile(self, submission: Submission, drafts: Sequence[Draft]) -> Reconciliation:
        standing = self._rows.listings.get(submission.seed, [])
        places = match_same([row.digest for row in standing], submission.digests[: len(drafts)])
        draft_at = {place: index for index, place in places.items()}
        known = [
            Known(
                sighting=place,
                entry=row.arrival,
                draft=drafts[draft_at[place]] if place in draft_at else draft_of(row),
            )
            for place, row in enumerate(standing)
        ]
        keys = submission.keys(places)
        wanted = list_keys(keys.values(), [one for one in known if one.sighting not in draft_at])
        return reconcile(
            known,
            drafts,
            keys=keys,
            owners={key: self._owners(key) for key in wanted if key in self._rows.owners},
            same={index: known[place] for index, place in places.items()},
        )

    def _owners(self, key: UUID) -> list[Owner]:
        found = self._rows.owners[key]
        return [
            Owner(entry=one, key=key, text=self._rows.entries[one].stated.text) for one in found
        ]

    def _add_entries(self, outcome: Reconciliation, stamp: Stamp) -> dict[UUID, int]:
        """Add what is new, from the bottom of the listing up; the arrival numbers by first key."""
        new: dict[UUID, Draft] = {}
        for placement in outcome.placements:
            if placement.verdict is Verdict.NEW and placement.key is not None:
                new.setdefault(placement.key, placement.draft)
        now = datetime.fromtimestamp(stamp.time, UTC)
        dates = stagger_dates([one.date for one in new.values()], now=now, free=self._free)
        first = self._rows.last_arrival + 1
        arrivals = {key: first + steps for steps, key in enumerate(reversed(new))}
        for (key, draft), published in zip(new.items(), dates, strict=True):
            seconds = int(published.timestamp())
            row = EntryRow(
                arrival=arrivals[key],
                id=entry_id(key, namespace=stamp.namespace),
                stated=draft.stated,
                published=seconds,
                updated=seconds,
                standing=Standing.UNSEEN,  # until its sightings are merged
                taken_down=False,
            )
            self._rows.entries[row.arrival] = self.changes.new_entries[row.arrival] = row
            self._rows.sightings[row.arrival] = []
        self._rows.last_arrival += len(new)
        return arrivals

    def _add_keys(self, outcome: Reconciliation, arrivals: Mapping[UUID, int]) -> None:
        """Let entries own what their drafts claim, apart from what they own already."""
        owners = self._rows.owners
        for placement in outcome.placements:
            for key in placement.claims:
                arrival = _arrival_of(placement, arrivals)
                owned = owners.setdefault(key, [])
                if arrival not in owned:
                    insort(owned, arrival)
                    self.changes.new_keys.add((key, arrival))

    def _write_sightings(
        self,
        submission: Submission,
        outcome: Reconciliation,
        *,
        arrivals: Mapping[UUID, int],
        stamp: Stamp,
    ) -> set[int]:
        """Give each draft a sighting; return the entries whose wording has changed."""
        standing = self._rows.listings.get(submission.seed, [])
        affected: set[int] = set()
        for placement, digest in zip(outcome.placements, submission.digests, strict=False):
            if placement.known is None:
                arrival = _arrival_of(placement, arrivals)
                row = _new_sighting(submission.seed, placement.draft, arrival=arrival)
                row.digest = digest
                self.changes.added.append(row)
                self._rows.sightings[arrival].append(row)
                affected.add(arrival)
                continue
            row = standing[placement.known.sighting]
            if placement.verdict is not Verdict.SAME:
                affected.add(row.arrival)
                self._move(row, to=_arrival_of(placement, arrivals))
                affected.add(row.arrival)
                row.edited = stamp.ingest
                row.stated, row.source_id = placement.draft.stated, placement.draft.source_id
                self.changes.reworded.append(row)
            elif (row.ordinal, row.line, row.digest) != (
                placement.draft.ordinal,
                placement.draft.line,
                digest,
            ):
                self.changes.shifted.append(row)
            row.ordinal, row.line = placement.draft.ordinal, placement.draft.line
            row.digest = digest
        return affected

    def _move(self, row: SightingRow, *, to: int) -> None:
        if row.arrival != to:
            self._rows.sightings[row.arrival].remove(row)
            row.arrival = to
            self._rows.sightings[to].append(row)

    def _let_go(self, submission: Submission, outcome: Reconciliation) -> set[int]:
        """Drop or delete the sightings that no draft continues; return their entries.

        If the seed has dropped some before, those of them that are back in its listing are deleted,
        or all if it no longer rolls.
        """
        standing = self._rows.listings.get(submission.seed, [])
        gone = [standing[known.sighting] for known in outcome.gone]
        if submission.rolling:
            for row in gone:
                row.dropped = True
            self.changes.dropped += gone
        else:
            self._delete(gone)
        before = self._rows.dropped.get(submission.seed, [])
        if not before:
            return {row.arrival for row in gone}
        forgotten = set(before)
        if submission.rolling:
            present = self._list_present(submission.seed, standing, gone=set(gone))
            forgotten = {row for row in before + gone if row.arrival in present}
            self.changes.dropped = [row for row in self.changes.dropped if row not in forgotten]
        self._delete(forgotten)
        return {row.arrival for row in (*gone, *forgotten)}

    def _list_present(
        self, seed: int, standing: Iterable[SightingRow], *, gone: Collection[SightingRow]
    ) -> set[int]:
        """The entries that a seed's listing contains now."""
        added = {row.arrival for row in self.changes.added if row.seed == seed}
        return added | {row.arrival for row in standing if row not in gone}

    def _delete(self, rows: Iterable[SightingRow]) -> None:
        for row in rows:
            self.changes.deleted.append(row)
            self._rows.sightings[row.arrival].remove(row)

    def _restate(self, affected: Collection[int], *, new: Collection[int], stamp: Stamp) -> None:
        """Let entries say what their sightings say, those that have one left.

        `updated` moves only when something that readers see changes, and then always forward. What
        changed last has the fewest seconds to choose from, so it chooses first.
        """
        rows = {arrival: self._rows.entries[arrival] for arrival in sorted(affected)}
        merged: dict[int, Stated] = {}
        for arrival, row in rows.items():
            if wordings := [one.wording() for one in self._rows.sightings[arrival]]:
                merged[arrival] = merge_wordings(wordings)
            elif row.standing is Standing.LIVE:
                row.standing = Standing.UNSEEN
                self._note_changed(row)
        for arrival in sorted(merged, key=lambda one: rows[one].updated, reverse=True):
            row, stated = rows[arrival], merged[arrival]
            shown = any(getattr(row.stated, name) != getattr(stated, name) for name in SHOWN_FIELDS)
            if shown and arrival not in new:
                row.updated = self._date_change(row.updated, stamp)
            if shown or row.stated != stated or row.standing is not Standing.LIVE:
                row.stated, row.standing = stated, Standing.LIVE
                self._note_changed(row)
            restated = Restatement(stated=stated, shown=shown, stamp=stamp)
            self.changes.restated.setdefault(arrival, []).append(restated)

    def _date_change(self, before: int, stamp: Stamp) -> int:
        """When an entry changed: in a second of its own if possible."""
        second = self._free.take_after(before, latest=stamp.time)
        return max(stamp.time, before + 1) if second is None else second

    def _note_changed(self, row: EntryRow) -> None:
        if row.arrival not in self.changes.new_entries:
            self.changes.changed_entries[row.arrival] = row


def list_keys(keys: Iterable[Keys], known: Iterable[Known]) -> list[UUID]:
    """Every key that drafts with these keys may claim, once each: of their words now and before."""
    every = [key for one in keys for key in (one.source, one.full, one.base) if key is not None]
    every += [keys_of(one.draft).full for one in known]
    return list(dict.fromkeys(every))


def draft_of(row: SightingRow) -> Draft:
    """What a sighting's draft stated, without the date, which counts only at first sight."""
    stated = row.wording().stated
    return Draft(ordinal=row.ordinal, line=row.line, stated=stated, source_id=row.source_id)


def _new_sighting(seed: int, draft: Draft, *, arrival: int) -> SightingRow:
    return SightingRow(
        id=None,
        seed=seed,
        ordinal=draft.ordinal,
        line=draft.line,
        arrival=arrival,
        edited=0,
        dropped=False,
        digest=None,
        source_id=draft.source_id,
        stated=draft.stated,
    )


def _arrival_of(placement: Placement, arrivals: Mapping[UUID, int]) -> int:
    if placement.entry is not None:
        return placement.entry
    assert placement.key is not None  # noqa: S101 - only a draft that stays the same has none
    return arrivals[placement.key]


def _count(outcome: Reconciliation) -> Ingested:
    verdicts = Counter(placement.verdict for placement in outcome.placements)
    return Ingested(
        same=verdicts[Verdict.SAME],
        edited=verdicts[Verdict.EDITED],
        joined=verdicts[Verdict.JOINED],
        seen=verdicts[Verdict.SEEN],
        new=verdicts[Verdict.NEW],
        gone=len(outcome.gone),
    )
