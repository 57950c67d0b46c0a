"""The faults are real: processes are killed, disks filled, folders taken away.

Tests that take minutes are skipped unless they are asked for: `pytest -m slow`.
"""

from __future__ import annotations

import pytest
from hypothesis import settings

# `make fuzz`: minutes instead of seconds.
settings.register_profile("fuzz", deadline=None, max_examples=20_000)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "slow" in config.getoption("markexpr"):
        return
    skip = pytest.mark.skip(reason="takes minutes; run `make soak`")
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(skip)
