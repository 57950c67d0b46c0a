"""Writes what is stored of seeds themselves: their state, and what reading them gave."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, case, delete, func, insert, select, update

from feedsvc.store.dialect import execute_rows, is_among
from feedsvc.store.records import FoundSeed, SeedReading, SeedStatus, SkippedFile
from feedsvc.store.rows import from_problem
from feedsvc.store.schema import seeds, sightings, skipped_files

_READ = (
    "path",
    "status",
    "hash",
    "size",
    "mtime",
    "encoding",
    "reason",
    "line",
    "problems",
    "removal_accepted",
)


def assign_ids(connection: Connection, paths: Sequence[str]) -> tuple[dict[str, int], set[str]]:
    """The ids of seeds by path, and which paths are new and have none yet."""
    query = select(seeds.c.path, seeds.c.id).where(is_among(seeds.c.path, paths))
    ids: dict[str, int] = {row.path: row.id for row in connection.execute(query)}
    new = [path for path in paths if path not in ids]
    last = connection.scalar(select(func.max(seeds.c.id))) or 0
    return ids | {path: id_ for id_, path in enumerate(new, last + 1)}, set(new)


def write_readings(
    connection: Connection,
    readings: Iterable[SeedReading],
    *,
    ids: Mapping[str, int],
    new: Collection[str],
    good: Mapping[str, dict[str, Any]],
) -> None:
    """Write what reading seeds gave; `good` has the columns of those that were accepted.

    The others are rejected, and keep their last good entries.
    """
    rows = [_row(one) | {"seed": ids[one.path]} | good.get(one.path, {}) for one in readings]
    added = (
        {"entries": 0, "ingested": None} | row | {"id": row["seed"]}
        for row in rows
        if row["path"] in new
    )
    execute_rows(
        connection,
        insert(seeds),
        ({name: value for name, value in row.items() if name != "seed"} for row in added),
    )
    known = [row for row in rows if row["path"] not in new]
    one = update(seeds).where(seeds.c.id == bindparam("seed"))
    for status, names in (
        (SeedStatus.ACCEPTED, (*_READ, "entries", "ingested")),
        (SeedStatus.REJECTED, _READ),
    ):
        statement = one.values({name: bindparam(name) for name in names})
        execute_rows(connection, statement, (row for row in known if row["status"] == status))


def write_found(connection: Connection, found: Sequence[FoundSeed]) -> None:
    """Write where seeds with the same bytes are now; missing ones are found again."""
    one = update(seeds).where(seeds.c.id == bindparam("seed"))
    status = case((seeds.c.reason == "", SeedStatus.ACCEPTED), else_=SeedStatus.REJECTED)
    back = one.values(status=status)
    execute_rows(connection, back, ({"seed": seed.id} for seed in found if seed.was_missing))
    names = ("path", "size", "mtime")
    place = one.values({name: bindparam(name) for name in names} | {"removal_accepted": 0})
    rows = ({"seed": seed.id} | {name: getattr(seed, name) for name in names} for seed in found)
    execute_rows(connection, place, rows)


def mark_missing(connection: Connection, missing: Collection[int]) -> None:
    """Mark seeds as missing."""
    gone = update(seeds).where(is_among(seeds.c.id, missing))
    connection.execute(gone.values(status=SeedStatus.MISSING))


def delete_seeds(connection: Connection, gone: Collection[int]) -> None:
    """Delete seeds with their sightings."""
    connection.execute(delete(sightings).where(is_among(sightings.c.seed, gone)))
    connection.execute(delete(seeds).where(is_among(seeds.c.id, gone)))


def write_skipped(connection: Connection, skipped: Sequence[SkippedFile]) -> None:
    """Replace what is stored of the files that are not read."""
    connection.execute(delete(skipped_files))
    rows = ({"path": file.path, "reason": file.reason} for file in skipped)
    execute_rows(connection, insert(skipped_files), rows)


def _row(reading: SeedReading) -> dict[str, Any]:
    return {
        "path": reading.path,
        "status": SeedStatus.REJECTED,
        "hash": reading.hash,
        "size": reading.size,
        "mtime": reading.mtime,
        "encoding": reading.encoding,
        "reason": reading.reason,
        "line": reading.line,
        "problems": list(map(from_problem, reading.problems)),
        "removal_accepted": 0,
    }
