"""The steps of which transactions consist: each loads what it needs, decides, and writes.

A step takes as many statements as it concerns tables, however many seeds, entries and channels.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, text, update

from feedsvc.domain.batch.decide import Batch, Ingested, Submission
from feedsvc.domain.batch.rows import Standing
from feedsvc.domain.batch.stamps import Stamp
from feedsvc.domain.dates import FreeSeconds
from feedsvc.domain.model import channels_of
from feedsvc.store.channels import load_channels, raise_all_channels, write_channels
from feedsvc.store.clock import read_clock, read_stamps, set_clock, settle_dates, store_stamps
from feedsvc.store.dialect import is_among
from feedsvc.store.entries import (
    PIECE,
    Labeller,
    load_shown,
    relabel_entries,
    restate_entries,
    write_entries,
)
from feedsvc.store.lookups import load_batch
from feedsvc.store.records import Acceptance, FoundSeed, SeedReading, SeedStatus
from feedsvc.store.schema import entries
from feedsvc.store.seeds import assign_ids, delete_seeds, write_found, write_readings
from feedsvc.store.sightings import write_changes

UNSEEN = text("standing = 'unseen'")  # the same text as in the partial index


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How entries are labelled, and how many are on an archive page."""

    label: Labeller
    page_size: int


def write_seeds(
    connection: Connection,
    rules: Rules,
    news: Sequence[Acceptance | SeedReading],
    *,
    found: Sequence[FoundSeed],
    now: datetime,
    free: FreeSeconds,
) -> tuple[Ingested | None, ...]:
    """Write what reading seeds gave: a good seed's entries, or why it was rejected."""
    write_found(connection, found)
    if not news:
        return ()
    readings = [one.reading if isinstance(one, Acceptance) else one for one in news]
    ids, new = assign_ids(connection, [one.path for one in readings])
    submissions = [
        Submission(ids[one.reading.path], one.drafts, rolling=one.rolling, hold_last=one.hold_last)
        for one in news
        if isinstance(one, Acceptance)
    ]
    batch = Batch(load_batch(connection, submissions), free=free)
    stamps = read_stamps(connection)
    done: dict[int, tuple[Ingested, Stamp]] = {}
    for submission in submissions:
        stamp = stamps.next(now)
        done[submission.seed] = (batch.accept(submission, stamp), stamp)
    outcomes = tuple(
        done[ids[one.reading.path]] if isinstance(one, Acceptance) else None for one in news
    )
    good = {
        one.reading.path: _good_row(one, *outcome)
        for one, outcome in zip(news, outcomes, strict=True)
        if isinstance(one, Acceptance) and outcome is not None
    }
    write_readings(connection, readings, ids=ids, new=new, good=good)
    if submissions:
        _write_batch(connection, rules, batch)
        store_stamps(connection, stamps, ingested=stamps.last.time)
    return tuple(outcome and outcome[0] for outcome in outcomes)


def remove_seeds(
    connection: Connection,
    rules: Rules,
    gone: Collection[int],
    *,
    now: datetime,
    free: FreeSeconds,
) -> None:
    """Delete removed seeds, and let their entries say what is left of them elsewhere."""
    batch = Batch(load_batch(connection, (), removed=gone), free=free)
    stamps = read_stamps(connection)
    batch.remove(gone, stamps.next(now))
    batch.changes.deleted.clear()
    delete_seeds(connection, gone)
    _write_batch(connection, rules, batch)
    store_stamps(connection, stamps)


def withdraw_unseen(connection: Connection, rules: Rules, *, now: datetime) -> int:
    """Withdraw the entries that are in no seed any more; return their number."""
    query = select(entries.c.arrival).where(UNSEEN).order_by(entries.c.arrival)
    arrivals = list(connection.scalars(query))
    if arrivals:
        unpublish(connection, rules, arrivals, now=now, standing=Standing.WITHDRAWN)
    return len(arrivals)


def take_down(connection: Connection, rules: Rules, entry_id: UUID, *, now: datetime) -> bool:
    """Take an entry down for good; return whether it exists."""
    row = _find(connection, entry_id)
    if row is not None:
        unpublish(connection, rules, [row.arrival], now=now, taken_down=1)
    return row is not None


