"""Decides when entries were published or changed: no two of one scan in the same second."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime


class FreeSeconds:
    """The seconds in which no entry of a scan is published or changed yet.

    Readers that sort by date would mix the files of a scan, and validators warn of entries with
    equal dates (feedvalidator's DuplicateUpdated).
    """

    def __init__(self) -> None:
        self._below: dict[int, int] = {}  # of a taken second: one below it that may be free
        self._undo: list[tuple[int, int | None]] = []

    def take(self, latest: int) -> int:
        """Take the latest free second up to `latest`."""
        second = self._find(latest)
        self._set(second, second - 1)
        return second

    def take_after(self, earlier: int, *, latest: int) -> int | None:
        """Take the latest free second up to `latest`; None if it would not be after `earlier`."""
        return self.take(latest) if self._find(latest) > earlier else None

    def keep(self) -> None:
        """Keep what has been taken so far: it is stored."""
        self._undo.clear()

    def give_back(self) -> None:
        """Give back what was taken since `keep`: it is not stored."""
        while self._undo:
            second, below = self._undo.pop()
            if below is None:
                del self._below[second]
            else:
                self._below[second] = below

    def _find(self, latest: int) -> int:
        passed = []
        second = latest
        while second in self._below:
            passed.append(second)
            second = self._below[second]
        for one in passed[:-1]:
            self._set(one, second)
        return second

    def _set(self, second: int, below: int) -> None:
        self._undo.append((second, self._below.get(second)))
        self._below[second] = below


def stagger_dates(
    stated: Sequence[datetime | None], *, now: datetime, free: FreeSeconds
) -> tuple[datetime, ...]:
    """Return the publication dates of new entries, in their file's order and whole seconds.

    Without a date, or with one in the future, an entry gets `now`; where an entry of the same scan
    has that second already, the latest one before it that is free.
    """
    return tuple(_date(min(date or now, now), free) for date in stated)


def _date(latest: datetime, free: FreeSeconds) -> datetime:
    second = free.take(int(latest.replace(microsecond=0).timestamp()))
    return datetime.fromtimestamp(second, tz=UTC)
