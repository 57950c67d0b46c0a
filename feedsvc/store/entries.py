"""Labels entries, and moves them between the channels of their labels."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select

from feedsvc.domain.batch.channels import Channels, Labels, Shown, names_of
from feedsvc.domain.batch.decide import Restatement
from feedsvc.domain.batch.rows import Standing
from feedsvc.domain.batch.stamps import Stamp
from feedsvc.domain.model import Stated, channels_of
from feedsvc.store.channels import write_moves
from feedsvc.store.dialect import execute_rows, is_among, split
from feedsvc.store.records import Relabelling
from feedsvc.store.rows import from_labels, group_by_arrival, to_label, to_stated
from feedsvc.store.schema import entries, labels, memberships

# More entries would take much memory with their labels, and fewer would cost more statements.
PIECE = 1000

Labeller = Callable[[Stated], Labels]


def restate_entries(
    connection: Connection,
    restated: Mapping[int, Sequence[Restatement]],
    *,
    new: Collection[int],
    label: Labeller,
    channels: Channels,
) -> None:
    """Label what was restated, piece by piece, and write the labels and memberships that differ.

    `new` entries have no labels yet and are in no channel.
    """
    for piece in split(restated, PIECE):
        old = [one for one in piece if one not in new]
        before = load_shown(connection, old, channels=channels)
        for arrival in piece:
            steps = restated[arrival]
            marks = [_labels(label, step.stated) for step in steps]
            channels.restate(arrival, before.get(arrival, Shown()), steps, marks)
        write_entries(connection, channels, before=before)


def relabel_entries(
    connection: Connection,
    arrivals: Sequence[int],
    *,
    label: Labeller,
    channels: Channels,
    stamp: Stamp,
) -> None:
    """Label published entries again, and write the labels and memberships that differ."""
    before = load_shown(connection, arrivals, channels=channels)
    for arrival, stated in load_published(connection, arrivals).items():
        step = Restatement(stated=stated, shown=False, stamp=stamp)
        channels.restate(arrival, before[arrival], [step], [_labels(label, stated)])
    write_entries(connection, channels, before=before)


def preview_labels(
    connection: Connection, arrivals: Sequence[int], *, label: Labeller, channels: Channels
) -> list[Relabelling]:
    """What labelling published entries again would change, without those that stay the same."""
    before = load_shown(connection, arrivals, channels=channels)
    query = select(entries.c.arrival, entries.c.id).where(is_among(entries.c.arrival, arrivals))
    ids = {row.arrival: row.id for row in connection.execute(query)}
    found = []
    for arrival, stated in sorted(load_published(connection, arrivals).items()):
        marks, shown = _labels(label, stated), before[arrival]
        if names_of(marks) != names_of(shown.labels):
            found.append(
                Relabelling(
                    id=ids[arrival],
                    headline=stated.headline,
                    before=shown.labels,
                    after=marks,
                    channels=frozenset() if shown.taken_down else channels_of(marks),
                    channels_before=shown.channels,
                )
            )
    return found


def load_shown(
    connection: Connection, arrivals: Collection[int], *, channels: Channels
) -> dict[int, Shown]:
    """The labels of entries, and the channels that they are in."""
    if not arrivals:
        return {}
    query = select(entries.c.arrival, entries.c.taken_down)
    taken_down = connection.execute(query.where(is_among(entries.c.arrival, arrivals))).all()
    marks = group_by_arrival(
        connection.execute(
            select(labels)
            .where(is_among(labels.c.arrival, arrivals))
            .order_by(labels.c.arrival, labels.c.kind, labels.c.rank)
        )
    )
    within: dict[int, list[int]] = {}
    for channel, arrival in connection.execute(
        select(memberships).where(is_among(memberships.c.arrival, arrivals))
    ):
        within.setdefault(arrival, []).append(channel)
    return {
        arrival: Shown(
            labels=tuple(map(to_label, marks.get(arrival, ()))),
            channels=channels.named(within.get(arrival, ())),
            taken_down=bool(taken),
        )
        for arrival, taken in taken_down
    }


def load_published(connection: Connection, arrivals: Collection[int]) -> dict[int, Stated]:
    """What the published ones of these entries state."""
    query = select(entries).where(
        is_among(entries.c.arrival, arrivals), entries.c.standing != Standing.WITHDRAWN
    )
    return {row.arrival: to_stated(row) for row in connection.execute(query)}


def write_entries(
    connection: Connection, channels: Channels, *, before: Mapping[int, Shown]
) -> None:
    """Write the labels and memberships that differ."""
    moves = channels.take_moves()
    labelled = [one for one in moves.relabelled if one in before and before[one].labels]
    if labelled:
        connection.execute(delete(labels).where(is_among(labels.c.arrival, labelled)))
    rows = (row for one, marks in moves.relabelled.items() for row in from_labels(one, marks))
    execute_rows(connection, insert(labels), rows)
    write_moves(connection, moves)


def _labels(label: Labeller, stated: Stated) -> Labels:
    """An entry's labels in stored order."""
    return tuple(sorted(label(stated), key=lambda mark: mark.kind))
