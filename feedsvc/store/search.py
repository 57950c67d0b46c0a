"""Builds the SQL that finds published entries by labels and words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, column, literal_column, select, table
from sqlalchemy.ext.asyncio import AsyncConnection

from feedsvc.domain.model import Channel
from feedsvc.domain.query import Query, Term
from feedsvc.store.schema import channels, entries, memberships

# Created by a migration: FTS5 over title and text; rowid is the arrival number.
search = table("search", column("rowid"))
MATCH: ColumnElement[str] = literal_column("search")


async def choose_driver(connection: AsyncConnection, query: Query) -> int | None:
    """The smallest channel that contains every match; None if a channel asked for is empty.

    Walking it from its newest entry finds the first matches soonest.
    """
    smallest: tuple[int, int] | None = None
    for group in _groups(query):
        rows = (await connection.execute(_rows_of(group))).all()
        if not any(row.entries for row in rows):
            return None
        if len(group) == 1:
            size = (rows[0].entries, rows[0].id)
            smallest = size if smallest is None else min(smallest, size)
    return smallest[1] if smallest else None


def newest_matches(
    query: Query,
    *,
    driver: int,
    limit: int,
    before: int | None,
) -> Select[Any]:
    """Entries that match a query, newest arrival first."""
    found = _matching(query, driver=driver).order_by(memberships.c.arrival.desc()).limit(limit)
    return found if before is None else found.where(memberships.c.arrival < before)


def best_matches(query: Query, *, driver: int, limit: int, offset: int) -> Select[Any]:
    """Entries that match a query with words, the most relevant first (BM25), then the newest."""
    return (
        _matching(query, driver=driver)
        .order_by(literal_column("bm25(search, 2.0, 1.0)"), memberships.c.arrival.desc())
        .limit(limit)
        .offset(offset)
    )


def match_expression(terms: Sequence[Term]) -> str:
    """The terms in FTS5's query syntax; every word is quoted, so that none acts as an operator."""
    wanted = " AND ".join(_quoted(term) for term in terms if term.wanted)
    unwanted = "".join(f" NOT {_quoted(term)}" for term in terms if not term.wanted)
    return f"({wanted}){unwanted}"


def _quoted(term: Term) -> str:
    return '"' + term.words.replace('"', '""') + '"' + ("*" if term.prefix else "")


def _matching(query: Query, *, driver: int) -> Select[Any]:
    found = (
        select(entries)
        .select_from(memberships)
        .join(entries, entries.c.arrival == memberships.c.arrival)
        .where(memberships.c.channel == driver)
    )
    if query.words:
        found = found.join(search, search.c.rowid == memberships.c.arrival).where(
            MATCH.op("MATCH")(match_expression(query.terms)),
        )
    for group in _groups(query):
        found = found.where(_stands_in(group))
    for group in _excluded(query):
        found = found.where(~_stands_in(group))
    return found


def _groups(query: Query) -> list[list[Channel]]:
    """The alternatives of each parameter, and last the channel of everything."""
    groups = [
        [Channel(region=slug) for slug in query.regions],
        [Channel(country=slug) for slug in query.countries],
        [Channel(topic=slug) for slug in query.topics],
        [Channel()],
    ]
    return [group for group in groups if group]


def _excluded(query: Query) -> list[list[Channel]]:
    groups = [
        [Channel(region=slug) for slug in query.not_regions],
        [Channel(topic=slug) for slug in query.not_topics],
    ]
    return [group for group in groups if group]


def _stands_in(group: Sequence[Channel]) -> ColumnElement[bool]:
    inner: Table = memberships.alias()  # type: ignore[assignment]
    ids = select(channels.c.id).where(_any_of(group))
    return (
        select(inner.c.channel)
        .where(inner.c.arrival == memberships.c.arrival, inner.c.channel.in_(ids))
        .exists()
    )


def _rows_of(group: Sequence[Channel]) -> Select[Any]:
    return select(channels).where(_any_of(group))


def _any_of(group: Sequence[Channel]) -> ColumnElement[bool]:
    first, *rest = [
        (channels.c.region == one.region)
        & (channels.c.country == one.country)
        & (channels.c.topic == one.topic)
        for one in group
    ]
    for other in rest:
        first |= other
    return first
