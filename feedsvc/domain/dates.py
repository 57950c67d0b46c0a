"""When an entry was published: the date it states or first sight, in the listing's order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta


def stagger_dates(stated: Sequence[datetime | None], *, now: datetime) -> tuple[datetime, ...]:
    """The publication dates of a listing's entries, in its order, whole seconds.

    A date in the future or none at all gives `now`. An entry is dated one second earlier for each
    one above it with the same date, so that readers which sort by date keep the listing's order.
    """
    above: Counter[datetime] = Counter()
    dates = []
    for date in stated:
        base = min(date or now, now).replace(microsecond=0)
        dates.append(base - timedelta(seconds=above[base]))
        above[base] += 1
    return tuple(dates)
