"""Reads the times that programs write, ISO 8601 and those of mail, and those that people write."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo
from email.utils import parsedate_to_datetime

from feedsvc.domain.reading.moments import read_moment

_NOON = time(12)
_FIRST_YEAR = 1000  # feeds write four digits
_LONGEST = 80
_COMPACT = re.compile(r"\d{8}(T\d{4,6}(Z|[+-]\d{4})?)?")
_HEAD = 12


def read_stamp(words: str, *, zone: tzinfo, day_first: bool = True) -> datetime | None:
    """The UTC time, in whole seconds, that words state; None if they state none.

    Without an offset it is meant in `zone`; without a time of day it is noon there.
    """
    words = " ".join(words.split()).strip(" .,;")
    if not words or len(words) > _LONGEST or not any(map(str.isdigit, words)):
        return None
    stated = _read_iso(words) or _read_mail(words)
    if stated is None:
        moment = read_moment(words, zone=zone, day_first=day_first)
        return moment.when if moment else None
    try:
        aware = stated if stated.tzinfo else stated.replace(tzinfo=zone)
        stamp = aware.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None
    return stamp if stamp.year >= _FIRST_YEAR else None


def _read_iso(words: str) -> datetime | None:
    if not words[:4].isdecimal() or (words[4:5] != "-" and not _COMPACT.fullmatch(words)):
        return None
    try:
        return datetime.combine(date.fromisoformat(words), _NOON)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(words.replace(" +", "+").replace(" Z", "Z"))
    except ValueError:
        return None


def _read_mail(words: str) -> datetime | None:
    """RFC 5322 §3.3, as mail and RSS write it; it always has a time of day."""
    if ":" not in words or not ("," in words[:_HEAD] or words[:1].isdecimal()):
        return None
    try:
        return parsedate_to_datetime(words)
    except (TypeError, ValueError, IndexError):
        return None
