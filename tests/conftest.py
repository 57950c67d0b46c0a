"""Applies to every test: no deadline for examples, and fast tests come first."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# Deadlines would test the machine, not the code.
settings.register_profile("feedsvc", deadline=None)
settings.load_profile("feedsvc")

# These start processes, browsers, readers and machines; they run last, in this order.
SLOW = (
    "cli",
    "web",
    "runtime",
    "packaging",
    "end_to_end",
    "readers",
    "browser",
    "faults",
    "deploy",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort folders by how long their tests take; keep the order within a folder."""
    here = Path(__file__).parent

    def rank(item: pytest.Item) -> int:
        folder = item.path.relative_to(here).parts[0]
        return SLOW.index(folder) + 1 if folder in SLOW else 0

    items.sort(key=rank)
