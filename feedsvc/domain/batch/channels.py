"""Decides which channels entries enter and leave, and what that makes of channels and archives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from feedsvc.domain.batch.archives import Page, Step, close_pages
from feedsvc.domain.batch.decide import Restatement
from feedsvc.domain.batch.stamps import Stamp
from feedsvc.domain.model import Channel, Kind, Label, channels_of

Labels = tuple[Label, ...]


@dataclass(slots=True, kw_only=True, eq=False)
class ChannelRow:
    """A channel with its numbers, which change in place.

    `entries` are published; `archives` counts its archive pages, `archived` is the last arrival
    number on them, and `open` counts the entries after that.
    """

    id: int
    channel: Channel
    revision: int
    changed: int
    entries: int = 0
    archives: int = 0
    archived: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How an entry is published: its labels, and the channels that it is in.

    `taken_down` keeps it out of all channels, whatever its labels are.
    """

    labels: Labels = ()
    channels: frozenset[Channel] = frozenset()
    taken_down: bool = False


@dataclass(frozen=True, slots=True, order=True)
class PageTouch:
    """An entry entered, left or changed, and so did the archive page that it is on."""

    channel: int
    arrival: int
    revision: int
    time: int


@dataclass(slots=True, kw_only=True)
class Moves:
    """What changes for some entries: memberships, as pairs of a channel's id and an entry.

    `relabelled` are the new labels of the entries whose labels differ.
    """

    new_channels: list[ChannelRow]
    entering: list[tuple[int, int]]
    leaving: list[tuple[int, int]]
    touches: list[PageTouch]
    relabelled: dict[int, Labels]


class Channels:
    """All channels with their numbers, which are kept while entries move between them."""

    def __init__(self, rows: Iterable[ChannelRow]) -> None:
        self._by_id = {row.id: row for row in rows}
        self._rows = {row.channel: row for row in self._by_id.values()}
        self._last_id = max(self._by_id, default=0)
        self._stamps: dict[ChannelRow, Stamp] = {}
        self._new: list[ChannelRow] = []
        self._net: dict[tuple[ChannelRow, int], int] = {}
        self._touched: dict[tuple[ChannelRow, int], Stamp] = {}
        self._steps: dict[ChannelRow, dict[int, Step]] = {}
        self._relabelled: dict[int, Labels] = {}

    @property
    def changed(self) -> list[ChannelRow]:
        """The channels that have changed, by id."""
        return sorted(self._stamps, key=lambda row: row.id)

    def named(self, ids: Iterable[int]) -> frozenset[Channel]:
        """The channels with these ids."""
        return frozenset(self._by_id[one].channel for one in ids)

    def move(
        self, arrival: int, before: Shown, channels: frozenset[Channel], *, stamp: Stamp
    ) -> None:
        """Let an entry be in these channels and no others."""
        for channel in channels - before.channels:
            self._count(channel, arrival, 1, stamp=stamp)
        for channel in before.channels - channels:
            self._count(channel, arrival, -1, stamp=stamp)

    def restate(
        self,
        arrival: int,
        before: Shown,
        steps: Sequence[Restatement],
        labels: Sequence[Labels],
    ) -> None:
        """Let an entry have the labels of what is stated, step by step."""
        now = before
        for step, after in zip(steps, labels, strict=True):
            channels = frozenset[Channel]() if now.taken_down else channels_of(after)
            self.move(arrival, now, channels, stamp=step.stamp)
            if step.shown or names_of(after) != names_of(now.labels):
                for channel in channels & now.channels:
                    noted = self._note(self._raise(channel, step.stamp), arrival, step.stamp)
                    if noted is not None:
                        noted.changed.append(arrival)
            now = Shown(labels=after, channels=channels, taken_down=now.taken_down)
        if now.labels != before.labels:
            self._relabelled[arrival] = now.labels

    def raise_all(self, stamp: Stamp) -> None:
        """Raise every channel, because something that all documents show has changed."""
        for row in self._rows.values():
            self._stamp(row, stamp)
            self._steps_of(row)[stamp.revision] = Step(stamp)

    def take_moves(self) -> Moves:
        """The rows that change because of what moved since the last call."""
        self._new.sort(key=lambda row: row.channel)
        for row in self._new:
            self._last_id += 1
            row.id = self._last_id
            self._by_id[row.id] = row
        moves = Moves(
            new_channels=self._new,
            entering=self._pairs(1),
            leaving=self._pairs(-1),
            touches=sorted(
                PageTouch(row.id, arrival, stamp.revision, stamp.time)
                for (row, arrival), stamp in self._touched.items()
            ),
            relabelled=self._relabelled,
        )
        self._new, self._net, self._touched, self._relabelled = [], {}, {}, {}
        return moves

    def find_long(self, size: int) -> list[ChannelRow]:
        """The changed channels that may have had enough entries for another archive page."""
        return [
            row
            for row in self.changed
            if row.open + sum(len(step.left) for step in self._steps_of(row).values()) >= size
        ]

    def close_pages(self, row: ChannelRow, end: Sequence[int], *, size: int) -> list[Page]:
        """Close a channel's pages, given its entries after the last page as they are now."""
        pages, left = close_pages(
            self._steps_of(row), end, size=size, number=row.archives, archived=row.archived
        )
        row.open = len(left)
        if pages:
            row.archives, row.archived = pages[-1].number, pages[-1].last
        return pages

    def _count(self, channel: Channel, arrival: int, step: int, *, stamp: Stamp) -> None:
        row = self._raise(channel, stamp)
        row.entries += step
        if arrival > row.archived:
            row.open += step
        changes = self._note(row, arrival, stamp)
        if changes is not None:
            (changes.entered if step > 0 else changes.left).append(arrival)
        pair = (row, arrival)
        self._net[pair] = self._net.get(pair, 0) + step

    def _raise(self, channel: Channel, stamp: Stamp) -> ChannelRow:
        row = self._rows.get(channel)
        if row is None:
            row = ChannelRow(id=0, channel=channel, revision=0, changed=0)
            self._rows[channel] = row
            self._new.append(row)
        self._stamp(row, stamp)
        return row

    def _note(self, row: ChannelRow, arrival: int, stamp: Stamp) -> Step | None:
        """The step to note a change in; None if the entry is on a page, which is raised then."""
        if arrival > row.archived:
            steps = self._steps_of(row)
            step = steps.get(stamp.revision)
            if step is None:
                step = steps[stamp.revision] = Step(stamp)
            return step
        before = self._touched.get((row, arrival))
        if before is None or before.revision < stamp.revision:
            self._touched[row, arrival] = stamp
        return None

    def _steps_of(self, row: ChannelRow) -> dict[int, Step]:
        return self._steps.setdefault(row, {})

    def _stamp(self, row: ChannelRow, stamp: Stamp) -> None:
        if stamp.revision > row.revision:
            row.revision = stamp.revision
            row.changed = max(row.changed, stamp.time)
            self._stamps[row] = stamp

    def _pairs(self, step: int) -> list[tuple[int, int]]:
        return sorted((row.id, arrival) for (row, arrival), net in self._net.items() if net == step)


def names_of(marks: Labels) -> list[tuple[Kind, str]]:
    """What documents show of labels: neither scores nor evidence."""
    return [(mark.kind, mark.value) for mark in marks]
