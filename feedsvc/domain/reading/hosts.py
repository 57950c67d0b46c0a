"""Distinguishes addresses that anyone can open from those of one machine or one network."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import unquote, urlsplit

# RFC 6761 §6.3, RFC 6762 §3, RFC 8375, and what ICANN reserved for private use.
_LOCAL_NAME = re.compile(r"(?:.*\.)?(?:localhost|local|internal|home\.arpa)")
_NUMBER = re.compile(r"0x[0-9a-f]{1,8}|[0-9]{1,11}", re.ASCII)
_MOST_PARTS = 4
_BYTE = 256


def is_public(address: str) -> bool:
    """Whether an http(s) address has no credentials and no private, link-local or loopback host.

    Readers that fetch the pictures of entries would open it in their own network.
    """
    parts = urlsplit(address)
    if "@" in parts.netloc:
        return False
    host = unquote(parts.hostname or "").rstrip(".").casefold()
    number = _read_ip(host)
    return number.is_global if number else not _LOCAL_NAME.fullmatch(host)


def _read_ip(host: str) -> IPv4Address | IPv6Address | None:
    """The IP address that a host is, as browsers read it; None for a name."""
    try:
        found = ip_address(host)
    except ValueError:
        return _read_short_ip(host)
    return (isinstance(found, IPv6Address) and (found.ipv4_mapped or found.sixtofour)) or found


def _read_short_ip(host: str) -> IPv4Address | None:
    """`127.1`, `2130706433` and `0x7f.1` (https://url.spec.whatwg.org/#concept-ipv4-parser)."""
    parts = host.split(".")
    if len(parts) > _MOST_PARTS or not all(map(_NUMBER.fullmatch, parts)):
        return None
    try:
        *first, last = map(_read_number, parts)
        if any(number >= _BYTE for number in first):
            return None
        high = sum(number << 8 * (3 - place) for place, number in enumerate(first))
        return IPv4Address(high + last)
    except ValueError:
        return None


def _read_number(digits: str) -> int:
    if digits.startswith("0x"):
        return int(digits, 16)
    return int(digits, 8) if digits.startswith("0") else int(digits)
