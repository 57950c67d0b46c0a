"""Bounds how many steps one question may cost the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

# SQLite counts virtual machine instructions (sqlite3_progress_handler).
STEP = 1_000
STEPS = 20_000


class QueryTooBroadError(Exception):
    """The answer takes more steps than one request may cost."""


class Budget:
    """What is left to spend on one connection; without a limit, nothing is counted."""

    def __init__(self, steps: int = STEPS) -> None:
        self._steps = steps
        self._left: int | None = None

    def spend(self) -> bool:
        """Called by SQLite every thousand instructions; true stops it."""
        if self._left is None:
            return False
        self._left -= 1
        return self._left < 0

    @contextmanager
    def limited(self) -> Iterator[None]:
        """Stop what takes more steps in the block.

        Raises:
            QueryTooBroadError: It was stopped.
        """
        self._left = self._steps
        try:
            yield
        except OperationalError as error:
            if self._left < 0:
                raise QueryTooBroadError from error
            raise
        finally:
            self._left = None
