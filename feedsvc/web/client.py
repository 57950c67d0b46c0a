"""The client's address, believing only trusted proxies."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp import hdrs

from feedsvc.settings.values import Network
from feedsvc.web.negotiation import Fields

Address = IPv4Address | IPv6Address

_SUBSCRIBER_PREFIX = 64  # an IPv6 subscriber usually gets a /64


def client_address(
    transport: asyncio.BaseTransport | None,
    fields: Fields,
    trusted: tuple[Network, ...],
) -> Address | None:
    """Return the nearest address that is not a trusted proxy; None for a Unix socket."""
    peername = transport.get_extra_info("peername") if transport else None
    peer = parse_ip(peername[0]) if isinstance(peername, tuple) else None
    hops = ",".join(fields.getall(hdrs.X_FORWARDED_FOR, [])).split(",")
    return nearest_untrusted(peer, reversed(hops), trusted)


def nearest_untrusted(
    peer: Address | None,
    hops: Iterable[str],
    trusted: tuple[Network, ...],
) -> Address | None:
    """Walk from the peer outwards until an untrusted address, which cannot vouch for others."""
    current = peer
    for hop in hops:
        if current is None or not any(current in network for network in trusted):
            return current
        following = parse_ip(hop.strip())
        if following is None:
            return current
        current = following
    return current


def parse_ip(text: str) -> Address | None:
    """Parse an IP address as proxies write it, without port and zone; None if it is invalid."""
    host = text[1:].partition("]")[0] if text.startswith("[") else text
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def rate_limit_key(address: Address) -> str:
    """Return what the rate limit counts as one client: an IPv4 address or an IPv6 network."""
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Network((address, _SUBSCRIBER_PREFIX), strict=False))
