"""Writes what became of a seed's drafts: new entries, their keys and the seed's sightings."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from feedsvc.domain.dates import FreeSeconds, stagger_dates
from feedsvc.domain.identity import entry_id
from feedsvc.domain.model import Draft
from feedsvc.domain.reconcile import Owner, Reconciliation, Verdict, reconcile
from feedsvc.store.clock import Stamp
from feedsvc.store.lookups import load_owners, load_sightings
from feedsvc.store.records import Standing
from feedsvc.store.rows import from_draft, from_stated, to_seconds, to_time
from feedsvc.store.schema import entries, entry_keys, sightings


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: `affected` entries have changed sightings, `new` ones were added.

    `held` is whether the last draft would be a new entry and was left out.
    """

    outcome: Reconciliation
    affected: frozenset[int]
    new: frozenset[int]
    held: bool


async def write_drafts(
    connection: AsyncConnection,
    seed: int,
    drafts: Sequence[Draft],
    *,
    rolling: bool,
    hold_last: bool,
    stamp: Stamp,
    free: FreeSeconds,
) -> Written:
    """Reconcile a seed's drafts with what is stored and write the result.

    A rolling seed keeps the sightings of entries that dropped off its listing. `hold_last` leaves
    out the last draft if it would be a new entry.
    """
    standing, dropped = await load_sightings(connection, seed)
    owners = await load_owners(connection, drafts, standing)
    outcome = await asyncio.to_thread(reconcile, standing, drafts, owners=owners)
    held = hold_last and bool(drafts) and outcome.placements[-1].verdict is Verdict.NEW
    if held:
        outcome = await asyncio.to_thread(reconcile, standing, drafts[:-1], owners=owners)
    arrivals = await _add_entries(connection, outcome, stamp=stamp, free=free)
    await _add_keys(connection, outcome, arrivals=arrivals, owners=owners)
    affected = await _write_sightings(connection, seed, outcome, arrivals=arrivals, stamp=stamp)
    affected |= await _let_go(connection, outcome, rolling=rolling)
    if dropped:
        affected |= await _forget_dropped(connection, seed, rolling=rolling)
    return Written(
        outcome=outcome,
        affected=frozenset(affected),
        new=frozenset(arrivals.values()),
        held=held,
    )


async def _add_entries(
    connection: AsyncConnection,
    outcome: Reconciliation,
    *,
    stamp: Stamp,
    free: FreeSeconds,
) -> dict[UUID, int]:
    """Add what is new, from the bottom of the listing up; the arrival numbers by first key."""
    new: dict[UUID, Draft] = {}
    for placement in outcome.placements:
        if placement.verdict is Verdict.NEW:
            new.setdefault(placement.key, placement.draft)
    stated = [draft.date for draft in new.values()]
    dates = stagger_dates(stated, now=to_time(stamp.time), free=free)
    first = (await connection.scalar(select(func.max(entries.c.arrival))) or 0) + 1
    arrivals = {key: first + steps for steps, key in enumerate(reversed(new))}
    if new:
        rows = [
            _entry_row(
                draft,
                arrival=arrivals[key],
                id_=entry_id(key, namespace=stamp.namespace),
                published=published,
            )
            for (key, draft), published in zip(new.items(), dates, strict=True)
        ]
        await connection.execute(insert(entries), rows)
    return arrivals


def _entry_row(draft: Draft, *, arrival: int, id_: UUID, published: datetime) -> dict[str, Any]:
    seconds = to_seconds(published)
    return from_stated(draft.stated) | {
        "arrival": arrival,
        "id": id_,
        "published": seconds,
        "updated": seconds,
        "standing": Standing.UNSEEN,  # until its sightings are merged
        "taken_down": 0,
    }


async def _add_keys(
    connection: AsyncConnection,
    outcome: Reconciliation,
    *,
    arrivals: dict[UUID, int],
    owners: Mapping[UUID, Sequence[Owner]],
) -> None:
    """Let entries own what their drafts claim, apart from what they own already."""
    owned = {(key, owner.entry) for key, found in owners.items() for owner in found}
    claimed = {
        (key, arrivals[placement.key] if placement.entry is None else placement.entry)
        for placement in outcome.placements
        for key in placement.claims
    }
    rows = [{"key": key, "arrival": arrival} for key, arrival in sorted(claimed - owned)]
    if rows:
        await connection.execute(insert(entry_keys), rows)


async def _write_sightings(
    connection: AsyncConnection,
    seed: int,
    outcome: Reconciliation,
    *,
    arrivals: dict[UUID, int],
    stamp: Stamp,
) -> set[int]:
    """Write a sighting for each draft; return the entries whose wording has changed."""
    added, reworded, shifted = [], [], []
    affected: set[int] = set()
    for placement in outcome.placements:
        arrival = arrivals[placement.key] if placement.entry is None else placement.entry
        row = from_draft(placement.draft) | {"arrival": arrival}
        known = placement.known
        if known is None:
            added.append(row | {"seed": seed, "edited": 0, "dropped": 0})
            affected.add(arrival)
        elif placement.verdict is not Verdict.SAME:
            reworded.append(row | {"sighting": known.sighting, "edited": stamp.ingest})
            affected |= {arrival, known.entry}
        elif known.draft.ordinal != placement.draft.ordinal or known.draft.line != row["line"]:
            shifted.append(
                {"sighting": known.sighting, "ordinal": row["ordinal"], "line": row["line"]}
            )
    await _update_sightings(connection, reworded)
    await _update_sightings(connection, shifted)
    if added:
        await connection.execute(insert(sightings), added)
    return affected


async def _update_sightings(connection: AsyncConnection, rows: list[dict[str, Any]]) -> None:
    if rows:
        columns: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "sighting"}
        one = update(sightings).where(sightings.c.id == bindparam("sighting"))
        await connection.execute(one.values(**columns), rows)


async def _let_go(
    connection: AsyncConnection,
    outcome: Reconciliation,
    *,
    rolling: bool,
) -> set[int]:
    """Drop or delete the sightings that no draft continues; return their entries."""
    gone = [{"sighting": known.sighting} for known in outcome.gone]
    if gone:
        one = sightings.c.id == bindparam("sighting")
        kept = update(sightings).where(one).values(dropped=1)
        await connection.execute(kept if rolling else delete(sightings).where(one), gone)
    return {known.entry for known in outcome.gone}


async def _forget_dropped(connection: AsyncConnection, seed: int, *, rolling: bool) -> set[int]:
    """Delete dropped sightings; if still rolling, only those that are back in the listing."""
    forgotten = delete(sightings).where(sightings.c.seed == seed, sightings.c.dropped == 1)
    if rolling:
        again = sightings.alias("again")
        back = select(again.c.id).where(
            again.c.arrival == sightings.c.arrival,
            again.c.seed == seed,
            again.c.dropped == 0,
        )
        forgotten = forgotten.where(back.exists())
    returned = await connection.execute(forgotten.returning(sightings.c.arrival))
    return {row.arrival for row in returned}
