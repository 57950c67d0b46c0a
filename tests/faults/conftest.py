"""Faults are real ones: processes killed, disks filled, folders taken away."""

from __future__ import annotations

import pytest
from hypothesis import settings

# `make fuzz`: minutes instead of seconds.
settings.register_profile("fuzz", deadline=None, max_examples=20_000)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes many seconds")
