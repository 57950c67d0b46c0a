"""Counts what a scan has done so far, and logs how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from feedsvc.services.ingest.examine import ExaminedSeed, MovingSeed, UnchangedSeed
from feedsvc.services.ingest.read import AcceptedSeed, RejectedSeed

# A scan that is done sooner says what it did, and not how far it was.
REPORT_SECONDS = 10.0

log = structlog.get_logger("feedsvc.ingest")


@dataclass(slots=True, kw_only=True)
class ScanCounts:
    """What a scan has done of `files`, since `began`; the files themselves are not kept.

    `found` are the paths that missing seeds had before they were found under another one. `news` is
    whether the store had to learn something.
    """

    files: int
    began: float
    done: int = 0
    accepted: int = 0
    rejected: int = 0
    entries: int = 0
    moving: int = 0
    news: bool = False
    found: set[str] = field(default_factory=set)
    _reported: float | None = None

    def add(self, examined: Sequence[ExaminedSeed], *, tick: float) -> None:
        """Count a batch that is written, and log how far the scan is, every ten seconds."""
        for one in examined:
            self._add(one)
        since = self.began if self._reported is None else self._reported
        if tick - since >= REPORT_SECONDS and self.done < self.files:
            self._reported = tick
            speed = self.done / (tick - self.began)
            log.info(
                "scan in progress",
                done=self.done,
                files=self.files,
                entries=self.entries,
                entries_per_second=round(self.entries / (tick - self.began)),
                seconds_left=round((self.files - self.done) / speed),
            )

    def _add(self, one: ExaminedSeed) -> None:
        self.done += 1
        match one:
            case MovingSeed():
                self.moving += 1
            case UnchangedSeed():
                self.news = self.news or not one.is_recorded
                if one.known.path != one.seed.path:
                    self.found.add(one.known.path)
            case AcceptedSeed():
                self.news = True
                self.accepted += 1
                self.entries += len(one.drafts)
            case RejectedSeed():
                self.news = True
                self.rejected += 1
