"""Reads the values that editors state: dates, web addresses, languages, names."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, tzinfo
from urllib.parse import quote, urlsplit, urlunsplit

from feedsvc.domain.reading.hosts import is_public

_DATE = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)"
    r"(?:[Tt ](?P<time>\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)? ?(?P<zone>[Zz]|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_NOON = time(12)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100  # anything else is a mistake
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*",
)
_LANGUAGE_LENGTH = 35
_ADDRESS_LENGTH = 2000
_SCHEMES = frozenset({"http", "https"})
# RFC 3986 §2: what may be in an address as it is; `%` so that escapes stay.
_ADDRESS_SAFE = "!#$%&'()*+,/:;=?@[]~-._"


def read_date(words: str, *, zone: tzinfo) -> datetime | None:
    """The UTC time, in whole seconds, of an ISO 8601 date; None if it is none or implausible.

    Without an offset it is meant in `zone`; without a time of day it is noon there.
    """
    match = _DATE.fullmatch(words)
    if not match:
        return None
    try:
        day = datetime.fromisoformat(match["day"])
        clock = time.fromisoformat(match["time"]) if match["time"] else _NOON
        stated = datetime.combine(day, clock, tzinfo=_read_offset(match["zone"]) or zone)
        date = stated.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return date if is_plausible(date) else None


def is_plausible(date: datetime) -> bool:
    """Whether an entry can have this date."""
    return _FIRST_YEAR <= date.year <= _LAST_YEAR


def _read_offset(words: str | None) -> tzinfo | None:
    if not words:
        return None
    offset = "+00:00" if words in "Zz" else words
    return datetime.fromisoformat(f"2000-01-01T00:00{offset}").tzinfo


def read_address(words: str) -> str | None:
    """A public http(s) address as an RFC 3986 URI; None if it is none, or not public."""
    address = spell_address(words)
    return address if address and is_public(address) else None


def spell_address(words: str) -> str | None:
    """An absolute http(s) address as an RFC 3986 URI; None if it is none."""
    bare = words[1:-1] if words.startswith("<") and words.endswith(">") else words
    if bare[:4].casefold() == "www.":
        bare = f"https://{bare}"
    if len(bare) > _ADDRESS_LENGTH or re.search(r"\s", bare):
        return None
    try:
        parts = urlsplit(bare)
        if parts.scheme.lower() not in _SCHEMES or not parts.hostname:
            return None
        _ = parts.port  # raises if it is not a number
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except ValueError:
        return None
    steps = (quote(part, safe=_ADDRESS_SAFE) for part in parts[2:])
    address = urlunsplit((parts.scheme.lower(), quote(host, safe=_ADDRESS_SAFE), *steps))
    return address if len(address) <= _ADDRESS_LENGTH else None


def read_language(words: str) -> str | None:
    """A language tag in its usual spelling (`pt-BR`, RFC 5646 §2.1); None if it is none."""
    tag = words.replace("_", "-").lower()
    if len(tag) > _LANGUAGE_LENGTH or not _LANGUAGE.fullmatch(tag):
        return None
    first, *others = tag.split("-")
    return "-".join([first, *map(_spell_subtag, others)])


def _spell_subtag(tag: str) -> str:
    if len(tag) == 2:  # noqa: PLR2004 - a country
        return tag.upper()
    return tag.title() if len(tag) == 4 and tag.isalpha() else tag  # noqa: PLR2004 - a script


def read_switch(words: str) -> bool | None:
    """Whether something is wanted, in YAML's words; None if neither."""
    if words.lower() in {"true", "yes", "on"}:
        return True
    return False if words.lower() in {"false", "no", "off"} else None
