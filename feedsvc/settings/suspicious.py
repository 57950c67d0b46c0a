"""Finds settings that are valid but probably a mistake."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from feedsvc.settings.model import Settings
from feedsvc.settings.values import is_loopback


def find_suspicious(settings: Settings) -> tuple[str, ...]:
    """A sentence for each setting that works on this machine and fails elsewhere."""
    return (
        *_check_base_url(settings),
        *_check_port(settings),
        *_check_rate_limit(settings),
    )


def compare_namespace(settings: Settings, stored: UUID) -> tuple[str, ...]:
    """A sentence if the database has another namespace than the settings state."""
    if settings.namespace in {None, stored}:
        return ()
    warning = (
        f"namespace is {settings.namespace} but the database was created with {stored}, which it "
        "keeps so that no ID changes: the setting has no effect; remove it, or set it to "
        f"{stored}"
    )
    return (warning,)


def _check_base_url(settings: Settings) -> tuple[str, ...]:
    public = urlsplit(settings.base_url).hostname or ""
    if is_loopback(settings.host) or not is_loopback(public):
        return ()
    warning = (
        f"host is {settings.host} but base_url is {settings.base_url}: links in feeds and pages "
        "do not work on other machines; set base_url to the public address"
    )
    return (warning,)


def _check_port(settings: Settings) -> tuple[str, ...]:
    if urlsplit(settings.base_url).port != 0:
        return ()
    warning = (
        f"port 0 picks a free port but base_url is {settings.base_url}: links in feeds and pages "
        "do not work; set base_url to the public address"
    )
    return (warning,)


def _check_rate_limit(settings: Settings) -> tuple[str, ...]:
    if not settings.rate_limit or settings.trusted_proxies or not is_loopback(settings.host):
        return ()
    warning = (
        "rate_limit is set, host is a loopback address and trusted_proxies is empty: behind a "
        "proxy all readers share one limit; set trusted_proxies to the proxy's address"
    )
    return (warning,)