def put_back(connection: Connection, rules: Rules, entry_id: UUID, *, now: datetime) -> bool:
    """Undo a takedown; return whether the entry exists."""
    row = _find(connection, entry_id)
    if row is None or not row.taken_down:
        return row is not None
    stamps, loaded = read_stamps(connection), load_channels(connection)
    stamp = stamps.next(now)
    back = update(entries).where(entries.c.arrival == row.arrival)
    connection.execute(back.values(taken_down=0))
    if row.standing != Standing.WITHDRAWN:
        before = load_shown(connection, [row.arrival], channels=loaded)
        shown = before[row.arrival]
        loaded.move(row.arrival, shown, channels_of(shown.labels), stamp=stamp)
        write_entries(connection, loaded, before=before)
        write_channels(connection, loaded, page_size=rules.page_size)
    store_stamps(connection, stamps)
    return True


def relabel(connection: Connection, rules: Rules, *, after: int, now: datetime) -> int | None:
    """Relabel the next entries after an arrival number; return the last number, or None."""
    query = select(entries.c.arrival).where(entries.c.arrival > after)
    arrivals: list[int] = list(connection.scalars(query.order_by(entries.c.arrival).limit(PIECE)))
    if not arrivals:
        return None
    stamps, loaded = read_stamps(connection), load_channels(connection)
    stamp = stamps.next(now)
    relabel_entries(connection, arrivals, label=rules.label, channels=loaded, stamp=stamp)
    if loaded.changed:
        write_channels(connection, loaded, page_size=rules.page_size)
        store_stamps(connection, stamps)
    return arrivals[-1]


def set_presentation(
    connection: Connection, rules: Rules, presentation: str, *, now: datetime
) -> bool:
    """Raise every channel if what all documents show has changed; return whether it has."""
    if read_clock(connection, "presentation") == presentation:
        return False
    raise_everything(connection, rules, now=now)
    set_clock(connection, presentation=presentation)
    return True


def settle_clock(connection: Connection, rules: Rules, *, now: datetime) -> int:
    """Move every date after `now` to it, and raise every channel; return how many entries."""
    redated = settle_dates(connection, now=now)
    raise_everything(connection, rules, now=now)
    return redated


def raise_everything(connection: Connection, rules: Rules, *, now: datetime) -> None:
    """Raise every channel and archive page."""
    stamps = read_stamps(connection)
    raise_all_channels(connection, stamp=stamps.next(now), page_size=rules.page_size)
    store_stamps(connection, stamps)


def unpublish(
    connection: Connection, rules: Rules, arrivals: Collection[int], *, now: datetime, **state: Any
) -> None:
    """Let entries leave all their channels, and set columns of theirs."""
    stamps, loaded = read_stamps(connection), load_channels(connection)
    stamp = stamps.next(now)
    for arrival, shown in load_shown(connection, arrivals, channels=loaded).items():
        loaded.move(arrival, shown, frozenset(), stamp=stamp)
    out = update(entries).where(is_among(entries.c.arrival, arrivals))
    connection.execute(out.values(**state))
    write_entries(connection, loaded, before={})
    write_channels(connection, loaded, page_size=rules.page_size)
    store_stamps(connection, stamps)


def _write_batch(connection: Connection, rules: Rules, batch: Batch) -> None:
    changes = batch.changes
    write_changes(connection, changes)
    if not changes.restated:
        return
    loaded = load_channels(connection)
    restate_entries(
        connection, changes.restated, new=changes.new_entries, label=rules.label, channels=loaded
    )
    write_channels(connection, loaded, page_size=rules.page_size)


def _good_row(one: Acceptance, outcome: Ingested, stamp: Stamp) -> dict[str, Any]:
    """What only an accepted seed has. If an entry is held, the row differs from every file.

    So the seed is read again, also after a restart; no bytes have an empty hash.
    """
    row = {"status": SeedStatus.ACCEPTED, "entries": len(one.drafts), "ingested": stamp.time}
    return row | ({"hash": b"", "entries": len(one.drafts) - 1} if outcome.held else {})


def _find(connection: Connection, entry_id: UUID) -> Any:
    return connection.execute(select(entries).where(entries.c.id == entry_id)).one_or_none()
