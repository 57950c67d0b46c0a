"""Formats dates, counts and addresses for people, independent of the locale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

# strftime's %B depends on the process's locale, which libraries change.
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
    """Format the day in UTC: `21 November 2026`."""
    day = moment.astimezone(UTC)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_moment(moment: datetime) -> str:
    """Format the minute in UTC: `21 November 2026, 06:40 UTC`."""
    return f"{format_date(moment)}, {moment.astimezone(UTC):%H:%M} UTC"


def format_count(number: int, one: str, many: str) -> str:
    """Format a count: `1 entry`, `1,204 entries`."""
    return f"{number:,} {one if number == 1 else many}"


def join_with_and(items: Sequence[str]) -> str:
    """Join as `a`, `a and b`, `a, b and c`."""
    *head, last = items
    return f"{', '.join(head)} and {last}" if head else last


def format_sentence(text: str) -> str:
    """Format a message as a sentence: `Query too broad. Add a word.`."""
    first, *rest = (part[:1].upper() + part[1:] for part in text.rstrip(".").split("; "))
    end = "" if text.endswith("?") else "."
    return ". ".join([first, *rest]) + end


def split_address(address: str) -> tuple[str, ...]:
    """Split an address where a line may break: after its host, `/`, `?` and `&`."""
    return tuple(_STEP.findall(address))
