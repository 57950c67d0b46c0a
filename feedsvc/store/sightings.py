"""Writes what was decided about a batch of seeds: entries, their keys, and sightings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, update

from feedsvc.domain.batch.decide import Changes
from feedsvc.domain.batch.rows import EntryRow, SightingRow
from feedsvc.domain.model import LABEL_FIELDS, TEXT_FIELDS, Stated
from feedsvc.store.dialect import execute_rows
from feedsvc.store.rows import from_stated
from feedsvc.store.schema import entries, entry_keys, sightings

_STATED = (*TEXT_FIELDS, *LABEL_FIELDS)
_OF_ENTRY = (*_STATED, "updated", "standing")
_OF_SIGHTING = (*_STATED, "ordinal", "line", "arrival", "edited", "source_id", "digest")


def write_changes(connection: Connection, changes: Changes) -> None:
    """Write every row once, a statement for each kind of change."""
    added = (_entry_row(row) | _identity(row) for row in changes.new_entries.values())
    execute_rows(connection, insert(entries), added)
    changed = (_entry_row(row) | {"entry": row.arrival} for row in changes.changed_entries.values())
    execute_rows(connection, _update(entries, "arrival", "entry", _OF_ENTRY), changed)
    claimed = sorted(changes.new_keys, key=lambda pair: (pair[0].int, pair[1]))
    keys = ({"key": key, "arrival": arrival} for key, arrival in claimed)
    execute_rows(connection, insert(entry_keys), keys)
    _write_sightings(connection, changes)


def _write_sightings(connection: Connection, changes: Changes) -> None:
    one = delete(sightings).where(sightings.c.id == bindparam("sighting"))
    execute_rows(connection, one, ({"sighting": row.id} for row in changes.deleted))
    dropped = update(sightings).where(sightings.c.id == bindparam("sighting")).values(dropped=1)
    execute_rows(connection, dropped, ({"sighting": row.id} for row in changes.dropped))
    reworded = ({"sighting": row.id} | _sighting_row(row) for row in changes.reworded)
    execute_rows(connection, _update(sightings, "id", "sighting", _OF_SIGHTING), reworded)
    places = ("ordinal", "line", "digest")
    shifted = (
        {"sighting": row.id, "ordinal": row.ordinal, "line": row.line, "digest": row.digest}
        for row in changes.shifted
    )
    execute_rows(connection, _update(sightings, "id", "sighting", places), shifted)
    added = (_sighting_row(row) | {"seed": row.seed, "dropped": 0} for row in changes.added)
    execute_rows(connection, insert(sightings), added)


def _update(table: Table, column: str, parameter: str, names: Iterable[str]) -> Any:
    """Set columns of the row that a parameter names."""
    one = update(table).where(table.c[column] == bindparam(parameter))
    return one.values({name: bindparam(name) for name in names})


def _entry_row(row: EntryRow) -> dict[str, Any]:
    return from_stated(row.stated) | {"updated": row.updated, "standing": row.standing.value}


def _identity(row: EntryRow) -> dict[str, Any]:
    """What never changes of an entry, and what is changed by nothing that a seed states."""
    return {
        "arrival": row.arrival,
        "id": row.id,
        "published": row.published,
        "taken_down": 0,
    }


def _sighting_row(row: SightingRow) -> dict[str, Any]:
    stated: Stated = row.wording().stated
    return from_stated(stated) | {
        "ordinal": row.ordinal,
        "line": row.line,
        "arrival": row.arrival,
        "edited": row.edited,
        "source_id": row.source_id,
        "digest": row.digest,
    }
