"""A real store in a temporary folder, with short ways to change it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from feedsvc.domain.model import Channel, Draft, Entry
from feedsvc.store.database import Database
from feedsvc.store.reader import Reader, open_reader
from feedsvc.store.transaction import Ingested
from feedsvc.store.writer import Writer, open_writer
from tests.builders import T0, Clock, drafts, label_plainly, reading


@dataclass
class Desk:
    """A store with hands to change it; `clock` gives the time of each change."""

    path: Path
    writer: Writer
    reader: Reader
    clock: Clock = field(default_factory=Clock)

    async def publish(
        self,
        seed: str,
        *words: tuple[str, str],
        listing: Sequence[Draft] = (),
        rolling: bool = False,
    ) -> Ingested:
        """Take a seed in and end the scan: what stands nowhere any more is withdrawn."""
        stated = (*drafts(*words), *listing)
        async with self.writer.transaction() as transaction:
            outcome = await transaction.accept(
                reading(seed, of=stated), stated, rolling=rolling, now=self.clock.now
            )
            await transaction.withdraw_unseen(now=self.clock.now)
        return outcome

    async def remove(self, *seeds: str) -> int:
        known = {seed.path: seed.id for seed in await self.writer.known_seeds()}
        async with self.writer.transaction() as transaction:
            await transaction.forget([known[seed] for seed in seeds], now=self.clock.now)
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
        """The channels whose revision has grown since."""
        now = await self.revisions()
        assert all(now[path] >= revision for path, revision in before.items())
        return {path for path, revision in now.items() if revision != before.get(path, 0)}


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """An empty store."""
    database = Database(tmp_path / "feedsvc.db")
    async with AsyncExitStack() as stack:
        writer = await stack.enter_async_context(
            open_writer(database, label=label_plainly, now=T0, page_size=5)
        )
        reader = await stack.enter_async_context(open_reader(database))
        yield Desk(path=tmp_path / "feedsvc.db", writer=writer, reader=reader)
