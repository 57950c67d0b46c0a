from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.store.harness import StoreHarness, open_store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[StoreHarness]:
    """An empty store."""
    async with open_store(tmp_path) as harness:
        yield harness
