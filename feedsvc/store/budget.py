"""Limits how many steps one query may cost the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

# SQLite counts virtual machine instructions (sqlite3_progress_handler).
STEP = 1_000
STEPS = 20_000


class QueryTooBroadError(Exception):
    """The query takes more steps than one request may cost."""


class Budget:
    """The steps that a connection may still spend; nothing is counted outside `limited`."""

    def __init__(self, steps: int = STEPS) -> None:
        self._steps = steps
        self._left: int | None = None

    def spend(self) -> bool:
        """Spend a thousand instructions (SQLite calls this); true stops the query."""
        if self._left is None:
            return False
        self._left -= 1
        return self._left < 0

    @contextmanager
    def limited(self) -> Iterator[None]:
        """Stop a query in the block that exceeds the budget.

        Raises:
            QueryTooBroadError: The query was stopped.
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
