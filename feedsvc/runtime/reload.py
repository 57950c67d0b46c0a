"""Decides which settings a reload applies and which need a restart."""

from __future__ import annotations

import structlog

from feedsvc.settings import Loaded, Settings, Source

# A running service keeps its ports, processes, database and deadline.
FIXED = ("host", "port", "processes", "metrics_port", "database_url", "shutdown_seconds")

log = structlog.get_logger("feedsvc.serve")


def keep_fixed(loaded: Loaded, running: Settings) -> Settings:
    """The new settings, except for those that a running process cannot change."""
    new = loaded.settings
    fixed = {name: getattr(running, name) for name in FIXED}
    changed = [name for name, value in fixed.items() if getattr(new, name) != value]
    if changed:
        log.warning("restart needed", settings=changed)
    if loaded.sources["base_url"] is Source.DEFAULT:
        fixed["base_url"] = running.base_url  # made from host and port
    return new.model_copy(update=fixed)
