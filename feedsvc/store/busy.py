"""Times how long the database is kept busy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Hears the seconds of every transaction, the wait for its lock or connection included.
Busy = Callable[[float], None]


def unheard(_seconds: float) -> None:
    """Where nobody wants to know."""


@contextmanager
def timed(busy: Busy) -> Iterator[None]:
    """Tell how long the block took, however it ends."""
    began = time.perf_counter()
    try:
        yield
    finally:
        busy(time.perf_counter() - began)
