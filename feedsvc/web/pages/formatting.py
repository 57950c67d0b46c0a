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


def format_date(moment: datetime) -> str:
    """The day in UTC: `21 November 2026`."""
    day = moment.astimezone(UTC)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_moment(moment: datetime) -> str:
    """The minute in UTC: `21 November 2026, 06:40 UTC`."""
    return f"{format_date(moment)}, {moment.astimezone(UTC):%H:%M} UTC"


def format_count(number: int, one: str, many: str) -> str:
    """`1 entry`, `1,204 entries`."""
    return f"{number:,} {one if number == 1 else many}"


def join_with_and(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *head, last = items
    return f"{', '.join(head)} and {last}" if head else last


def split_address(address: str) -> tuple[str, ...]:
    """An address in the parts between which a line may end: after its host, `/`, `?` and `&`."""
    return tuple(_STEP.findall(address))
