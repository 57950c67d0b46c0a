"""What stands after the flag of a setting in the help: the kind of value that it takes."""

from __future__ import annotations

from feedsvc.settings import LogFormat, LogLevel

YES_OR_NO = "true|false"

METAVARS = {
    "seeds_dir": "FOLDER",
    "database_url": "URL",
    "host": "ADDRESS",
    "port": "PORT",
    "base_url": "URL",
    "title": "TEXT",
    "publisher": "TEXT",
    "language": "TAG",
    "rights": "TEXT",
    "feed_size": "COUNT",
    "ttl": "MINUTES",
    "max_age": "SECONDS",
    "stale_while_revalidate": "SECONDS",
    "stale_if_error": "SECONDS",
    "cache_bytes": "SIZE",
    "max_seed_bytes": "SIZE",
    "rolling": YES_OR_NO,
    "timezone": "ZONE",
    "poll": YES_OR_NO,
    "settle_seconds": "SECONDS",
    "rescan_seconds": "SECONDS",
    "taxonomy_dir": "FOLDER",
    "show_file_names": YES_OR_NO,
    "metrics_port": "PORT",
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
