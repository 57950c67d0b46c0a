"""Decides when entries were published: their stated date or first sight, in the file's order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta


def stagger_dates(stated: Sequence[datetime | None], *, now: datetime) -> tuple[datetime, ...]:
    """Return the publication dates of a file's entries, in its order and whole seconds.

    Without a date, or with one in the future, an entry gets `now`. It is dated one second earlier
    for each entry above it with the same date, so that readers that sort by date keep the order.
    """
    above: Counter[datetime] = Counter()
    dates = []
    for date in stated:
        base = min(date or now, now).replace(microsecond=0)
        dates.append(base - timedelta(seconds=above[base]))
        above[base] += 1
    return tuple(dates)
