"""Says what publishing a file would change, and which stated dates would have no effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from feedsvc.domain.model import Draft, Stated
from feedsvc.domain.reconcile import Placement, Reconciliation, Verdict

# Entries of one scan with the same date are published seconds earlier, in their order.
STAGGERED = timedelta(hours=1)


class Change(StrEnum):
    """What would become of an entry."""

    NEW = "new"
    EDITED = "edited"  # the same entry in other words
    SHARED = "shared"  # published already, from another file
    RETURNING = "returning"  # was withdrawn, will return under its id
    TAKEN_DOWN = "taken-down"  # stays out of the feeds, whatever files say
    LEAVING = "leaving"  # in no file any more
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """What matters of a stored entry; `elsewhere` if another file has it too."""

    id: UUID
    published: datetime
    withdrawn: bool
    taken_down: bool
    elsewhere: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What would become of one entry.

    `draft` is what the file states now, or stated before if the entry is leaving. `before` is
    given if the entry is edited, and `edited` names the fields that differ. `ignored_date` is a
    stated date without effect, since the entry was published at another time. `stored` is None for
    a new entry.
    """

    change: Change
    draft: Draft
    stored: StoredEntry | None = None
    before: Stated | None = None
    edited: tuple[str, ...] = ()
    ignored_date: datetime | None = None


def list_differences(
    reconciliation: Reconciliation,
    stored: Mapping[int, StoredEntry],
    *,
    rolling: bool,
) -> tuple[Difference, ...]:
    """What a file would change, in its order, then what would leave; the rest is left out.

    `stored` has the entries of all placements and of all that is gone, by arrival number.
    """
    changed = (_compare(placement, stored) for placement in reconciliation.placements)
    return (
        *(one for one in changed if one.change is not Change.SAME or one.ignored_date),
        *_find_leaving(reconciliation, stored, rolling=rolling),
    )


def _compare(placement: Placement, stored: Mapping[int, StoredEntry]) -> Difference:
    draft, known = placement.draft, placement.known
    if placement.entry is None:
        return Difference(change=Change.NEW, draft=draft)
    entry = stored[placement.entry]
    is_edited = placement.verdict is Verdict.EDITED and known is not None
    return Difference(
        change=_change(placement, entry),
        draft=draft,
        stored=entry,
        before=known.draft.stated if is_edited and known else None,
        edited=_list_edited(known.draft.stated, draft.stated) if is_edited and known else (),
        ignored_date=_ignored_date(draft, entry),
    )


def _change(placement: Placement, entry: StoredEntry) -> Change:
    if entry.taken_down:
        return Change.TAKEN_DOWN
    if entry.withdrawn:
        return Change.RETURNING
    match placement.verdict:
        case Verdict.EDITED:
            return Change.EDITED
        case Verdict.SEEN | Verdict.JOINED:
            return Change.SHARED
        case _:
            return Change.SAME


def _list_edited(before: Stated, after: Stated) -> tuple[str, ...]:
    names = (field.name for field in fields(Stated))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _ignored_date(draft: Draft, entry: StoredEntry) -> datetime | None:
    """The stated date, if the entry was published at another time."""
    if draft.date is None:
        return None
    earlier = draft.date.replace(microsecond=0) - entry.published
    return None if timedelta() <= earlier < STAGGERED else draft.date


def _find_leaving(
    reconciliation: Reconciliation, stored: Mapping[int, StoredEntry], *, rolling: bool
) -> Iterator[Difference]:
    """The entries that no file would have any more; a rolling file keeps what drops off it."""
    staying = {placement.entry for placement in reconciliation.placements}
    left = [] if rolling else list(reconciliation.gone)
    left += [
        placement.known
        for placement in reconciliation.placements
        if placement.verdict is Verdict.JOINED and placement.known is not None
    ]
    for known in left:
        entry = stored[known.entry]
        if known.entry in staying or entry.elsewhere or entry.withdrawn or entry.taken_down:
            continue
        staying.add(known.entry)
        yield Difference(change=Change.LEAVING, draft=known.draft, stored=entry)
