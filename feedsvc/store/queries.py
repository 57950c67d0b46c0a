"""Builds the SQL that reads channels, pages and entries; reads seeds in pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import Row, Select, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from feedsvc.domain.model import Channel
from feedsvc.store.records import SeedStatus
from feedsvc.store.schema import (
    TROUBLED,
    archives,
    channels,
    entries,
    labels,
    memberships,
    seeds,
    sightings,
)

PAGE = 500
IS_TROUBLED = text(f"({TROUBLED})")


def is_channel(channel: Channel) -> Any:
    """Whether a row of `channels` is this channel."""
    return (
        (channels.c.region == channel.region)
        & (channels.c.country == channel.country)
        & (channels.c.topic == channel.topic)
    )


def channel_row(channel: Channel) -> Select[Any]:
    """A channel's row."""
    return select(channels).where(is_channel(channel))


def newest(channel: int, limit: int, before: int | None) -> Select[Any]:
    """A channel's newest arrivals, or its newest before an arrival number."""
    found = (
        select(entries)
        .join(memberships, memberships.c.arrival == entries.c.arrival)
        .where(memberships.c.channel == channel)
        .order_by(memberships.c.arrival.desc())
        .limit(limit)
    )
    return found if before is None else found.where(memberships.c.arrival < before)


def archive_row(channel: Channel, page: int) -> Select[Any]:
    """An archive page of a channel, with the number of its pages."""
    return (
        select(archives, channels.c.archives)
        .join(channels, channels.c.id == archives.c.channel)
        .where(is_channel(channel), archives.c.page == page)
    )


def within(channel: int, first: int, last: int) -> Select[Any]:
    """A channel's entries between two arrival numbers, both included, newest first."""
    return (
        select(entries)
        .join(memberships, memberships.c.arrival == entries.c.arrival)
        .where(memberships.c.channel == channel, memberships.c.arrival.between(first, last))
        .order_by(memberships.c.arrival.desc())
    )


def labels_of(arrivals: Sequence[int]) -> Select[Any]:
    """The labels of entries, best first within a kind."""
    return (
        select(labels)
        .where(labels.c.arrival.in_(arrivals))
        .order_by(labels.c.arrival, labels.c.kind, labels.c.rank)
    )


def places(arrival: int) -> Select[Any]:
    """The seeds that an entry is in, apart from rolling ones that dropped it."""
    return (
        select(seeds.c.path, sightings.c.ordinal, sightings.c.line)
        .join(seeds, seeds.c.id == sightings.c.seed)
        .where(sightings.c.arrival == arrival, sightings.c.dropped == 0)
        .order_by(seeds.c.path, sightings.c.ordinal)
    )


def seeds_after(seed: int | None, limit: int) -> Select[Any]:
    """Seeds by path, from the first or from the one after that with an id."""
    here: Any = ""
    if seed is not None:
        here = select(seeds.c.path).where(seeds.c.id == seed).scalar_subquery()
    return select(seeds).where(seeds.c.path > here).order_by(seeds.c.path).limit(limit)


def troubled_seeds(limit: int) -> Select[Any]:
    """The first seeds that somebody should look at, by path."""
    troubled = select(seeds).where(IS_TROUBLED, seeds.c.path > "")
    return troubled.order_by(seeds.c.path).limit(limit)


def number_of_flawed() -> Select[Any]:
    """How many accepted seeds have problems."""
    accepted = seeds.c.status == SeedStatus.ACCEPTED
    return select(func.count()).select_from(seeds).where(IS_TROUBLED, accepted)


def seed_numbers(ids: Sequence[int]) -> Select[Any]:
    """The numbers of seeds, counted from 1 by path among all."""
    number = func.row_number().over(order_by=seeds.c.path).label("number")
    numbered = select(seeds.c.id, number).subquery("numbered")
    return select(numbered).where(numbered.c.id.in_(ids))


def untroubled_seeds(limit: int) -> Select[Any]:
    """The first seeds that nobody needs to look at."""
    others = select(seeds).where(text(f"NOT ({TROUBLED})"), seeds.c.path > "")
    return others.order_by(seeds.c.path).limit(limit)


async def seed_rows(connection: AsyncConnection) -> AsyncIterator[Row[Any]]:
    """Every row of `seeds` by path, read in pages."""
    last = ""
    while True:
        page = select(seeds).where(seeds.c.path > last).order_by(seeds.c.path).limit(PAGE)
        rows = (await connection.execute(page)).all()
        for row in rows:
            yield row
        if len(rows) < PAGE:
            return
        last = rows[-1].path
