"""Skips tests that need root and real machinery unless they are asked for: `pytest -m deploy`."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "deploy" in config.getoption("markexpr"):
        return
    unasked = pytest.mark.skip(reason="deployment is tested by `make test-deploy`")
    for item in items:
        if HERE in item.path.parents and item.get_closest_marker("deploy"):
            item.add_marker(unasked)
