"""Counts the processors that this process may use."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path

_CGROUPS = Path("/sys/fs/cgroup")
_OWN_CGROUP = Path("/proc/self/cgroup")


def count_usable_cores(*, cgroups: Path = _CGROUPS, own: Path = _OWN_CGROUP) -> int:
    """The processors of its affinity, or fewer if control groups limit its time; at least 1.

    A limit of one and a half processors counts as two: one process could not use all of it.
    """
    most = len(os.sched_getaffinity(0))
    return max(1, min([most, *(math.ceil(limit) for limit in _find_limits(cgroups, own))]))


def _find_limits(cgroups: Path, own: Path) -> Iterator[float]:
    """The limits of this process's group and all above it (cgroups(7)), in processors."""
    for line in _read(own).splitlines():
        _, controllers, path = line.split(":", 2)
        if not controllers:
            for group in _list_groups(cgroups, path):
                yield from _parse_limit(_read(group / "cpu.max").split())
        elif "cpu" in controllers.split(","):
            for group in _list_groups(cgroups / "cpu", path):
                names = ("cpu.cfs_quota_us", "cpu.cfs_period_us")
                yield from _parse_limit([_read(group / name).strip() for name in names])


def _list_groups(root: Path, path: str) -> Iterator[Path]:
    group = root / path.strip("/")
    yield group
    while group != root:
        group = group.parent
        yield group


def _parse_limit(words: list[str]) -> Iterator[float]:
    """Microseconds in each period; none for `max` (version 2), -1 (version 1) or no file."""
    match words:
        case [quota, period] if quota.isdecimal() and period.isdecimal() and int(period):
            yield int(quota) / int(period)


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""
