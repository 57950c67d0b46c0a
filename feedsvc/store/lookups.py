"""Looks up what a seed's drafts are compared with: its sightings, and the owners of keys."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from feedsvc.domain.continuation import Known
from feedsvc.domain.difference import StoredEntry
from feedsvc.domain.identity import keys_of
from feedsvc.domain.model import Draft
from feedsvc.domain.reconcile import Owner, Reconciliation, reconcile
from feedsvc.store.records import Comparison, Standing
from feedsvc.store.rows import to_known, to_time
from feedsvc.store.schema import entries, entry_keys, seeds, sightings

LOOKUP = 500


async def load_sightings(connection: AsyncConnection, seed: int) -> tuple[list[Known], bool]:
    """A seed's current sightings, and whether it also has dropped ones."""
    query = select(sightings).where(sightings.c.seed == seed).order_by(sightings.c.ordinal)
    rows = (await connection.execute(query)).all()
    standing = [to_known(row) for row in rows if not row.dropped]
    return standing, len(standing) < len(rows)


async def load_owners(
    connection: AsyncConnection, drafts: Sequence[Draft], standing: Sequence[Known]
) -> dict[UUID, list[Owner]]:
    """The entries that own the keys of drafts and sightings, in order of arrival."""
    # Off the event loop, so that a large seed does not delay answers to readers.
    keys = await asyncio.to_thread(_list_keys, drafts, standing)
    owners: dict[UUID, list[Owner]] = {}
    for start in range(0, len(keys), LOOKUP):
        query = (
            select(entry_keys.c.key, entries.c.arrival, entries.c.text)
            .join_from(entry_keys, entries)
            .where(entry_keys.c.key.in_(keys[start : start + LOOKUP]))
            .order_by(entry_keys.c.key, entry_keys.c.arrival)
        )
        for row in await connection.execute(query):
            owner = Owner(entry=row.arrival, key=row.key, text=row.text)
            owners.setdefault(row.key, []).append(owner)
    return owners


async def compare_drafts(
    connection: AsyncConnection, path: str, drafts: Sequence[Draft]
) -> Comparison:
    """What accepting drafts for a seed would do; nothing is written."""
    seed = await connection.scalar(select(seeds.c.id).where(seeds.c.path == path))
    standing = [] if seed is None else (await load_sightings(connection, seed))[0]
    owners = await load_owners(connection, drafts, standing)
    outcome = await asyncio.to_thread(reconcile, standing, drafts, owners=owners)
    found: dict[int, StoredEntry] = {}
    arrivals = sorted(set(_list_arrivals(outcome)))
    for start in range(0, len(arrivals), LOOKUP):
        other = exists().where(
            sightings.c.arrival == entries.c.arrival, sightings.c.seed != (seed or 0)
        )
        query = select(
            entries.c.arrival,
            entries.c.id,
            entries.c.published,
            entries.c.standing,
            entries.c.taken_down,
            other.label("elsewhere"),
        ).where(entries.c.arrival.in_(arrivals[start : start + LOOKUP]))
        for row in await connection.execute(query):
            found[row.arrival] = StoredEntry(
                id=row.id,
                published=to_time(row.published),
                withdrawn=row.standing == Standing.WITHDRAWN,
                taken_down=bool(row.taken_down),
                elsewhere=bool(row.elsewhere),
            )
    return Comparison(outcome=outcome, entries=found)


def _list_keys(drafts: Sequence[Draft], standing: Sequence[Known]) -> list[UUID]:
    """Every key that drafts may claim, once each: of their words now and before."""
    keys = [keys_of(draft) for draft in drafts]
    every = [key for one in keys for key in (one.source, one.full, one.base) if key is not None]
    every += [keys_of(known.draft).full for known in standing]
    return list(dict.fromkeys(every))


def _list_arrivals(outcome: Reconciliation) -> Iterator[int]:
    for placement in outcome.placements:
        if placement.entry is not None:
            yield placement.entry
        if placement.known is not None:
            yield placement.known.entry
    for known in outcome.gone:
        yield known.entry
