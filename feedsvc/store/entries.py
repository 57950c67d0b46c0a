"""Brings entries in line with their sightings: their words, labels and channels."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from feedsvc.domain.dates import FreeSeconds
from feedsvc.domain.merge import merge_wordings
from feedsvc.domain.model import TEXT_FIELDS, Channel, Kind, Label, Stated, channels_of
from feedsvc.store.channels import Moves, channels_of_entries
from feedsvc.store.clock import Stamp
from feedsvc.store.records import Relabelling, Standing
from feedsvc.store.rows import (
    from_labels,
    from_stated,
    group_by_arrival,
    to_label,
    to_stated,
    to_wording,
)
from feedsvc.store.schema import entries, labels, sightings

CHUNK = 250
SHOWN_FIELDS = tuple(n for n in TEXT_FIELDS if n not in {"caption", "kicker", "section"})

Labels = tuple[Label, ...]
Labeller = Callable[[Stated], Labels]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """An entry before the change: its row, its labels and the channels it is in."""

    row: Row[Any]
    labels: Labels
    channels: frozenset[Channel]


async def update_entries(
    connection: AsyncConnection,
    arrivals: Collection[int],
    *,
    new: Collection[int],
    label: Labeller,
    stamp: Stamp,
    free: FreeSeconds,
) -> Moves:
    """Update entries whose sightings changed; return what that changes in channels.

    `updated` moves only when something that readers see changes, and then always forward.
    """
    moves = Moves()
    ordered = sorted(arrivals, reverse=True)
    for start in range(0, len(ordered), CHUNK):
        chunk = ordered[start : start + CHUNK]
        stored = await _load(connection, chunk, new=new)
        seen = await _sightings(connection, chunk)
        merged = {
            arrival: merge_wordings([to_wording(row) for row in rows])
            for arrival, rows in seen.items()
        }
        await _write_unseen(connection, [one for one in chunk if one not in merged])
        updated = _date_changes(stored, merged, new=new, stamp=stamp, free=free)
        rows = [
            from_stated(stated)
            | {"entry": arrival, "standing": Standing.LIVE, "updated": updated[arrival]}
            for arrival, stated in merged.items()
        ]
        await _write_entries(connection, rows)
        await _relabel(connection, stored, merged, label=label, moves=moves)
    return moves


async def relabel_entries(
    connection: AsyncConnection,
    arrivals: Sequence[int],
    *,
    label: Labeller,
) -> Moves:
    """Label published entries again; return what that changes in channels."""
    moves = Moves()
    stored = await _load(connection, arrivals)
    merged = _published(stored)
    await _relabel(connection, stored, merged, label=label, moves=moves)
    return moves


async def preview_labels(
    connection: AsyncConnection,
    arrivals: Sequence[int],
    *,
    label: Labeller,
) -> list[Relabelling]:
    """What labelling published entries again would change, without those that stay the same."""
    stored = await _load(connection, arrivals)
    found = await _label_all(label, _published(stored))
    return [
        Relabelling(
            id=stored[arrival].row.id,
            headline=to_stated(stored[arrival].row).headline,
            before=stored[arrival].labels,
            after=marks,
            channels=frozenset() if stored[arrival].row.taken_down else channels_of(marks),
            channels_before=stored[arrival].channels,
        )
        for arrival, marks in sorted(found.items())
        if _names(marks) != _names(stored[arrival].labels)
    ]


def _published(stored: dict[int, _Stored]) -> dict[int, Stated]:
    return {
        arrival: to_stated(one.row)
        for arrival, one in stored.items()
        if one.row.standing != Standing.WITHDRAWN
    }


async def _load(
    connection: AsyncConnection,
    arrivals: Sequence[int],
    *,
    new: Collection[int] = (),
) -> dict[int, _Stored]:
    """Entries as stored; new ones have no labels yet and are in no channel."""
    rows = await connection.execute(select(entries).where(entries.c.arrival.in_(arrivals)))
    old = [arrival for arrival in arrivals if arrival not in new]
    marks = await _labels_of(connection, old) if old else {}
    standing = await channels_of_entries(connection, old) if old else {}
    return {
        row.arrival: _Stored(
            row=row,
            labels=tuple(map(to_label, marks.get(row.arrival, []))),
            channels=standing.get(row.arrival, frozenset()),
        )
        for row in rows
    }


async def _labels_of(
    connection: AsyncConnection,
    arrivals: Sequence[int],
) -> Mapping[int, list[Row[Any]]]:
    query = select(labels).where(labels.c.arrival.in_(arrivals))
    ordered = query.order_by(labels.c.arrival, labels.c.kind, labels.c.rank)
    return group_by_arrival(await connection.execute(ordered))


async def _sightings(
    connection: AsyncConnection,
    arrivals: Sequence[int],
) -> dict[int, list[Row[Any]]]:
    query = select(sightings).where(sightings.c.arrival.in_(arrivals))
    return dict(group_by_arrival(await connection.execute(query)))


def _date_changes(
    stored: Mapping[int, _Stored],
    merged: Mapping[int, Stated],
    *,
    new: Collection[int],
    stamp: Stamp,
    free: FreeSeconds,
) -> dict[int, int]:
    """When each entry last changed; those that change now do so in different seconds if possible.

    What changed last has the fewest seconds to choose from, so it chooses first.
    """
    updated: dict[int, int] = {arrival: stored[arrival].row.updated for arrival in merged}
    for arrival in sorted(merged, key=updated.__getitem__, reverse=True):
        row, stated, before = stored[arrival].row, merged[arrival], updated[arrival]
        same = all(getattr(row, name) == getattr(stated, name) for name in SHOWN_FIELDS)
        if not same and arrival not in new:
            second = free.take_after(before, latest=stamp.time)
            updated[arrival] = max(stamp.time, before + 1) if second is None else second
    return updated


async def _write_unseen(connection: AsyncConnection, arrivals: Sequence[int]) -> None:
    if arrivals:
        unseen = update(entries).where(
            entries.c.arrival.in_(arrivals),
            entries.c.standing == Standing.LIVE,
        )
        await connection.execute(unseen.values(standing=Standing.UNSEEN))


async def _write_entries(connection: AsyncConnection, rows: list[dict[str, Any]]) -> None:
    if rows:
        columns: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "entry"}
        one = update(entries).where(entries.c.arrival == bindparam("entry"))
        await connection.execute(one.values(**columns), rows)


async def _relabel(
    connection: AsyncConnection,
    stored: dict[int, _Stored],
    merged: dict[int, Stated],
    *,
    label: Labeller,
    moves: Moves,
) -> None:
    """Write the labels that differ, and note in which channels that changes entries."""
    found = await _label_all(label, merged)
    for arrival, marks in found.items():
        before = stored[arrival]
        published = frozenset() if before.row.taken_down else channels_of(marks)
        moves.move(arrival, old=before.channels, new=published)
        if before.channels and _shows_otherwise(before, merged[arrival], marks):
            moves.change(arrival, before.channels & published)
    differing = {one: marks for one, marks in found.items() if marks != stored[one].labels}
    await _write_labels(connection, stored, differing)


async def _label_all(label: Labeller, merged: dict[int, Stated]) -> dict[int, Labels]:
    # Off the event loop, so that a large seed does not delay answers to readers.
    return await asyncio.to_thread(
        lambda: {arrival: _labels(label, said) for arrival, said in merged.items()}
    )


def _labels(label: Labeller, stated: Stated) -> Labels:
    """An entry's labels in stored order."""
    return tuple(sorted(label(stated), key=lambda mark: mark.kind))


def _shows_otherwise(before: _Stored, stated: Stated, marks: Labels) -> bool:
    """Whether documents with the entry now differ."""
    words = any(getattr(before.row, name) != getattr(stated, name) for name in SHOWN_FIELDS)
    return words or _names(marks) != _names(before.labels)


def _names(marks: Labels) -> list[tuple[Kind, str]]:
    return [(mark.kind, mark.value) for mark in marks]


async def _write_labels(
    connection: AsyncConnection,
    stored: dict[int, _Stored],
    differing: dict[int, Labels],
) -> None:
    if differing:
        labelled = [one for one in differing if stored[one].labels]
        if labelled:
            await connection.execute(delete(labels).where(labels.c.arrival.in_(labelled)))
        rows = [row for one, marks in differing.items() for row in from_labels(one, marks)]
        if rows:
            await connection.execute(insert(labels), rows)
