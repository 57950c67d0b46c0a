"""The named points that a scan passes, so that it can be seen, or stopped, at each of them."""

from __future__ import annotations

from enum import StrEnum


class Point(StrEnum):
    """Where a scan stands; until `COMMITTED`, `REMOVED` and `ENDED` nothing of a step is kept."""

    LISTED = "the folder is listed"
    READ = "a seed is read"
    WRITTEN = "a seed is written, not yet committed"
    COMMITTED = "some seeds are committed"
    REMOVING = "removals begin"
    REMOVED = "removals are written, not yet committed"
    ENDED = "the scan is over"
