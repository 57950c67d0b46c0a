"""Adds flags for settings to a command."""

from __future__ import annotations

from collections.abc import Callable

import click

from feedsvc.settings import LogFormat, LogLevel, Settings

YES_OR_NO = "true|false"

# Settings that decide what the bytes of a file mean.
READING = (
    "timezone",
    "max_seed_bytes",
    "rolling",
    "day_first",
    "verbatim",
    "teaser_only",
    "max_teaser_chars",
    "table_columns",
    "html_selectors",
)

# The kind of value each flag takes, shown after it in --help.
METAVARS = {
    "seeds_dir": "FOLDER",
    "database_url": "URL",
    "host": "ADDRESS",
    "port": "PORT",
    "base_url": "URL",
    "namespace": "UUID",
    "title": "TEXT",
    "publisher": "TEXT",
    "language": "TAG",
    "rights": "TEXT",
    "feed_size": "COUNT",
    "ttl": "MINUTES",
    "processes": "COUNT|auto",
    "max_age": "SECONDS",
    "stale_while_revalidate": "SECONDS",
    "stale_if_error": "SECONDS",
    "cache_bytes": "SIZE",
    "max_seed_bytes": "SIZE",
    "rolling": YES_OR_NO,
    "timezone": "ZONE",
    "day_first": YES_OR_NO,
    "verbatim": YES_OR_NO,
    "teaser_only": YES_OR_NO,
    "max_teaser_chars": "COUNT",
    "table_columns": "JSON",
    "html_selectors": "JSON",
    "poll": YES_OR_NO,
    "settle_seconds": "SECONDS",
    "rescan_seconds": "SECONDS",
    "taxonomy_dir": "FOLDER",
    "show_file_names": YES_OR_NO,
    "metrics_port": "PORT",
    "query_seconds": "SECONDS",
    "rate_limit": "RATE",
    "rate_burst": "COUNT",
    "trusted_proxies": "NETWORKS",
    "idle_seconds": "SECONDS",
    "header_seconds": "SECONDS",
    "max_connections": "COUNT",
    "shutdown_seconds": "SECONDS",
    "log_level": "|".join(LogLevel),
    "log_format": "|".join(LogFormat),
}


def setting_flags(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command a flag for each of these settings; without names, for all of them."""

    def add(function: Callable[..., None]) -> Callable[..., None]:
        for name in reversed(names or tuple(Settings.model_fields)):
            help_text = Settings.model_fields[name].description
            flag = f"--{name.replace('_', '-')}"
            option = click.option(flag, name, metavar=METAVARS[name], help=help_text)
            function = option(function)
        return function

    return add
