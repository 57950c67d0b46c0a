"""A real folder that is scanned into a real store, by clocks that the test sets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path

from feedsvc.domain.model import Channel, Entry
from feedsvc.domain.scan import ScanReport
from feedsvc.services.ingest.folder import Folder
from feedsvc.services.ingest.read import SeedRules
from feedsvc.services.ingest.scan import Ingester
from feedsvc.store.reader import Reader
from feedsvc.store.records import SeedState
from feedsvc.store.writer import Writer
from tests.builders import TAXONOMY, Clock

SETTLE = 0.5


@dataclass
class IngestHarness:
    """A folder, the store that it is scanned into, and the ingester; the test sets the time.

    The files are newer than `clock` says, so that only `tick` makes them stable.
    """

    folder: Path
    writer: Writer
    reader: Reader
    clock: Clock = field(default_factory=Clock)
    tick: float = 0.0
    max_bytes: int = 100_000
    rolling: bool = False
    hold: float = 0.0
    max_teaser_chars: int = 5_000
    ingester: Ingester = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self, *, reread: bool = False, within: Path | None = None) -> None:
        """Start a new ingester, as a new process does: only the store and the disk remain."""
        self.ingester = Ingester(
            self.writer,
            Folder(root=self.folder, within=within),
            SeedRules(
                taxonomy=TAXONOMY,
                zone=UTC,
                max_bytes=self.max_bytes,
                rolling=self.rolling,
                max_teaser_chars=self.max_teaser_chars,
            ),
            settle=SETTLE,
            hold=self.hold,
            reread=reread,
            now=self.clock,
            tick=lambda: self.tick,
        )

    def write(self, name: str, *stories: tuple[str, str] | str) -> Path:
        """Write a listing of titles and teasers, or of untitled teasers."""
        blocks = [story if isinstance(story, str) else "\n\n".join(story) for story in stories]
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n\n".join(blocks) + "\n")
        return file

    async def scan(self) -> ScanReport:
        return await self.ingester.scan()

    async def settle(self) -> ScanReport:
        """Scan until nothing is changing any more, as the watcher does."""
        for _ in range(100):
            report = await self.scan()
            self.tick += SETTLE
            self.clock.forward(1)
            if not report.unsettled:
                return report
        raise AssertionError("files keep changing")

    async def entries(self) -> tuple[Entry, ...]:
        return (await self.reader.recent(Channel(), limit=10_000)).entries

    async def titles(self) -> list[str]:
        return sorted(one.headline for one in await self.entries())

    async def seeds(self) -> dict[str, SeedState]:
        return {seed.path: seed for seed in await self.reader.seeds()}

    async def sightings(self) -> set[tuple[str, int, str]]:
        """Every sighting: which seed, at which ordinal, of which entry."""
        found = set()
        for entry in await self.entries():
            detail = await self.reader.entry(entry.id)
            assert detail is not None
            found |= {(one.seed, one.ordinal, str(entry.id)) for one in detail.sightings}
        return found
