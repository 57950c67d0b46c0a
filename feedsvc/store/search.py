"""Builds the SQL that finds published entries by labels and words.

With words, the full-text index is read from its newest entry on, and each match is looked up in the
channels asked for; without words, the smallest of these channels is. Both stop at the first
matches, so nothing is sorted that is not shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, column, literal_column, select, table
from sqlalchemy.ext.asyncio import AsyncConnection

from feedsvc.domain.model import Channel
from feedsvc.domain.query import Query, Term
from feedsvc.store.queries import is_channel
from feedsvc.store.schema import channels, entries, memberships

# Relevance is computed for each match: for so many of the newest.
RANKED = 2_000

# Created by a migration: FTS5 over title and text; rowid is the arrival number.
search = table("search", column("rowid"))
MATCH: ColumnElement[str] = literal_column("search")
ARRIVAL: ColumnElement[int] = literal_column("search.rowid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The ids of the channels that a match has to be in, and of those that it must not be in.

    Each group lists alternatives. Every match is in the channel `smallest`.
    """

    groups: tuple[tuple[int, ...], ...]
    excluded: tuple[int, ...]
    smallest: int


async def find_scope(connection: AsyncConnection, query: Query) -> Scope | None:
    """The channels that a query is about; None if those of a group have no entries."""
    groups = []
    smallest: tuple[int, int] | None = None
    for group in _groups(query):
        rows = [row for row in await connection.execute(_rows_of(group)) if row.entries]
        if not rows:
            return None
        groups.append(tuple(row.id for row in rows))
        if len(group) == 1:
            size = (rows[0].entries, rows[0].id)
            smallest = size if smallest is None else min(smallest, size)
    assert smallest is not None  # noqa: S101 - the last group is the channel of everything
    excluded = _excluded(query)
    rows_out = await connection.execute(_rows_of(excluded)) if excluded else ()
    return Scope(
        groups=tuple(groups),
        excluded=tuple(row.id for row in rows_out),
        smallest=smallest[1],
    )


def newest_matches(
    query: Query,
    *,
    scope: Scope,
    limit: int,
    before: int | None,
) -> Select[Any]:
    """Entries that match a query, newest arrival first."""
    arrival = ARRIVAL if query.words else memberships.c.arrival
    found = _matching(query, scope, arrival=arrival).order_by(arrival.desc()).limit(limit)
    if before is not None:
        found = found.where(arrival < before)
    return select(entries).where(entries.c.arrival.in_(found)).order_by(entries.c.arrival.desc())


def best_matches(query: Query, *, scope: Scope, limit: int, offset: int) -> Select[Any]:
    """Entries that match a query with words, the most relevant first (BM25), then the newest.

    Of more than `RANKED` matches, only the newest are ranked.
    """
    score: ColumnElement[float] = literal_column("bm25(search, 2.0, 1.0)")
    found = (
        _matching(query, scope, arrival=ARRIVAL)
        .add_columns(score.label("score"))
        .order_by(ARRIVAL.desc())
        .limit(RANKED)
        .subquery("found")
    )
    best = (
        select(found.c.arrival, found.c.score)
        .order_by(found.c.score, found.c.arrival.desc())
        .limit(limit)
        .offset(offset)
        .subquery("best")
    )
    return (
        select(entries)
        .join(best, best.c.arrival == entries.c.arrival)
        .order_by(best.c.score, best.c.arrival.desc())
    )


def match_expression(terms: Sequence[Term]) -> str:
    """The terms in FTS5's query syntax; every word is quoted, so that none acts as an operator."""
    wanted = " AND ".join(_quoted(term) for term in terms if term.wanted)
    unwanted = "".join(f" NOT {_quoted(term)}" for term in terms if not term.wanted)
    return f"({wanted}){unwanted}"


def _quoted(term: Term) -> str:
    return '"' + term.words.replace('"', '""') + '"' + ("*" if term.prefix else "")


def _matching(query: Query, scope: Scope, *, arrival: ColumnElement[int]) -> Select[Any]:
    """The arrival numbers of matches; `arrival` is that of the full-text index or of a channel."""
    found = select(arrival.label("arrival"))
    if query.words:
        found = found.select_from(search).where(MATCH.op("MATCH")(match_expression(query.terms)))
    else:
        found = found.where(memberships.c.channel == scope.smallest)
    for group in scope.groups:
        if query.words or group != (scope.smallest,):
            found = found.where(_is_in(group, arrival))
    return found.where(~_is_in(scope.excluded, arrival)) if scope.excluded else found


def _is_in(group: Sequence[int], arrival: ColumnElement[int]) -> ColumnElement[bool]:
    inner = memberships.alias()
    is_here = (inner.c.channel.in_(group)) & (inner.c.arrival == arrival)
    return select(inner.c.channel).where(is_here).exists()


def _groups(query: Query) -> list[list[Channel]]:
    """The alternatives of each parameter, and last the channel of everything."""
    groups = [
        [Channel(region=slug) for slug in query.regions],
        [Channel(country=slug) for slug in query.countries],
        [Channel(topic=slug) for slug in query.topics],
        [Channel()],
    ]
    return [group for group in groups if group]


def _excluded(query: Query) -> list[Channel]:
    return [Channel(region=slug) for slug in query.not_regions] + [
        Channel(topic=slug) for slug in query.not_topics
    ]


def _rows_of(group: Sequence[Channel]) -> Select[Any]:
    first, *rest = map(is_channel, group)
    for other in rest:
        first |= other
    return select(channels).where(first)
