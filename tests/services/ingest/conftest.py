"""An empty folder over an empty store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from feedsvc.store.database import Database
from feedsvc.store.reader import open_reader
from feedsvc.store.writer import open_writer
from tests.builders import T0, label_plainly
from tests.services.ingest.harness import IngestHarness


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[IngestHarness]:
    """An empty folder over an empty store."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    database = Database(tmp_path / "feedsvc.db")
    async with AsyncExitStack() as stack:
        writer = await stack.enter_async_context(open_writer(database, label=label_plainly, now=T0))
        reader = await stack.enter_async_context(open_reader(database))
        yield IngestHarness(folder=folder, writer=writer, reader=reader)
