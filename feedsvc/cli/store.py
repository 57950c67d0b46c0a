"""Opens the store for a command."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import click

from feedsvc.cli.setup import CommandError
from feedsvc.domain.classify import Classifier, Vocabulary
from feedsvc.runtime.clock import utc_now
from feedsvc.settings import Settings
from feedsvc.store.database import DatabaseError
from feedsvc.store.lock import hold, writer_lock
from feedsvc.store.reader import Reader, open_reader
from feedsvc.store.writer import Writer, open_writer, refuse_to_label

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's work to its end.

    Raises:
        CommandError: The store cannot be used.
    """
    try:
        return asyncio.run(work)
    except DatabaseError as error:
        raise CommandError(str(error)) from error


def require_database(settings: Settings) -> None:
    """Check that there is a database.

    Raises:
        DatabaseError: There is none.
    """
    if not settings.database.exists():
        raise DatabaseError(
            f"{settings.database}: no database yet; run `feedsvc serve` or `feedsvc ingest`, or "
            "choose another with --database-url or FEEDSVC_DATABASE_URL"
        )


@asynccontextmanager
async def reading(settings: Settings) -> AsyncIterator[Reader]:
    """Open an existing store to read from it."""
    require_database(settings)
    async with open_reader(settings.database) as reader:
        yield reader


@asynccontextmanager
async def changing(
    settings: Settings, vocabulary: Vocabulary | None = None
) -> AsyncIterator[Writer]:
    """Open an existing store to change it; only with a vocabulary can it label."""
    require_database(settings)
    async with writing(settings, vocabulary) as writer:
        yield writer


@asynccontextmanager
async def writing(
    settings: Settings, vocabulary: Vocabulary | None = None
) -> AsyncIterator[Writer]:
    """Open the store once no other process writes; only with a vocabulary can it label."""
    label = Classifier(vocabulary).classify if vocabulary else refuse_to_label
    lock = writer_lock(settings.database)
    if not lock.try_hold():
        click.echo("feedsvc: waiting for the running server to finish its scan", err=True)
    async with (
        hold(lock),
        open_writer(
            settings.database,
            label=label,
            now=utc_now(),
            namespace=settings.initial_namespace,
            page_size=settings.feed_size,
        ) as writer,
    ):
        yield writer
