"""A real store in a temporary folder, with short ways to change and read it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from feedsvc.domain.model import Channel, Draft, Entry
from feedsvc.store.database import Database
from feedsvc.store.entries import Labeller
from feedsvc.store.reader import Reader, open_reader
from feedsvc.store.transaction import Ingested
from feedsvc.store.writer import Writer, open_writer
from tests.builders import T0, Clock, drafts, label_plainly, reading
from tests.waiting import PATIENCE_SECONDS


@dataclass
class StoreHarness:
    """A store and short ways to change and read it; `clock` gives the time of each change."""

    database: Database
    writer: Writer
    reader: Reader
    clock: Clock = field(default_factory=Clock)

    @property
    def path(self) -> Path:
        """The database's file."""
        return self.database.path

    async def publish(
        self,
        seed: str,
        *words: tuple[str, str],
        listing: Sequence[Draft] = (),
        rolling: bool = False,
    ) -> Ingested:
        """Accept a seed and end the scan: entries in no seed any more are withdrawn."""
        stated = (*drafts(*words), *listing)
        async with self.writer.transaction() as transaction:
            outcome = await transaction.accept(
                reading(seed, of=stated), stated, rolling=rolling, now=self.clock.now
            )
            await transaction.withdraw_unseen(now=self.clock.now)
        return outcome

    async def remove(self, *seeds: str) -> int:
        """Remove seeds and end the scan."""
        known = {seed.path: seed.id for seed in await self.writer.known_seeds()}
        async with self.writer.transaction() as transaction:
            await transaction.remove_seeds([known[seed] for seed in seeds], now=self.clock.now)
            return await transaction.withdraw_unseen(now=self.clock.now)

    async def entries(self, channel: str = "all") -> tuple[Entry, ...]:
        recent = await self.reader.recent(Channel.parse(channel), limit=1000)
        return recent.entries

    async def entry(self, title: str) -> Entry:
        (found,) = [one for one in await self.entries() if one.stated.title == title]
        return found

    async def revisions(self) -> dict[str, int]:
        return {state.channel.path: state.revision for state in await self.reader.changes(0)}

    async def changed(self) -> dict[str, datetime]:
        return {state.channel.path: state.changed for state in await self.reader.changes(0)}

    async def raised(self, before: dict[str, int]) -> set[str]:
        """The channels whose revision has grown since `before`."""
        now = await self.revisions()
        assert all(now[path] >= revision for path, revision in before.items())
        return {path for path, revision in now.items() if revision != before.get(path, 0)}


@asynccontextmanager
async def open_store(
    folder: Path,
    *,
    label: Labeller = label_plainly,
    page_size: int = 5,
    seconds: float = PATIENCE_SECONDS,
) -> AsyncIterator[StoreHarness]:
    """A store in `feedsvc.db` in a folder."""
    database = Database(folder / "feedsvc.db")
    async with (
        open_writer(database, label=label, now=T0, page_size=page_size) as writer,
        open_reader(database, seconds=seconds) as reader,
    ):
        yield StoreHarness(database=database, writer=writer, reader=reader)
