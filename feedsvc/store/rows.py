"""Turns rows into values and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from feedsvc.domain.model import (
    LABEL_FIELDS,
    TEXT_FIELDS,
    Channel,
    Entry,
    Evidence,
    Kind,
    Label,
    Stated,
    Where,
)
from feedsvc.domain.reading import Problem
from feedsvc.store.records import ChannelState, SeedState, SeedStatus


def to_time(seconds: int) -> datetime:
    """A time in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def to_time_or_none(seconds: int | None) -> datetime | None:
    """A time in UTC; None stays None."""
    return None if seconds is None else to_time(seconds)


def to_seconds(time: datetime) -> int:
    """Whole Unix seconds."""
    return int(time.timestamp())


def to_channel_state(row: Row[Any]) -> ChannelState:
    """A row of `channels`."""
    return ChannelState(
        channel=Channel(region=row.region, country=row.country, topic=row.topic),
        revision=row.revision,
        changed=to_time(row.changed),
        entries=row.entries,
        archives=row.archives,
    )


def to_entry(row: Row[Any], labels: Iterable[Row[Any]]) -> Entry:
    """A row of `entries` with its rows of `labels`, best first within a kind."""
    return Entry(
        id=row.id,
        stated=to_stated(row),
        published=to_time(row.published),
        updated=to_time(row.updated),
        arrival=row.arrival,
        labels=tuple(map(to_label, labels)),
    )


def to_label(row: Row[Any]) -> Label:
    """A row of `labels`."""
    evidence = tuple(
        Evidence(phrase=phrase, where=Where(where), start=start, end=end, weight=weight)
        for phrase, where, start, end, weight in row.evidence
    )
    return Label(kind=Kind(row.kind), value=row.value, score=row.score, evidence=evidence)


def from_labels(arrival: int, labels: Iterable[Label]) -> list[dict[str, Any]]:
    """The rows of `labels` of an entry."""
    ranks = dict.fromkeys(Kind, 0)
    rows = []
    for label in labels:
        rows.append(
            {
                "arrival": arrival,
                "kind": label.kind.value,
                "rank": ranks[label.kind],
                "value": label.value,
                "score": label.score,
                "evidence": [
                    [part.phrase, part.where.value, part.start, part.end, part.weight]
                    for part in label.evidence
                ],
            },
        )
        ranks[label.kind] += 1
    return rows


def to_stated(row: Row[Any]) -> Stated:
    """What a row of `entries` or `sightings` states."""
    fields: dict[str, Any] = {name: getattr(row, name) for name in TEXT_FIELDS}
    fields |= {name: _to_tuple(getattr(row, name)) for name in LABEL_FIELDS}
    return Stated(**fields)


def from_stated(stated: Stated) -> dict[str, Any]:
    """The columns of `entries` or `sightings` that hold what is stated."""
    columns: dict[str, Any] = {name: getattr(stated, name) for name in TEXT_FIELDS}
    return columns | {name: _to_list(getattr(stated, name)) for name in LABEL_FIELDS}


def to_seed_state(row: Row[Any]) -> SeedState:
    """A row of `seeds`."""
    return SeedState(
        path=row.path,
        status=SeedStatus(row.status),
        reason=row.reason,
        line=row.line,
        encoding=row.encoding,
        size=row.size,
        entries=row.entries,
        problems=tuple(map(to_problem, row.problems)),
        ingested=to_time_or_none(row.ingested),
    )


def to_problem(values: Sequence[Any]) -> Problem:
    """One of a seed's problems; the version before stored reason and advice as one."""
    line, reason, *more = values
    return Problem(line, reason, *more)


def from_problem(problem: Problem) -> list[Any]:
    """A problem as a seed's row has it."""
    return [problem.line, problem.reason, problem.advice, problem.text]


def group_by_arrival(rows: Iterable[Row[Any]]) -> Mapping[int, list[Row[Any]]]:
    """Rows grouped by entry, in their order."""
    groups: dict[int, list[Row[Any]]] = {}
    for row in rows:
        groups.setdefault(row.arrival, []).append(row)
    return groups


def _to_tuple(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


def _to_list(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)
