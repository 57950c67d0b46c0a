"""Gives each step of a transaction its time and numbers, from the store's one clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What the changes of one step are stamped with.

    `time` is in Unix seconds and never goes back; `ingest` and `revision` grow with every stamp.
    New ids are made in `namespace`, which is the same for every stamp of a store.
    """

    time: int
    ingest: int
    revision: int
    namespace: UUID


@dataclass(slots=True)
class Stamps:
    """The stamps that follow the last one."""

    last: Stamp

    def next(self, now: datetime) -> Stamp:
        """Stamp with `now`, or with a second after the last stamp if `now` is before that.

        If the time stood still, a channel could change and keep its Last-Modified.
        """
        seconds = int(now.timestamp())
        last = self.last
        self.last = Stamp(
            time=last.time + 1 if last.time > seconds else seconds,
            ingest=last.ingest + 1,
            revision=last.revision + 1,
            namespace=last.namespace,
        )
        return self.last
