"""Scans the folder for the service: takes the lock, catches up first, reports progress."""

from __future__ import annotations

from feedsvc import __version__
from feedsvc.domain.classify import Vocabulary
from feedsvc.domain.render.feed import Site
from feedsvc.domain.scan import ScanReport
from feedsvc.runtime.clock import utc_now
from feedsvc.runtime.heartbeat import Heartbeat
from feedsvc.services.ingest.folder import Folder
from feedsvc.services.ingest.reading import Rules
from feedsvc.services.ingest.scan import Ingest
from feedsvc.services.relabel import relabel
from feedsvc.settings import Settings
from feedsvc.store.engine import database_path
from feedsvc.store.lock import hold, writer_lock
from feedsvc.store.writer import Writer


class Scanner:
    """Scans one folder into one store, alone among all processes that write there.

    The first scan relabels what another vocabulary labelled, and notes what documents show.
    """

    def __init__(
        self,
        settings: Settings,
        words: Vocabulary,
        writer: Writer,
        *,
        heartbeat: Heartbeat,
    ) -> None:
        self._settings = settings
        self._words = words
        self._writer = writer
        self._heartbeat = heartbeat
        self._lock = writer_lock(database_path(settings.database_url))
        self._ingest: Ingest | None = None
        # What the bytes of a seed mean: when this changes, each is read again.
        self._meaning = f"{words.fingerprint} rolling={settings.rolling}"
        self._stale = False

    async def scan(self) -> ScanReport:
        """Make the store hold what is in the folder."""
        async with hold(self._lock, waiting=self._heartbeat.beat):
            if self._ingest is None:
                self._ingest = await self._catch_up()
            report = await self._ingest.scan()
            # Only now: if the process is killed before, the next one starts over.
            if self._stale and not report.unsettled:
                await self._note_meaning()
            return report

    async def _catch_up(self) -> Ingest:
        self._stale = await self._writer.vocabulary() != self._meaning
        if self._stale:
            await relabel(self._writer, now=utc_now)
        async with self._writer.transaction() as transaction:
            await transaction.present(_presentation(self._settings), now=utc_now())
        return Ingest(
            self._writer,
            Folder(root=self._settings.seeds_dir.absolute()),
            Rules(
                taxonomy=self._words.taxonomy,
                zone=self._settings.timezone,
                max_bytes=self._settings.max_seed_bytes,
                rolling=self._settings.rolling,
            ),
            settle=self._settings.settle_seconds,
            stale=self._stale,
            now=utc_now,
            reached=lambda _checkpoint: self._heartbeat.beat(),
        )

    async def _note_meaning(self) -> None:
        async with self._writer.transaction() as transaction:
            await transaction.label_with(self._meaning)
        self._stale = False


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


def _presentation(settings: Settings) -> str:
    """Everything documents are rendered with, apart from what is stored."""
    return f"{__version__} {settings.feed_size} {site_from(settings)}"
