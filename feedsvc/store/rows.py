"""From rows to values and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from feedsvc.domain.model import Channel, Draft, Entry, Evidence, Kind, Label, Where
from feedsvc.domain.reconcile import Known
from feedsvc.domain.statement import Sighted, Statement
from feedsvc.store.records import ChannelState, SeedState, SeedStatus

WORDS = ("title", "text", "caption", "link", "author", "image", "language", "source")
STATED = ("regions", "countries", "topics")


def to_time(seconds: int) -> datetime:
    """A moment in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def to_time_or_none(seconds: int | None) -> datetime | None:
    """A moment in UTC, or that there was none."""
    return None if seconds is None else to_time(seconds)


def to_seconds(moment: datetime) -> int:
    """Whole Unix seconds."""
    return int(moment.timestamp())


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
        published=to_time(row.published),
        updated=to_time(row.updated),
        arrival=row.arrival,
        labels=tuple(map(to_label, labels)),
        **{name: getattr(row, name) for name in WORDS},
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


def to_draft(row: Row[Any]) -> Draft:
    """The draft of a row of `sightings`, without its date, which counts at first sight alone."""
    return Draft(
        ordinal=row.ordinal,
        line=row.line,
        regions=_to_tuple(row.regions),
        countries=_to_tuple(row.countries),
        topics=_to_tuple(row.topics),
        **{name: getattr(row, name) for name in WORDS},
    )


def to_statement(row: Row[Any]) -> Statement:
    """What a row of `entries` says."""
    return Statement(
        regions=_to_tuple(row.regions),
        countries=_to_tuple(row.countries),
        topics=_to_tuple(row.topics),
        **{name: getattr(row, name) for name in WORDS},
    )


def from_draft(draft: Draft) -> dict[str, Any]:
    """What a row of `sightings` keeps of a draft."""
    return {"ordinal": draft.ordinal, "line": draft.line, **from_words(draft)}


def from_words(says: Any) -> dict[str, Any]:
    """The columns that hold what a draft or a statement says."""
    words: dict[str, Any] = {name: getattr(says, name) for name in WORDS}
    return words | {name: _to_list(getattr(says, name)) for name in STATED}


def to_known(row: Row[Any]) -> Known:
    """A row of `sightings` as its seed knows it."""
    return Known(sighting=row.id, entry=row.arrival, draft=to_draft(row))


def to_sighted(row: Row[Any]) -> Sighted:
    """A row of `sightings` as its entry knows it."""
    return Sighted(draft=to_draft(row), edited=row.edited, dropped=bool(row.dropped))


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
        problems=len(row.problems),
        ingested=to_time_or_none(row.ingested),
    )


def group_by_arrival(rows: Iterable[Row[Any]]) -> Mapping[int, list[Row[Any]]]:
    """Rows by their entry, order kept."""
    groups: dict[int, list[Row[Any]]] = {}
    for row in rows:
        groups.setdefault(row.arrival, []).append(row)
    return groups


def _to_tuple(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


def _to_list(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)
