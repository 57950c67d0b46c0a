"""What holds for every test: how long an example may take, and that fast tests come first."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says more of the machine than of the code.
settings.register_profile("feedsvc", deadline=None)
settings.load_profile("feedsvc")

# The rest starts processes, browsers, readers, machines, in this order.
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
    """Sort by how long a folder's tests take; within a folder the order stays."""
    here = Path(__file__).parent

    def rank(item: pytest.Item) -> int:
        folder = item.path.relative_to(here).parts[0]
        return SLOW.index(folder) + 1 if folder in SLOW else 0

    items.sort(key=rank)
