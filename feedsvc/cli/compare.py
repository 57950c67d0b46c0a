"""Compares files with what is published, for `feedsvc check --diff`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager

from feedsvc.cli.diff import Compare
from feedsvc.cli.setup import CommandError
from feedsvc.cli.store import reading
from feedsvc.domain.difference import Difference, list_differences
from feedsvc.services.ingest.read import AcceptedSeed
from feedsvc.settings import Settings
from feedsvc.store.database import DatabaseError


@contextmanager
def comparing(settings: Settings) -> Iterator[Compare]:
    """Open the store to compare files with it.

    Raises:
        CommandError: The store cannot be used.
    """
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        try:
            reader = runner.run(stack.enter_async_context(reading(settings)))

            def compare(seed: AcceptedSeed) -> tuple[Difference, ...]:
                found = runner.run(reader.compare(seed.reading.path, seed.drafts))
                return list_differences(found.outcome, found.entries, rolling=seed.rolling)

            yield compare
        except DatabaseError as error:
            raise CommandError(str(error)) from error
        finally:
            runner.run(stack.aclose())
