"""What is allowed and most likely not meant."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feedsvc.settings.values import is_loopback

if TYPE_CHECKING:
    from feedsvc.settings.model import Settings


def warn_of(settings: Settings) -> tuple[str, ...]:
    """One sentence for each setting that works here and fails its readers elsewhere."""
    return (
        *_base_url_warnings(settings),
        *_port_warnings(settings),
        *_rate_warnings(settings),
    )


def _base_url_warnings(settings: Settings) -> tuple[str, ...]:
    public = urlsplit(settings.base_url).hostname or ""
    if is_loopback(settings.host) or not is_loopback(public):
        return ()
    warning = (
        f"host is {settings.host}, yet base_url is {settings.base_url}: links in feeds and pages "
        "lead nowhere from other machines; set base_url to the public address"
    )
    return (warning,)


def _port_warnings(settings: Settings) -> tuple[str, ...]:
    if urlsplit(settings.base_url).port != 0:
        return ()
    warning = (
        f"port 0 picks a free one, yet base_url is {settings.base_url}: links in feeds and pages "
        "lead nowhere; set base_url to the public address"
    )
    return (warning,)


def _rate_warnings(settings: Settings) -> tuple[str, ...]:
    if not settings.rate_limit or settings.trusted_proxies or not is_loopback(settings.host):
        return ()
    warning = (
        "rate_limit is on, host is loopback and trusted_proxies is empty: behind a proxy all "
        "readers share one limit; set trusted_proxies to the proxy's address"
    )
    return (warning,)
