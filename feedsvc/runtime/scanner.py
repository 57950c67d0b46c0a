"""Scans the folder for the service: takes the lock, catches up first, reports progress."""

from __future__ import annotations

from collections.abc import Callable

from feedsvc import __version__
from feedsvc.domain.classify import Vocabulary
from feedsvc.domain.render.feed import Site
from feedsvc.domain.scan import ScanReport
from feedsvc.runtime.clock import utc_now
from feedsvc.runtime.heartbeat import Heartbeat
from feedsvc.runtime.provenance import provenance_from
from feedsvc.runtime.rules import rules_from
from feedsvc.services.ingest.examine import ReadElsewhere
from feedsvc.services.ingest.folder import Folder
from feedsvc.services.ingest.scan import Ingester
from feedsvc.services.ingest.state import Checkpoint
from feedsvc.services.relabel import (
    mix_provenance,
    relabel,
    store_provenance,
    stored_provenance,
)
from feedsvc.settings import Settings
from feedsvc.store.lock import hold, writer_lock
from feedsvc.store.writer import Writer

# An upload stalls for much longer than an editor takes to write a file.
HOLD_FACTOR = 20
# Checkpoints up to which everything is committed.
_COMMITTED = frozenset({Checkpoint.COMMITTED, Checkpoint.ENDED})


class Scanner:
    """Scans one folder into one store, alone among all processes that write there.

    The first scan relabels what another vocabulary labelled, and notes what documents show.
    `committed` is called after each commit.
    """

    def __init__(
        self,
        settings: Settings,
        vocabulary: Vocabulary,
        writer: Writer,
        *,
        heartbeat: Heartbeat,
        read_elsewhere: ReadElsewhere | None = None,
        committed: Callable[[], None] = lambda: None,
    ) -> None:
        self._settings = settings
        self._vocabulary = vocabulary
        self._writer = writer
        self._heartbeat = heartbeat
        self._read_elsewhere = read_elsewhere
        self._committed = committed
        self._lock = writer_lock(settings.database)
        self._ingest: Ingester | None = None
        self._provenance = provenance_from(settings, vocabulary)
        self._stale = False

    async def scan(self) -> ScanReport:
        """Bring the store up to date with the folder."""
        async with hold(self._lock, waiting=self._heartbeat.beat):
            if self._ingest is None:
                self._ingest = await self._catch_up()
            report = await self._ingest.scan()
            if self._stale and not report.unsettled:
                # Only now: if the process is killed before, the next one starts over.
                await store_provenance(self._writer, self._provenance)
                self._stale = False
            elif report.accepted:
                # `feedsvc relabel` or `ingest` may have run meanwhile, with another vocabulary.
                await mix_provenance(self._writer, self._provenance)
            return report

    async def _catch_up(self) -> Ingester:
        before = await stored_provenance(self._writer)
        self._stale = before != self._provenance
        if before.labels != self._provenance.labels:
            await relabel(self._writer, self._provenance.labels, now=utc_now)
        async with self._writer.transaction() as transaction:
            await transaction.set_presentation(presentation_of(self._settings), now=utc_now())
        return Ingester(
            self._writer,
            Folder(root=self._settings.seeds_dir.absolute()),
            rules_from(self._settings, self._vocabulary.taxonomy),
            settle=self._settings.settle_seconds,
            hold=self._settings.settle_seconds * HOLD_FACTOR,
            reread=self._stale,
            now=utc_now,
            read_elsewhere=self._read_elsewhere,
            reached=self._reached,
        )

    def _reached(self, checkpoint: Checkpoint) -> None:
        self._heartbeat.beat()
        if checkpoint in _COMMITTED:
            self._committed()


def site_from(settings: Settings) -> Site:
    """What every document says about the site."""
    return Site(
        base_url=settings.base_url,
        title=settings.title,
        publisher=settings.publisher,
        language=settings.language,
        rights=settings.rights,
        ttl=settings.ttl,
    )


def presentation_of(settings: Settings) -> str:
    """Everything documents are rendered with, apart from what is stored."""
    return f"{__version__} {settings.feed_size} {site_from(settings)}"
