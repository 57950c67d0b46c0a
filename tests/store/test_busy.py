"""How long the database is kept busy."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedsvc.store.database import Database
from feedsvc.store.reader import open_reader
from feedsvc.store.writer import open_writer, refuse_to_label

NOW = datetime(2026, 3, 1, tzinfo=UTC)


async def test_every_transaction_is_told_however_it_ends(tmp_path: Path) -> None:
    database = Database(tmp_path / "feedsvc.db")
    writing: list[float] = []
    reading: list[float] = []
    async with (
        open_writer(database, label=refuse_to_label, now=NOW, busy=writing.append) as writer,
        open_reader(database, busy=reading.append) as reader,
    ):
        await writer.known_seeds()
        with pytest.raises(asyncio.CancelledError):
            async with writer.transaction():
                raise asyncio.CancelledError
        await reader.status()
        await reader.seeds()
    assert (len(writing), len(reading)) == (2, 2)
    assert min(*writing, *reading) > 0
