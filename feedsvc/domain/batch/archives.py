"""Decides which archive pages a channel closes in a batch, step by step."""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from feedsvc.domain.batch.stamps import Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An archive page: a fixed range of arrival numbers, both included."""

    number: int
    first: int
    last: int
    stamp: Stamp


@dataclass(slots=True)
class Step:
    """The entries after the last page that entered, left or changed in a channel at one stamp."""

    stamp: Stamp
    entered: array[int] = field(default_factory=lambda: array("q"))
    left: array[int] = field(default_factory=lambda: array("q"))
    changed: array[int] = field(default_factory=lambda: array("q"))


def close_pages(
    steps: Mapping[int, Step],
    end: Sequence[int],
    *,
    size: int,
    number: int,
    archived: int,
) -> tuple[list[Page], list[int]]:
    """The pages that a channel closes, and the entries that are on none of its pages then.

    `steps` are its changes by revision, `end` the entries after its last page when all of them are
    done; `number` counts its pages before, and `archived` is the last arrival number on them. After
    each step that adds an entry, pages of `size` entries are closed until fewer are left. The feed,
    which holds at least `size` entries, and the pages then hold every entry.
    """
    ordered = [steps[revision] for revision in sorted(steps)]
    open_ = _find_start(ordered, end)
    pages: list[Page] = []
    for step in ordered:
        for arrival in (*step.entered, *step.left, *step.changed):
            _touch(pages, arrival, step.stamp)
        last = pages[-1].last if pages else archived
        left = set(step.left)
        open_ = [arrival for arrival in open_ if arrival not in left] if left else open_
        _add(open_, (arrival for arrival in step.entered if arrival > last))
        while step.entered and len(open_) >= size:
            if pages:  # now linked to a next one
                pages[-1] = replace(pages[-1], stamp=step.stamp)
            number += 1
            last, first = open_[size - 1], last + 1
            pages.append(Page(number=number, first=first, last=last, stamp=step.stamp))
            del open_[:size]
    return pages, open_


def _find_start(steps: Sequence[Step], end: Sequence[int]) -> list[int]:
    """The entries before all steps."""
    entries = set(end)
    for step in reversed(steps):
        entries.difference_update(step.entered)
        entries.update(step.left)
    return sorted(entries)


def _add(entries: list[int], more: Iterable[int]) -> None:
    """Add to a sorted list; what is new usually comes last."""
    for arrival in sorted(more):
        if not entries or arrival > entries[-1]:
            entries.append(arrival)
        else:
            insort(entries, arrival)


def _touch(pages: list[Page], arrival: int, stamp: Stamp) -> None:
    place = bisect_left(pages, arrival, key=lambda page: page.last)
    if place < len(pages):
        pages[place] = replace(pages[place], stamp=stamp)
