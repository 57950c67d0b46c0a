"""Closes the archive pages of channels, and raises those that an entry's change touches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from feedsvc.store.clock import Stamp
from feedsvc.store.schema import archives, channels, memberships

LOOKUP = 500


async def touch_pages(
    connection: AsyncConnection,
    touches: Iterable[tuple[int, int]],
    *,
    stamp: Stamp,
) -> None:
    """Raise the revision of every page with an entry that entered, left or changed.

    `touches` are pairs of a channel's id and an arrival number; those on no page yet are ignored.
    """
    rows = [{"of_channel": channel, "arrival": arrival} for channel, arrival in touches]
    if rows:
        page = update(archives).where(
            archives.c.channel == bindparam("of_channel"),
            archives.c.last >= bindparam("arrival"),
            archives.c.first <= bindparam("arrival"),
        )
        changed = func.max(archives.c.changed, stamp.time)
        await connection.execute(page.values(revision=stamp.revision, changed=changed), rows)


async def close_pages(
    connection: AsyncConnection,
    ids: Collection[int],
    *,
    size: int,
    stamp: Stamp,
) -> None:
    """Close pages of `size` entries until each channel has fewer than `size` newer ones.

    The feed, which holds at least `size` entries, and the pages then hold every entry.
    """
    for row in await _find_long_channels(connection, sorted(ids), size=size):
        channel, page, archived = row.id, row.archives, row.archived
        while (last := await _last_of_page(connection, channel, archived, size)) is not None:
            page += 1
            closed = {"channel": channel, "page": page, "first": archived + 1, "last": last}
            numbers: dict[str, Any] = {"revision": stamp.revision, "changed": stamp.time}
            await connection.execute(insert(archives).values(closed | numbers))
            # The page before now links to a next one.
            before = (archives.c.channel == channel) & (archives.c.page == page - 1)
            await connection.execute(update(archives).where(before).values(numbers))
            archived = last
        if page != row.archives:
            one = update(channels).where(channels.c.id == channel)
            await connection.execute(one.values(archives=page, archived=archived))


async def _find_long_channels(
    connection: AsyncConnection,
    ids: Sequence[int],
    *,
    size: int,
) -> list[Row[Any]]:
    """The channels with enough entries to fill a page, by id; most never have."""
    found: list[Row[Any]] = []
    for start in range(0, len(ids), LOOKUP):
        query = select(channels).where(
            channels.c.id.in_(ids[start : start + LOOKUP]), channels.c.entries >= size
        )
        found += await connection.execute(query.order_by(channels.c.id))
    return found


async def _last_of_page(
    connection: AsyncConnection,
    channel: int,
    after: int,
    size: int,
) -> int | None:
    """The arrival number that fills a page; None if too few entries came after `after`."""
    query = (
        select(memberships.c.arrival)
        .where(memberships.c.channel == channel, memberships.c.arrival > after)
        .order_by(memberships.c.arrival)
        .offset(size - 1)
        .limit(1)
    )
    last: int | None = await connection.scalar(query)
    return last
