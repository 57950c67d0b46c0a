"""What the parent and its children tell each other."""

from __future__ import annotations

from dataclasses import dataclass

from feedsvc.services.watch import WatchStatus
from feedsvc.web.metrics.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """From a child: it accepts connections at these addresses."""

    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """From a child: it ends, because the database cannot be used."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """From a child, every second and whenever it changes.

    `overdue` is for how many seconds progress has been expected, as in a `Heartbeat`; `line` is the
    state in one line. `watch` counts scans since the process started.
    """

    overdue: float
    line: str
    watch: WatchStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Reloaded:
    """From a child: it has read its settings again; `reason` says why they cannot be used."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricsRequest:
    """From a child that is asked for the metrics of all processes; it counts its requests."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """To a child, for its request: the metrics of all processes in Prometheus's text format."""

    count: int
    text: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotRequest:
    """To a child: send a snapshot of the metrics as they are now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """From a child: its metrics, `current` if asked for."""

    snapshot: Snapshot
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """To a child: what the watchers of the other processes say, also of those that have ended."""

    watchers: tuple[WatchStatus, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """To a child: the leader may have ended, so try to lead now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptAlsoFor:
    """To a child: accept connections for these processes too, which have ended."""

    numbers: tuple[int, ...]
