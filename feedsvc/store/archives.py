"""Writes the archive pages that a batch closes, and raises those that an entry's change touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, case, insert, select, update

from feedsvc.domain.batch.archives import Page
from feedsvc.domain.batch.channels import ChannelRow, Channels, PageTouch
from feedsvc.domain.batch.stamps import Stamp
from feedsvc.store.dialect import ROWS, execute_rows, is_among
from feedsvc.store.schema import archives, channels, memberships


def touch_pages(connection: Connection, touches: Iterable[PageTouch]) -> None:
    """Raise the revision of every page with an entry that entered, left or changed."""
    page = update(archives).where(
        archives.c.channel == bindparam("of_channel"),
        archives.c.last >= bindparam("arrival"),
        archives.c.first <= bindparam("arrival"),
    )
    rows = (
        {
            "of_channel": one.channel,
            "arrival": one.arrival,
            "at_revision": one.revision,
            "at": one.time,
        }
        for one in touches
    )
    execute_rows(
        connection,
        page.values(revision=bindparam("at_revision"), changed=_later(bindparam("at"))),
        rows,
    )


def raise_all_pages(connection: Connection, stamp: Stamp) -> None:
    """Raise every page."""
    time: ColumnElement[int] = bindparam("at", stamp.time)
    connection.execute(update(archives).values(revision=stamp.revision, changed=_later(time)))


def close_pages(connection: Connection, loaded: Channels, *, size: int) -> None:
    """Close the archive pages that are full after what has been written."""
    long = loaded.find_long(size)
    if not long:
        return
    closed, linked = [], []
    for row, end in _load_open(connection, long):
        last = row.archives
        pages = loaded.close_pages(row, end, size=size)
        closed += [_row(row, page) for page in pages]
        if pages and last:  # the page before now links to a next one
            stamp = pages[0].stamp
            linked.append(
                {
                    "of_channel": row.id,
                    "number": last,
                    "revision": stamp.revision,
                    "changed": stamp.time,
                }
            )
    execute_rows(connection, insert(archives), closed)
    before = update(archives).where(
        archives.c.channel == bindparam("of_channel"), archives.c.page == bindparam("number")
    )
    numbers: dict[str, Any] = {name: bindparam(name) for name in ("revision", "changed")}
    execute_rows(connection, before.values(numbers), linked)


def _load_open(
    connection: Connection, rows: Sequence[ChannelRow]
) -> Iterator[tuple[ChannelRow, list[int]]]:
    """The arrival numbers after the last page of each channel, one channel at a time."""
    query = (
        select(memberships)
        .join(channels, channels.c.id == memberships.c.channel)
        .where(
            is_among(memberships.c.channel, [row.id for row in rows]),
            memberships.c.arrival > channels.c.archived,
        )
        .order_by(memberships.c.channel, memberships.c.arrival)
    )
    found = connection.execute(query, execution_options={"yield_per": ROWS})
    groups = groupby(found, key=lambda row: row.channel)
    group = next(groups, None)
    for row in rows:
        if group is not None and group[0] == row.id:
            yield row, [arrival for _, arrival in group[1]]
            group = next(groups, None)
        else:
            yield row, []


def _row(row: ChannelRow, page: Page) -> dict[str, Any]:
    return {
        "channel": row.id,
        "page": page.number,
        "first": page.first,
        "last": page.last,
        "revision": page.stamp.revision,
        "changed": page.stamp.time,
    }


def _later(time: ColumnElement[int]) -> ColumnElement[int]:
    """The time at which a page changed last, if it also changes at this one."""
    return case((archives.c.changed > time, archives.c.changed), else_=time)
