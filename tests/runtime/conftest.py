"""Settings over a folder and a database of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from feedsvc.domain.classify import Vocabulary
from feedsvc.services.vocabulary import load_vocabulary
from feedsvc.settings import Settings

LISTING = """\
Tram drivers in Kazakhstan go on strike

The union in Almaty asks for shorter shifts and better pay for every driver.

A late frost spares the orchards

Growers in Portugal lit small fires between the rows through two cold nights.
"""


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture
def make_settings(tmp_path: Path) -> Callable[..., Settings]:
    """Settings for a folder that contains one listing of two entries."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text(LISTING)

    def make(**changes: Any) -> Settings:
        plain = {
            "seeds_dir": seeds,
            "database_url": f"sqlite+aiosqlite:///{tmp_path / 'feedsvc.db'}",
            "settle_seconds": 0,
            "rescan_seconds": 0.1,
        }
        return Settings(**plain | changes)

    return make


async def wait_for(happened: Callable[[], bool]) -> None:
    """Wait until a condition is true."""
    async with asyncio.timeout(60):
        while not happened():  # noqa: ASYNC110 - conditions have no event
            await asyncio.sleep(0.01)
