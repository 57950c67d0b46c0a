"""A scan as the service does it: alone, after catching up, with signs of life on the way."""

from __future__ import annotations

from feedsvc import __version__
from feedsvc.cli.setup import now
from feedsvc.domain.classify import Vocabulary
from feedsvc.domain.render.feed import Site
from feedsvc.domain.scan import ScanReport
from feedsvc.services.ingest.folder import Folder
from feedsvc.services.ingest.reading import Rules
from feedsvc.services.ingest.scan import Ingest
from feedsvc.services.relabel import relabel
from feedsvc.services.supervise.pulse import Pulse
from feedsvc.settings import Settings
from feedsvc.store.engine import database_path
from feedsvc.store.lock import hold, writer_lock
from feedsvc.store.writer import Writer


class Work:
    """A scan, with the lock that it needs and what has to be caught up with before the first."""

    def __init__(
        self,
        settings: Settings,
        words: Vocabulary,
        writer: Writer,
        *,
        pulse: Pulse,
    ) -> None:
        self._settings = settings
        self._words = words
        self._writer = writer
        self._pulse = pulse
        self._lock = writer_lock(database_path(settings.database_url))
        self._ingest: Ingest | None = None
        # What the bytes of a seed mean: with another meaning, each is read once more.
        self._meaning = f"{words.fingerprint} rolling={settings.rolling}"
        self._stale = False

    async def scan(self) -> ScanReport:
        """Make the store hold what stands in the folder."""
        async with hold(self._lock, waiting=self._pulse.beat):
            if self._ingest is None:
                self._ingest = await self._catch_up()
            report = await self._ingest.scan()
            # Only now: killed on the way, the next process begins it anew.
            if self._stale and not report.unsettled:
                await self._note_meaning()
            return report

    async def _catch_up(self) -> Ingest:
        """Label and present anew what other words or settings labelled and presented."""
        self._stale = await self._writer.vocabulary() != self._meaning
        if self._stale:
            await relabel(self._writer, now=now)
        async with self._writer.transaction() as transaction:
            await transaction.present(_presentation(self._settings), now=now())
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
            now=now,
            reached=lambda _point: self._pulse.beat(),
        )

    async def _note_meaning(self) -> None:
        async with self._writer.transaction() as transaction:
            await transaction.label_with(self._meaning)
        self._stale = False


def site_of(settings: Settings) -> Site:
    """What every document says of the whole."""
    return Site(
        base_url=settings.base_url,
        title=settings.title,
        publisher=settings.publisher,
        language=settings.language,
        rights=settings.rights,
        ttl=settings.ttl,
    )


def _presentation(settings: Settings) -> str:
    """All that documents are rendered with beside what is stored."""
    return f"{__version__} {settings.feed_size} {site_of(settings)}"
