"""A real folder and a real store, scanned by a clock that the test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path

import pytest

from feedsvc.domain.model import Channel, Entry
from feedsvc.domain.scan import ScanReport
from feedsvc.services.ingest.folder import Folder
from feedsvc.services.ingest.read import SeedRules
from feedsvc.services.ingest.scan import Ingester
from feedsvc.store.reader import Reader, open_reader
from feedsvc.store.records import SeedState
from feedsvc.store.writer import Writer, open_writer
from tests.builders import T0, TAXONOMY, Clock, label_plainly

SETTLE = 0.5


@dataclass
class Bench:
    """A folder, the store that it is scanned into, and the scanner; times are the test's.

    The files' own times lie after the clock's: only `tick` settles them.
    """

    folder: Path
    writer: Writer
    reader: Reader
    clock: Clock = field(default_factory=Clock)
    tick: float = 0.0
    max_bytes: int = 100_000
    rolling: bool = False
    ingest: Ingester = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self, *, reread: bool = False, within: Path | None = None) -> None:
        """Forget all but the store and the disk, as a new process does."""
        self.ingest = Ingester(
            self.writer,
            Folder(root=self.folder, within=within),
            SeedRules(taxonomy=TAXONOMY, zone=UTC, max_bytes=self.max_bytes, rolling=self.rolling),
            settle=SETTLE,
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
        return await self.ingest.scan()

    async def settle(self) -> ScanReport:
        """Scan until nothing moves any more, as the watcher does."""
        for _ in range(100):
            report = await self.scan()
            self.tick += SETTLE
            self.clock.forward(1)
            if not report.unsettled:
                return report
        raise AssertionError("the folder never settles")

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


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    """An empty folder over an empty store."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    url = f"sqlite+aiosqlite:///{tmp_path}/feedsvc.db"
    async with AsyncExitStack() as stack:
        writer = await stack.enter_async_context(open_writer(url, label=label_plainly, now=T0))
        reader = await stack.enter_async_context(open_reader(url))
        yield Bench(folder=folder, writer=writer, reader=reader)
