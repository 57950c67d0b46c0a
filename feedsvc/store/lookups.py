"""Loads what seeds are compared with: their sightings, the owners of keys, and their entries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection, exists, func, select

from feedsvc.domain.batch.decide import Batch, Submission, draft_of, list_keys
from feedsvc.domain.batch.rows import BatchRows, EntryRow, SightingRow, Standing
from feedsvc.domain.continuation import Known, match_same
from feedsvc.domain.dates import FreeSeconds
from feedsvc.domain.difference import StoredEntry
from feedsvc.domain.model import Draft
from feedsvc.domain.reconcile import Reconciliation
from feedsvc.store.dialect import is_among
from feedsvc.store.records import Comparison
from feedsvc.store.rows import to_stated, to_time
from feedsvc.store.schema import entries, entry_keys, seeds, sightings

# What decides whether a draft is the same; the words are loaded only for the others.
_PLACES = (
    sightings.c.id,
    sightings.c.seed,
    sightings.c.ordinal,
    sightings.c.line,
    sightings.c.arrival,
    sightings.c.edited,
    sightings.c.dropped,
    sightings.c.digest,
    sightings.c.source_id,
)


def load_batch(
    connection: Connection,
    submissions: Sequence[Submission],
    *,
    removed: Collection[int] = (),
) -> BatchRows:
    """All that a batch of seeds may change, in a constant number of statements."""
    loading = _Loading(connection)
    loading.load_listings([*(one.seed for one in submissions), *removed])
    concerned = {arrival for one in submissions for arrival in loading.concerned_by(one)}
    concerned |= {row.arrival for seed in removed for row in loading.every(seed)}
    loading.load_sightings(concerned)
    loading.load_owners(submissions)
    loading.load_sightings({arrival for found in loading.rows.owners.values() for arrival in found})
    loading.load_entries()
    loading.rows.last_arrival = connection.scalar(select(func.max(entries.c.arrival))) or 0
    return loading.rows


@dataclass(slots=True)
class _Loading:
    """Rows that are loaded step by step."""

    connection: Connection
    rows: BatchRows = field(default_factory=BatchRows)
    _by_id: dict[int, SightingRow] = field(default_factory=dict)

    def every(self, seed: int) -> list[SightingRow]:
        """A seed's sightings, with the dropped ones."""
        return self.rows.listings.get(seed, []) + self.rows.dropped.get(seed, [])

    def load_listings(self, wanted: Collection[int]) -> None:
        """The sightings of seeds, without words."""
        query = select(*_PLACES).where(is_among(sightings.c.seed, wanted))
        ordered = query.order_by(sightings.c.seed, sightings.c.ordinal)
        for (
            id_,
            seed,
            ordinal,
            line,
            arrival,
            edited,
            dropped,
            digest,
            source,
        ) in self.connection.execute(ordered):
            row = SightingRow(
                id=id_,
                seed=seed,
                ordinal=ordinal,
                line=line,
                arrival=arrival,
                edited=edited,
                dropped=bool(dropped),
                digest=digest,
                source_id=source,
                stated=None,
            )
            self._by_id[id_] = row
            (self.rows.dropped if dropped else self.rows.listings).setdefault(seed, []).append(row)

    def concerned_by(self, submission: Submission) -> Iterator[int]:
        """The entries of the sightings that may change with a submission."""
        standing = self.rows.listings.get(submission.seed, [])
        same = match_same([row.digest for row in standing], submission.digests)
        kept = set(same.values())
        yield from (row.arrival for place, row in enumerate(standing) if place not in kept)
        present = {row.arrival for row in standing}
        for row in self.rows.dropped.get(submission.seed, []):
            if not submission.rolling or row.arrival in present:
                yield row.arrival

    def load_sightings(self, arrivals: Collection[int]) -> None:
        """The sightings of entries in all seeds, with their words."""
        wanted = [one for one in arrivals if one not in self.rows.sightings]
        if not wanted:
            return
        self.rows.sightings |= {arrival: [] for arrival in wanted}
        query = select(sightings).where(is_among(sightings.c.arrival, wanted))
        for found in self.connection.execute(query):
            row = self._by_id.get(found.id)
            if row is None:
                row = SightingRow(
                    id=found.id,
                    seed=found.seed,
                    ordinal=found.ordinal,
                    line=found.line,
                    arrival=found.arrival,
                    edited=found.edited,
                    dropped=bool(found.dropped),
                    digest=found.digest,
                    source_id=found.source_id,
                    stated=None,
                )
            row.stated = to_stated(found)
            self.rows.sightings[found.arrival].append(row)

    def load_owners(self, submissions: Iterable[Submission]) -> None:
        """The entries that own a key which a submission may claim."""
        keys = {key for one in submissions for key in self._keys_of(one)}
        if not keys:
            return
        query = select(entry_keys).where(is_among(entry_keys.c.key, sorted(keys)))
        for key, arrival in self.connection.execute(query.order_by(*entry_keys.c)):
            self.rows.owners.setdefault(key, []).append(arrival)

    def load_entries(self) -> None:
        """The entries whose sightings are loaded."""
        if not self.rows.sightings:
            return
        query = select(entries).where(is_among(entries.c.arrival, self.rows.sightings))
        for row in self.connection.execute(query):
            self.rows.entries[row.arrival] = EntryRow(
                arrival=row.arrival,
                id=row.id,
                stated=to_stated(row),
                published=row.published,
                updated=row.updated,
                standing=Standing(row.standing),
                taken_down=bool(row.taken_down),
            )

    def _keys_of(self, submission: Submission) -> Sequence[UUID]:
        standing = self.rows.listings.get(submission.seed, [])
        same = match_same([row.digest for row in standing], submission.digests)
        kept = set(same.values())
        changed = [
            Known(sighting=place, entry=row.arrival, draft=draft_of(row))
            for place, row in enumerate(standing)
            if place not in kept
        ]
        return list_keys(submission.keys(same).values(), changed)


def compare_drafts(connection: Connection, path: str, drafts: Sequence[Draft]) -> Comparison:
    """What accepting drafts for a seed would do; nothing is written."""
    seed = connection.scalar(select(seeds.c.id).where(seeds.c.path == path)) or 0
    submission = Submission(seed, drafts, rolling=False)
    rows = load_batch(connection, [submission])
    outcome = Batch(rows, free=FreeSeconds()).compare(submission)
    found: dict[int, StoredEntry] = {}
    other = exists().where(sightings.c.arrival == entries.c.arrival, sightings.c.seed != seed)
    query = select(
        entries.c.arrival,
        entries.c.id,
        entries.c.published,
        entries.c.standing,
        entries.c.taken_down,
        other.label("elsewhere"),
    ).where(is_among(entries.c.arrival, sorted(set(_list_arrivals(outcome)))))
    for row in connection.execute(query):
        found[row.arrival] = StoredEntry(
            id=row.id,
            published=to_time(row.published),
            withdrawn=row.standing == Standing.WITHDRAWN,
            taken_down=bool(row.taken_down),
            elsewhere=bool(row.elsewhere),
        )
    return Comparison(outcome=outcome, entries=found)


def _list_arrivals(outcome: Reconciliation) -> Iterator[int]:
    for placement in outcome.placements:
        if placement.entry is not None:
            yield placement.entry
        if placement.known is not None:
            yield placement.known.entry
    for known in outcome.gone:
        yield known.entry
