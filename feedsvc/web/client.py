"""Who asks: the address that counts, believing proxies only where they are trusted."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp import hdrs, web

from feedsvc.settings.values import Network

Address = IPv4Address | IPv6Address

_HOUSEHOLD = 64  # one subscriber of IPv6 is usually given a /64


def client_address(request: web.BaseRequest, trusted: tuple[Network, ...]) -> Address | None:
    """The nearest address that is no trusted proxy; None for a peer without one (a socket file)."""
    peername = request.transport.get_extra_info("peername") if request.transport else None
    peer = read_address(peername[0]) if isinstance(peername, tuple) else None
    hops = ",".join(request.headers.getall(hdrs.X_FORWARDED_FOR, [])).split(",")
    return nearest_untrusted(peer, reversed(hops), trusted)


def nearest_untrusted(
    peer: Address | None,
    hops: Iterable[str],
    trusted: tuple[Network, ...],
) -> Address | None:
    """Walks from the peer outwards; what an untrusted address says of others is not heard."""
    current = peer
    for hop in hops:
        if current is None or not any(current in network for network in trusted):
            return current
        following = read_address(hop.strip())
        if following is None:
            return current
        current = following
    return current


def read_address(text: str) -> Address | None:
    """An IP address as proxies write it, its port and zone dropped; None if it is none."""
    host = text[1:].partition("]")[0] if text.startswith("[") else text
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def rate_limit_key(address: Address) -> str:
    """What a limit counts together: an IPv4 address, or the network that an IPv6 one lies in."""
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Network((address, _HOUSEHOLD), strict=False))
