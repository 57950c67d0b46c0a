"""Settings that are valid but probably a mistake."""

from __future__ import annotations

from uuid import UUID

import pytest

from feedsvc.settings import Settings, compare_namespace, find_suspicious
from feedsvc.settings.values import is_loopback


@pytest.mark.parametrize(
    ("host", "base_url", "warned"),
    [
        ("0.0.0.0", "http://127.0.0.1:8080", True),  # noqa: S104
        ("::", "http://[::1]:8080", True),
        ("10.0.0.5", "http://localhost:8080", True),
        ("0.0.0.0", "https://news.example", False),  # noqa: S104
        ("127.0.0.1", "http://127.0.0.1:8080", False),
        ("localhost", "http://localhost:8080", False),
        ("127.0.0.1", "https://news.example", False),
    ],
)
def test_a_public_address_with_a_loopback_base_url_is_suspicious(
    host: str,
    base_url: str,
    warned: bool,  # noqa: FBT001
) -> None:
    warnings = find_suspicious(Settings(host=host, base_url=base_url))
    assert bool(warnings) is warned
    assert all(base_url in warning and host in warning for warning in warnings)


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({}, False),
        ({"rate_limit": 5}, True),
        ({"rate_limit": 5, "trusted_proxies": "127.0.0.1"}, False),
        ({"rate_limit": 5, "host": "10.0.0.5"}, False),
    ],
)
def test_a_rate_limit_shared_by_all_readers_is_suspicious(
    changes: dict[str, object],
    warned: bool,  # noqa: FBT001
) -> None:
    settings = Settings(**{"base_url": "https://news.example"} | changes)
    assert bool(find_suspicious(settings)) is warned


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("[::1]", True),
        ("localhost", True),
        ("a.localhost", True),
        ("10.0.0.1", False),
        ("example.org", False),
    ],
)
def test_loopback_is_recognised_by_address_and_name(host: str, expected: bool) -> None:  # noqa: FBT001
    assert is_loopback(host) is expected


def test_a_base_url_with_port_0_is_suspicious() -> None:
    (warning,) = find_suspicious(Settings(port=0))
    assert "set base_url" in warning
    assert not find_suspicious(Settings(port=0, base_url="https://news.example"))


def test_a_namespace_that_is_not_the_databases_is_suspicious() -> None:
    stored, other = UUID(int=1), UUID(int=2)
    (warning,) = compare_namespace(Settings(namespace=other), stored)
    assert str(stored) in warning
    assert str(other) in warning
    assert "no effect" in warning
    assert compare_namespace(Settings(namespace=stored), stored) == ()
    assert compare_namespace(Settings(), stored) == ()
