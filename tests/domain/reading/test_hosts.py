"""Addresses that everyone can open are told from those of one machine or network."""

from __future__ import annotations

import pytest

from feedsvc.domain.reading.hosts import is_public


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST.",
        "app.localhost",
        "printer.local",
        "db.internal",
        "nas.home.arpa",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "%31%32%37.0.0.1",
        "0.0.0.0",  # noqa: S104
        "10.0.0.7",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "[::1]",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:10.0.0.7]",
        "user@news.example",
        "user:secret@news.example",
    ],
)
def test_an_address_of_one_machine_or_network_or_with_credentials_is_not_public(host: str) -> None:
    assert not is_public(f"http://{host}/a.jpg")
    if "@" not in host:
        assert not is_public(f"http://{host}:8080/a.jpg")


@pytest.mark.parametrize(
    "host",
    [
        "news.example",
        "localhost.example",
        "1.1.1.1",
        "10.example",
        "1.2.3.4.5",
        "256.1.1.1",
        "[2606:4700::1111]",
        "xn--bcher-kva.example",
    ],
)
def test_a_name_or_a_public_number_is_public(host: str) -> None:
    assert is_public(f"https://{host}/a.jpg")
