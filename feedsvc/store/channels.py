"""Writes which entries are in which channels, and raises the revisions of those that change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, tuple_, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from feedsvc.domain.model import Channel
from feedsvc.store.archives import close_pages, touch_pages
from feedsvc.store.clock import Stamp
from feedsvc.store.schema import archives, channels, memberships

LOOKUP = 200


@dataclass(slots=True)
class Moves:
    """What happens to channels in one transaction: entries enter, leave or change."""

    entering: list[tuple[Channel, int]] = field(default_factory=list)
    leaving: list[tuple[Channel, int]] = field(default_factory=list)
    changing: list[tuple[Channel, int]] = field(default_factory=list)

    @property
    def pairs(self) -> list[tuple[Channel, int]]:
        """Every channel with an entry that enters, leaves or changes."""
        return self.entering + self.leaving + self.changing

    @property
    def touched(self) -> set[Channel]:
        """Every channel whose documents now differ."""
        return {channel for channel, _ in self.pairs}

    def move(self, arrival: int, *, old: frozenset[Channel], new: frozenset[Channel]) -> None:
        """Note that an entry was in the channels `old` and is now in `new`."""
        self.entering += [(channel, arrival) for channel in sorted(new - old)]
        self.leaving += [(channel, arrival) for channel in sorted(old - new)]

    def change(self, arrival: int, channels: frozenset[Channel]) -> None:
        """Note that an entry looks different in the channels in which it stays."""
        self.changing += [(channel, arrival) for channel in sorted(channels)]


async def apply_moves(
    connection: AsyncConnection,
    moves: Moves,
    *,
    stamp: Stamp,
    page_size: int,
) -> None:
    """Write the memberships and raise the revision of every touched channel and archive page."""
    touched = sorted(moves.touched)
    if not touched:
        return
    ids = await _channel_ids(connection, touched, stamp=stamp)
    await _write_memberships(connection, moves, ids=ids)
    entered = Counter(channel for channel, _ in moves.entering)
    left = Counter(channel for channel, _ in moves.leaving)
    raised = update(channels).where(channels.c.id == bindparam("channel"))
    await connection.execute(
        raised.values(
            revision=stamp.revision,
            changed=func.max(channels.c.changed, stamp.time),
            entries=channels.c.entries + bindparam("more"),
        ),
        [
            {"channel": ids[channel], "more": entered[channel] - left[channel]}
            for channel in touched
        ],
    )
    touches = [(ids[channel], arrival) for channel, arrival in moves.pairs]
    await touch_pages(connection, touches, stamp=stamp)
    entered_ids = {ids[channel] for channel in entered}
    await close_pages(connection, entered_ids, size=page_size, stamp=stamp)


async def touch_all_channels(
    connection: AsyncConnection,
    *,
    stamp: Stamp,
    page_size: int,
) -> None:
    """Raise every channel and page, because something that all documents show has changed."""
    await connection.execute(
        update(channels).values(
            revision=stamp.revision,
            changed=func.max(channels.c.changed, stamp.time),
        ),
    )
    changed = func.max(archives.c.changed, stamp.time)
    await connection.execute(update(archives).values(revision=stamp.revision, changed=changed))
    ids = list(await connection.scalars(select(channels.c.id)))
    await close_pages(connection, ids, size=page_size, stamp=stamp)


async def channels_of_entries(
    connection: AsyncConnection,
    arrivals: Iterable[int],
) -> dict[int, frozenset[Channel]]:
    """The channels that each of these entries is in now."""
    query = (
        select(memberships.c.arrival, channels.c.region, channels.c.country, channels.c.topic)
        .join(channels, channels.c.id == memberships.c.channel)
        .where(memberships.c.arrival.in_(list(arrivals)))
    )
    found: dict[int, set[Channel]] = {}
    for row in await connection.execute(query):
        channel = Channel(region=row.region, country=row.country, topic=row.topic)
        found.setdefault(row.arrival, set()).add(channel)
    return {arrival: frozenset(many) for arrival, many in found.items()}


async def _channel_ids(
    connection: AsyncConnection,
    wanted: Iterable[Channel],
    *,
    stamp: Stamp,
) -> dict[Channel, int]:
    """The ids of channels; those that never had an entry are created."""
    names = [(one.region, one.country, one.topic) for one in sorted(wanted)]
    fresh = {"revision": stamp.revision, "changed": stamp.time, "entries": 0}
    await connection.execute(
        sqlite_insert(channels).on_conflict_do_nothing(),
        [dict(zip(("region", "country", "topic"), name, strict=True)) | fresh for name in names],
    )
    key = tuple_(channels.c.region, channels.c.country, channels.c.topic)
    ids: dict[Channel, int] = {}
    for start in range(0, len(names), LOOKUP):
        query = select(channels).where(key.in_(names[start : start + LOOKUP]))
        for row in await connection.execute(query):
            ids[Channel(region=row.region, country=row.country, topic=row.topic)] = row.id
    return ids


async def _write_memberships(
    connection: AsyncConnection,
    moves: Moves,
    *,
    ids: dict[Channel, int],
) -> None:
    def rows(pairs: list[tuple[Channel, int]]) -> list[dict[str, Any]]:
        return [{"in_channel": ids[channel], "entry": arrival} for channel, arrival in pairs]

    if moves.leaving:
        gone = delete(memberships).where(
            memberships.c.channel == bindparam("in_channel"),
            memberships.c.arrival == bindparam("entry"),
        )
        await connection.execute(gone, rows(moves.leaving))
    if moves.entering:
        entering = insert(memberships).values(
            channel=bindparam("in_channel"),
            arrival=bindparam("entry"),
        )
        await connection.execute(entering, rows(moves.entering))
