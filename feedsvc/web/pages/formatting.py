"""Writes dates, counts and addresses as people read them, whatever clock and locale say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

# strftime's %B follows the locale of the process, which libraries change behind our back
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_STEP = re.compile(r"(?:^\w+://)?[^/?&]*[/?&]+|[^/?&]+$")


def write_date(moment: datetime) -> str:
    """The day in UTC: `21 November 2026`."""
    day = moment.astimezone(UTC)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def write_moment(moment: datetime) -> str:
    """The minute in UTC: `21 November 2026, 06:40 UTC`."""
    return f"{write_date(moment)}, {moment.astimezone(UTC):%H:%M} UTC"


def write_exact(moment: datetime) -> str:
    """For a `datetime` attribute: `2026-11-21T06:40:00Z` (HTML §4.5.14)."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def count_things(number: int, one: str, many: str) -> str:
    """`1 entry`, `1,204 entries`."""
    return f"{number:,} {one if number == 1 else many}"


def join_words(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *head, last = items
    return f"{', '.join(head)} and {last}" if head else last


def cut_address(address: str) -> tuple[str, ...]:
    """An address in the parts between which a line may end: after its host, `/`, `?` and `&`."""
    return tuple(_STEP.findall(address))
