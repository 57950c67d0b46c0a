"""Loads and writes channels, and which published entries are in them."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from feedsvc.domain.batch.channels import ChannelRow, Channels, Moves
from feedsvc.domain.batch.stamps import Stamp
from feedsvc.domain.model import Channel
from feedsvc.store.archives import close_pages, raise_all_pages, touch_pages
from feedsvc.store.dialect import execute_rows
from feedsvc.store.schema import channels, memberships


def load_channels(connection: Connection) -> Channels:
    """Every channel; there are at most as many as the taxonomy has names and pairs."""
    return Channels(
        [
            ChannelRow(
                id=row.id,
                channel=Channel(region=row.region, country=row.country, topic=row.topic),
                revision=row.revision,
                changed=row.changed,
                entries=row.entries,
                archives=row.archives,
                archived=row.archived,
                open=row.open,
            )
            for row in connection.execute(select(channels))
        ]
    )


def write_moves(connection: Connection, moves: Moves) -> None:
    """Write new channels and memberships, and raise the archive pages that are touched."""
    created = (
        {
            "id": row.id,
            "region": row.channel.region,
            "country": row.channel.country,
            "topic": row.channel.topic,
            "revision": row.revision,
            "changed": row.changed,
            "entries": 0,
        }
        for row in moves.new_channels
    )
    execute_rows(connection, insert(channels), created)
    gone = delete(memberships).where(
        memberships.c.channel == bindparam("of_channel"),
        memberships.c.arrival == bindparam("entry"),
    )
    leaving = ({"of_channel": channel, "entry": arrival} for channel, arrival in moves.leaving)
    execute_rows(connection, gone, leaving)
    entering = ({"channel": channel, "arrival": arrival} for channel, arrival in moves.entering)
    execute_rows(connection, insert(memberships), entering)
    touch_pages(connection, moves.touches)


def write_channels(connection: Connection, loaded: Channels, *, page_size: int) -> None:
    """Close the archive pages that are full, and write the numbers of the changed channels."""
    close_pages(connection, loaded, size=page_size)
    names = ("revision", "changed", "entries", "archives", "archived", "open")
    one = update(channels).where(channels.c.id == bindparam("channel"))
    rows = (
        {"channel": row.id, **{name: getattr(row, name) for name in names}}
        for row in loaded.changed
    )
    execute_rows(connection, one.values({name: bindparam(name) for name in names}), rows)


def raise_all_channels(connection: Connection, *, stamp: Stamp, page_size: int) -> None:
    """Raise every channel and page, because something that all documents show has changed."""
    loaded = load_channels(connection)
    loaded.raise_all(stamp)
    raise_all_pages(connection, stamp)
    write_channels(connection, loaded, page_size=page_size)
