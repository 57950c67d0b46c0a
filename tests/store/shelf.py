"""A real store in a file, filled seed by seed with drafts that state their labels."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from feedsvc.domain.model import Draft, Stated
from feedsvc.store.budget import STEPS
from feedsvc.store.database import Database
from feedsvc.store.reader import Reader, open_reader
from feedsvc.store.records import SeedReading
from feedsvc.store.transaction import Ingested
from feedsvc.store.writer import Writer, open_writer
from tests.builders import label_as_stated

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def draft(ordinal: int, title: str, text: str = "", **stated: tuple[str, ...]) -> Draft:
    said = Stated(title=title, text=text, **stated)  # type: ignore[arg-type]
    return Draft(ordinal=ordinal, line=ordinal, stated=said)


@dataclass
class Shelf:
    """A store with a clock that ticks a second a seed."""

    writer: Writer
    reader: Reader
    now: datetime = START

    async def put(self, path: str, drafts: Sequence[Draft], *, rolling: bool = False) -> Ingested:
        """Take a seed in, and withdraw what it does not state any more."""
        self.now += timedelta(seconds=1)
        digest = sha256(repr(drafts).encode()).digest()
        reading = SeedReading(path=path, hash=digest, size=1, mtime=1, encoding="utf-8")
        async with self.writer.transaction() as transaction:
            done = await transaction.accept(reading, drafts, rolling=rolling, now=self.now)
            await transaction.withdraw_unseen(now=self.now)
        return done

    async def remove(self, path: str) -> None:
        """Forget a seed, and withdraw what it alone stated."""
        self.now += timedelta(seconds=1)
        known = {seed.path: seed.id for seed in await self.writer.known_seeds()}
        async with self.writer.transaction() as transaction:
            await transaction.forget([known[path]], now=self.now)
            await transaction.withdraw_unseen(now=self.now)


@asynccontextmanager
async def open_shelf(
    folder: Path, *, page_size: int = 50, steps: int = STEPS
) -> AsyncIterator[Shelf]:
    """A shelf over `feedsvc.db` in a folder."""
    database = Database(folder / "feedsvc.db")
    async with (
        open_writer(database, label=label_as_stated, now=START, page_size=page_size) as writer,
        open_reader(database, steps=steps) as reader,
    ):
        yield Shelf(writer=writer, reader=reader)
