"""The client's address behind proxies."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from feedsvc.web.client import nearest_untrusted, parse_ip, rate_limit_key

TRUSTED = (ip_network("10.0.0.0/8"), ip_network("::1/128"))


@pytest.mark.parametrize(
    ("peer", "hops", "expected"),
    [
        ("192.0.2.1", ["198.51.100.1"], "192.0.2.1"),
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["10.0.0.2", "198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["198.51.100.1", "203.0.113.9"], "198.51.100.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["unknown", "198.51.100.1"], "10.0.0.1"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("10.0.0.1", ["10.0.0.2"], "10.0.0.2"),
        ("::1", [" 2001:db8::7 "], "2001:db8::7"),
    ],
)
def test_the_nearest_untrusted_address_counts(peer: str, hops: list[str], expected: str) -> None:
    found = nearest_untrusted(ip_address(peer), hops, TRUSTED)
    assert found == ip_address(expected)


def test_a_peer_without_an_address_has_none() -> None:
    assert nearest_untrusted(None, ["198.51.100.1"], TRUSTED) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:8080", "192.0.2.1"),
        ("[2001:db8::1]:8080", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
    ],
)
def test_addresses_are_parsed_as_proxies_write_them(text: str, expected: str) -> None:
    assert parse_ip(text) == ip_address(expected)


@pytest.mark.parametrize("text", ["", "unknown", "_hidden", "[", "1.2.3", "a:b"])
def test_an_invalid_address_is_none(text: str) -> None:
    assert parse_ip(text) is None


def test_an_ipv6_network_counts_as_one() -> None:
    one, other = (rate_limit_key(ip_address(f"2001:db8:0:1::{end}")) for end in ("1", "ffff"))
    assert one == other == "2001:db8:0:1::/64"
    assert rate_limit_key(ip_address("192.0.2.1")) == "192.0.2.1"
