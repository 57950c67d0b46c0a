"""Checks and converts single values; each error says what the value must be."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any, Literal
from urllib.parse import urlsplit

from feedsvc.store.database import Database

Network = IPv4Network | IPv6Network

LONGEST = 100
MOST_PROCESSES = 64

_PASSWORD = re.compile(r"(?<=:)[^:@/\s]+(?=@)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound


def base_url_of(values: dict[str, Any]) -> str:
    """The address at which a browser on this machine reaches the service."""
    host = str(values.get("host", "127.0.0.1"))
    host = _EVERY_ADDRESS.get(host, host)
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{values.get('port', 8080)}"


def check_host(host: str) -> str:
    """Return the address or name if it can be part of a URL.

    Raises:
        ValueError: It cannot.
    """
    expected = "must be an IP address or a host name"
    if "/" in host:
        raise ValueError(expected)
    try:
        check_base_url(base_url_of({"host": host}))
    except ValueError:
        raise ValueError(expected) from None
    return host


def check_base_url(url: str) -> str:
    """Return the URL without a trailing slash.

    Raises:
        ValueError: It is not a full URL, or more than scheme, host and path.
    """
    parts = urlsplit(url)
    plain = parts.scheme in {"http", "https"} and parts.hostname and not re.search(r"[\s<>\"]", url)
    if not plain or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("must be a full URL, such as https://example.org/news")
    return url.rstrip("/")


def check_database_url(url: str) -> str:
    """Return the URL if it names a supported database.

    Raises:
        ValueError: It does not.
    """
    Database.from_url(url)
    return url


def check_language(tag: str) -> str:
    """Return the tag if it is well-formed (RFC 5646 §2.1).

    Raises:
        ValueError: It is not.
    """
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError("must be a BCP 47 language tag such as en or pt-BR")
    return tag


def parse_networks(value: object) -> tuple[Network, ...]:
    """Parse networks from a list, or from a text with commas between them.

    Raises:
        ValueError: One of them is not an address or network.
    """
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        raise ValueError("must be addresses or networks, separated by commas")  # noqa: TRY004
    texts = [text for part in parts if (text := str(part).strip())]
    return tuple(_parse_network(text, among=texts) for text in texts)


def _parse_network(text: str, *, among: list[str]) -> Network:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        # The report quotes the whole value; of several networks, name the wrong one.
        named = f"; {shorten(text)!r} is not one" if len(among) > 1 else ""
        raise ValueError(f"must be addresses or networks such as 10.0.0.0/8{named}") from None


def parse_processes(value: object) -> int | Literal["auto"]:
    """Return a number of processes, or `auto` for as many as there are processors.

    Raises:
        ValueError: It is neither.
    """
    text = str(value).strip()
    if text == "auto":
        return "auto"
    if not text.isdecimal() or not 1 <= int(text) <= MOST_PROCESSES:
        raise ValueError(f"must be auto or a whole number from 1 to {MOST_PROCESSES}")
    return int(text)


def none_if_empty(value: object) -> object:
    """None for an empty string: environment files leave a setting open that way."""
    return None if value == "" else value


def is_loopback(host: str) -> bool:
    """Whether a host name or address leads only to this machine."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def shorten(text: str) -> str:
    """The text, cut off if it is long."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def mask_password(text: str) -> str:
    """The text with the password of any URL in it replaced by asterisks."""
    return _PASSWORD.sub("***", text)
