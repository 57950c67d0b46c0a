"""Waits for something that happens in another task."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

PATIENCE_SECONDS = 120.0


async def until(happened: Callable[[], object], *, what: str) -> None:
    """Wait until a condition is true.

    Raises:
        AssertionError: It did not become true in time.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < end, f"waited in vain until {what}"
        await asyncio.sleep(0.02)
