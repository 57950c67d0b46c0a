"""Checks and conversions of single values, each with an error that says what was expected."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network

LONGEST = 100

_PASSWORD = re.compile(r"(?<=:)[^:@/\s]+(?=@)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound
_DATABASES = ("sqlite+aiosqlite:///",)


def base_url_of(values: dict[str, Any]) -> str:
    """The address under which a browser on this machine finds the service."""
    host = str(values.get("host", "127.0.0.1"))
    host = _EVERY_ADDRESS.get(host, host)
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{values.get('port', 8080)}"


def check_host(host: str) -> str:
    """The address or name, if a URL can be made with it. Raises ValueError."""
    expected = "expected an address or the name of a host"
    if "/" in host:
        raise ValueError(expected)
    try:
        check_base_url(base_url_of({"host": host}))
    except ValueError:
        raise ValueError(expected) from None
    return host


def check_base_url(url: str) -> str:
    """The URL without a closing slash. Raises ValueError."""
    parts = urlsplit(url)
    plain = parts.scheme in {"http", "https"} and parts.hostname and not re.search(r"[\s<>\"]", url)
    if not plain or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError(
            "expected an http or https URL with a host, an optional path and nothing after it",
        )
    return url.rstrip("/")


def check_database_url(url: str) -> str:
    """The URL, if it is of a database that is spoken. Raises ValueError."""
    if not url.startswith(_DATABASES) or url in _DATABASES:
        raise ValueError("expected sqlite+aiosqlite:///PATH")
    return url


def check_language(tag: str) -> str:
    """The tag, if it has the form of one (RFC 5646 §2.1). Raises ValueError."""
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError("expected a BCP 47 language tag such as en or pt-BR")
    return tag


def networks_of(value: object) -> tuple[Network, ...]:
    """The networks of a list, or of a text with commas. Raises ValueError."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        raise ValueError("expected addresses or networks, separated by commas")  # noqa: TRY004
    texts = [text for part in parts if (text := str(part).strip())]
    return tuple(_network_of(text, among=texts) for text in texts)


def _network_of(text: str, *, among: list[str]) -> Network:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        # Whoever reports it names the value: only of several is it open which one is wrong.
        named = f" (and {shorten(text)!r} is none)" if len(among) > 1 else ""
        raise ValueError(f"expected addresses or networks such as 10.0.0.0/8{named}") from None


def absent_if_empty(value: object) -> object:
    """None for an empty string, as an environment file sets what it leaves open."""
    return None if value == "" else value


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a host by this name or address."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def shorten(text: str) -> str:
    """The text, or the beginning of a long one."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def mask_password(text: str) -> str:
    """The text with asterisks for the password of a URL in it."""
    return _PASSWORD.sub("***", text)
