"""Reads the times that programs and people write: ISO 8601, those of mail, 3 March 2026."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo
from email.utils import parsedate_to_datetime

from feedsvc.domain.reading.words.calendar import MONTHS

_NOON = time(12)
_FIRST_YEAR = 1000  # feeds write four digits
_LONGEST = 80
_CLOCK = re.compile(
    r"(?:^|[\s,T])(?:at |um |às |a las "
    r"|à )?(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"|(?= ?[ap]\.?m))(?:[.,]\d+)?(?: ?(?P<half>[ap])\.?m\.?)?(?: ?Uhr)?"
    r" ?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?\s*$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"^[^\W\d_]{2,14}\.?,? (?=\S)")
_NUMBERS = re.compile(r"(\d{1,4})(\. |[./-])(\d{1,2})\2(\d{2,4})\.?")
_COMPACT = re.compile(r"\d{8}(T\d{4,6}(Z|[+-]\d{4})?)?")
_DAY_MONTH_YEAR = re.compile(
    r"(\d{1,2})(?:\.|st|nd|rd|th|er|º|ª)? ?(?:de |of |-)?([^\W\d_]{3,12})\.?,? ?(?:de |del "
    r"|-)?(\d{4})",
)
_MONTH_DAY_YEAR = re.compile(r"([^\W\d_]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_WIDE = re.compile(r"(\d{4}) ?[年년.] ?(\d{1,2}) ?[月월.] ?(\d{1,2}) ?[日일.]?")
_CENTURY = 100


def read_stamp(words: str, *, zone: tzinfo, day_first: bool = True) -> datetime | None:
    """The UTC time, in whole seconds, that words state; None if they state none.

    Without an offset it is meant in `zone`; without a time of day it is noon there.
    """
    words = " ".join(words.split()).strip(" .,;")
    if not words or len(words) > _LONGEST or not any(c.isdigit() for c in words):
        return None
    try:
        stated = _read_iso(words) or _read_mail(words) or _read_written(words, day_first=day_first)
        if stated is None:
            return None
        aware = stated if stated.tzinfo else stated.replace(tzinfo=zone)
        stamp = aware.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None
    return stamp if stamp.year >= _FIRST_YEAR else None


def _read_iso(words: str) -> datetime | None:
    if not words[:4].isdecimal() or (words[4:5] != "-" and not _COMPACT.fullmatch(words)):
        return None
    try:
        day = date.fromisoformat(words)
    except ValueError:
        pass
    else:
        return datetime.combine(day, _NOON)
    try:
        return datetime.fromisoformat(words.replace(" +", "+").replace(" Z", "Z"))
    except ValueError:
        return None


def _read_mail(words: str) -> datetime | None:
    """RFC 5322 §3.3, as mail and RSS write it; it always has a time of day."""
    if ":" not in words or not ("," in words[:12] or words[:1].isdecimal()):
        return None
    try:
        return parsedate_to_datetime(words)
    except (TypeError, ValueError, IndexError):
        return None


def _read_written(words: str, *, day_first: bool) -> datetime | None:
    clock = _CLOCK.search(words)
    if clock and clock.start() > 0:
        day = _read_day(words[: clock.start()].strip(" ,–-|"), day_first=day_first)
        if day is not None:
            return datetime.combine(day, _read_clock(clock), tzinfo=_read_offset(clock["zone"]))
    day = _read_day(words, day_first=day_first)
    return None if day is None else datetime.combine(day, _NOON)


def _read_clock(match: re.Match[str]) -> time:
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    return time(hour, int(match["minute"] or 0), int(match["second"] or 0))


def _read_offset(words: str | None) -> tzinfo | None:
    if not words:
        return None
    offset = "+00:00" if words.upper() in {"Z", "UTC", "GMT"} else words
    return datetime.fromisoformat(f"2000-01-01T00:00{offset}").tzinfo


def _read_day(words: str, *, day_first: bool) -> date | None:
    if wide := _WIDE.fullmatch(words):
        return date(int(wide[1]), int(wide[2]), int(wide[3]))
    for text in (words, _WEEKDAY.sub("", words)):
        if numbers := _NUMBERS.fullmatch(text):
            return _order_numbers(numbers, day_first=day_first)
        if written := _DAY_MONTH_YEAR.fullmatch(text):
            day, name, year = written.groups()
        elif written := _MONTH_DAY_YEAR.fullmatch(text):
            name, day, year = written.groups()
        else:
            continue
        if month := MONTHS.get(name.casefold()):
            return date(int(year), month, int(day))
    return None


def _order_numbers(match: re.Match[str], *, day_first: bool) -> date | None:
    """The day of three numbers; a point between them always means day first."""
    first, mark, middle, last = match.groups()
    if len(first) == 4:  # noqa: PLR2004 - a year
        return date(int(first), int(middle), int(last))
    one, two = int(first), int(middle)
    year = int(last) + (0 if len(last) == 4 else 2000)  # noqa: PLR2004 - a whole year
    if len(first) > 2 or len(last) == 3:  # noqa: PLR2004 - no day, no year
        return None
    if mark.startswith(".") or two > 12 or day_first:  # noqa: PLR2004
        day, month = (one, two) if two <= 12 else (two, one)  # noqa: PLR2004 - months
    else:
        day, month = (two, one) if one <= 12 else (one, two)  # noqa: PLR2004 - months
    return date(year, month, day)
