"""Formats times for HTTP headers, JSON and HTML, whatever the process's locale."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime


def format_http_date(moment: datetime) -> str:
    """Format a UTC time as an IMF-fixdate (RFC 9110 §5.6.7)."""
    return format_datetime(moment, usegmt=True)


def parse_http_date(field: str) -> datetime | None:
    """Return the UTC time of an HTTP date in any of its three forms, else None."""
    try:
        moment = parsedate_to_datetime(field)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return moment.replace(tzinfo=UTC) if moment.utcoffset() is None else moment.astimezone(UTC)


def format_timestamp(moment: datetime) -> str:
    """Format a time as RFC 3339 does, in UTC: `2026-11-21T06:40:00Z`."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def format_optional_timestamp(moment: datetime | None) -> str | None:
    """As `format_timestamp`, None for None."""
    return format_timestamp(moment) if moment else None
