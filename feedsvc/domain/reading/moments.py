"""Reads dates in the ways that people write them: `Monday 3 March 2026`, `12.03.2026 14:05 Uhr`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from feedsvc.domain.reading.values import read_date
from feedsvc.domain.reading.words.calendar import FILLERS, MONTHS, WEEKDAYS, ZONES

_LONGEST = 90
_TIME = re.compile(
    r"(?<![\d.:/-])(\d{1,2})"
    r"(?:(?::|(?<=\d)h)(\d\d)(?::(\d\d))?(?:[.,]\d+)?|\.(\d\d)(?=\s*(?:uhr|[ap]\.?m\b))|(?=\s*(?:uhr|[ap]\.?m\b))"
    r"|h(?![^\W\d_]))"
    r"\s*(uhr\b|[ap]\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:\b(?:utc|gmt)\s*)?([+\u2212-])(\d\d?):?(\d\d)?(?!\d)", re.IGNORECASE)
_EAST_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)\.?")
_NAMED = re.compile(r"(?<!\d)(\d{1,2})[-/ ]([^\W\d_]{3,9})\.?[-/ ](\d{4}|\d{2})(?!\d)")
_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:-[^\W\d_]+)?|[^\w\s]")
_ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)? ?(?:[Zz]|[+-]\d\d:?\d\d)?)?"
)
_MARKS = frozenset(",.;:-–—|·•()[]/@'’º")
_NOON = time(12)
_CENTURY = 2000
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_TWO_DIGITS = 100
_AFTERNOON = 12


@dataclass(frozen=True, slots=True)
class Moment:
    """A date that was read; `when` is None if it has no year and so is on no certain day."""

    when: datetime | None


def read_moment(words: str, *, zone: tzinfo, day_first: bool) -> Moment | None:
    """The date that all of the words state, perhaps with a weekday, a time and `Posted on`.

    Without an offset it is meant in `zone`; without a time of day it is noon there. None if the
    words state no date or anything else with it.
    """
    if len(words) > _LONGEST or not any(map(str.isdigit, words)):
        return None
    if exact := read_date(words, zone=zone):
        return Moment(exact)
    rest = words.casefold()
    if iso := _ISO.search(rest):
        rest = f"{rest[: iso.start()]} {rest[iso.end() :]}"
        when = read_date(iso[0], zone=zone)
        if when and _is_filler(rest):
            return Moment(when)
        rest = words.casefold()
    clock, rest = _take_time(rest)
    offset, rest = _take_offset(rest) if clock else (None, rest)
    found = _take_day(rest, day_first=day_first)
    if found is None:
        return None
    day, rest = found
    if not _is_filler(rest):
        return None
    if day is None:
        return Moment(None)
    try:
        stated = datetime.combine(day, clock or _NOON, tzinfo=offset or zone)
        return Moment(stated.astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def read_clock(words: str) -> bool:
    """Whether the words state a time of day and nothing else: `Updated 14:05 GMT`."""
    if len(words) > _LONGEST:
        return False
    clock, rest = _take_time(words.casefold())
    return clock is not None and _is_filler(_take_offset(rest)[1])


def _take_time(words: str) -> tuple[time | None, str]:
    match = _TIME.search(words)
    if not match:
        return None, words
    hour, minute = int(match[1]), int(match[2] or match[4] or 0)
    half = (match[5] or "")[:1]
    if half == "p" and hour < _AFTERNOON:
        hour += _AFTERNOON
    elif half == "a" and hour == _AFTERNOON:
        hour = 0
    try:
        clock = time(hour, minute, int(match[3] or 0))
    except ValueError:
        return None, words
    return clock, f"{words[: match.start()]} {words[match.end() :]}"


def _take_offset(words: str) -> tuple[tzinfo | None, str]:
    for token in re.findall(r"[a-z]+", words):
        if token in ZONES and token not in MONTHS:
            rest = re.sub(rf"\b{token}\b", " ", words, count=1)
            match = _OFFSET.search(words)
            if not match or token not in {"utc", "gmt"}:
                return timezone(ZONES[token]), rest
    match = _OFFSET.search(words)
    if match and int(match[2]) <= 14:
        minutes = (int(match[2]) * 60 + int(match[3] or 0)) * (1 if match[1] == "+" else -1)
        rest = f"{words[: match.start()]} {words[match.end() :]}"
        return timezone(timedelta(minutes=minutes)), rest
    return None, words


def _take_day(words: str, *, day_first: bool) -> tuple[date | None, str] | None:
    if match := _EAST_ASIAN.search(words):
        day = _day(int(match[1]), int(match[2]), int(match[3]))
        return (day, _without(words, match)) if day else None
    if match := _NUMERIC.search(words):
        day = _numeric(match, day_first=day_first)
        return (day, _without(words, match)) if day else None
    if (match := _NAMED.search(words)) and match[2] in MONTHS:
        day = _day(_year(match[3]), MONTHS[match[2]], int(match[1]))
        return (day, _without(words, match)) if day else None
    return _worded(words)


def _worded(words: str) -> tuple[date | None, str] | None:
    """A day with its month in words, in any order: `3 de marzo de 2026`, `March 3rd, 2026`."""
    month = day = year = 0
    rest: list[str] = []
    for token in _TOKEN.findall(words):
        if token.isdecimal():
            number = int(token)
            if len(token) <= 2 and not day:
                day = number
            elif len(token) == 4 and not year:
                year = number
            else:
                return None
        elif token in MONTHS and not month:
            month = MONTHS[token]
        else:
            rest.append(token)
    if not month or not day:
        return None
    if not year:
        return (None, " ".join(rest)) if _day(2000, month, day) else None
    stated = _day(year, month, day)
    return (stated, " ".join(rest)) if stated else None


def _numeric(match: re.Match[str], *, day_first: bool) -> date | None:
    first, second, last = match[1], int(match[3]), match[4]
    if len(first) == 4:
        return _day(int(first), second, int(last)) if len(last) <= 2 else None
    if len(first) > 2:
        return None
    year, one = _year(last), int(first)
    # German and Scandinavian dates have full stops and the day first, whatever is set.
    if day_first or match[2] == ".":
        return _day(year, second, one) or _day(year, one, second)
    return _day(year, one, second) or _day(year, second, one)


def _year(words: str) -> int:
    year = int(words)
    return year + _CENTURY if year < _TWO_DIGITS else year


def _day(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _without(words: str, match: re.Match[str]) -> str:
    return f"{words[: match.start()]} {words[match.end() :]}"


def _is_filler(words: str) -> bool:
    return all(
        token in FILLERS or token in WEEKDAYS or token in _MARKS for token in _TOKEN.findall(words)
    )
