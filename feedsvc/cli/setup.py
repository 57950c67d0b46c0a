"""Settings, vocabulary and store, made ready for a command."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from feedsvc.cli.metavars import METAVARS
from feedsvc.cli.table import printable
from feedsvc.runtime.clock import utc_now
from feedsvc.settings import Loaded, Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from feedsvc.domain.classify import Vocabulary
    from feedsvc.store.reader import Reader
    from feedsvc.store.settling import Labeller
    from feedsvc.store.writer import Writer

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setup:
    """Where a command finds what it works with."""

    config: Path | None = None

    def read(self, flags: dict[str, Any]) -> Loaded:
        """Read the settings in force; flags come first.

        Raises:
            SettingsError: They cannot be used.
        """
        return read_settings(environ=os.environ, flags=flags, config=self.config)

    def load(self, flags: dict[str, Any]) -> Loaded:
        """Read the settings in force, for a command that ends if they cannot be used."""
        try:
            return self.read(flags)
        except SettingsError as error:
            raise Refusal(str(error)) from error


class Refusal(click.ClickException):
    """What cannot be done as asked: `feedsvc: …` on standard error, exit status 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Print each line with the program's name before it."""
        for line in self.message.split("\n"):
            click.echo(f"feedsvc: {printable(line)}", err=True, file=file)


def setting_flags(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command a flag for each of these settings; without names, for all."""

    def add(function: Callable[..., None]) -> Callable[..., None]:
        for name in reversed(names or tuple(Settings.model_fields)):
            help_text = Settings.model_fields[name].description
            flag = f"--{name.replace('_', '-')}"
            option = click.option(flag, name, metavar=METAVARS[name], help=help_text)
            function = option(function)
        return function

    return add


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's work; an error of the store becomes a `Refusal`."""
    from feedsvc.store.engine import DatabaseError

    try:
        return asyncio.run(work)
    except DatabaseError as error:
        raise Refusal(str(error)) from error


def load_words(settings: Settings) -> Vocabulary:
    """The vocabulary in force."""
    from feedsvc.domain.classify import VocabularyError
    from feedsvc.services.vocabulary import load_vocabulary

    try:
        return load_vocabulary(settings.taxonomy_dir)
    except VocabularyError as error:
        raise Refusal(str(error)) from error


def labeller(words: Vocabulary) -> Labeller:
    """What labels statements by a vocabulary."""
    from feedsvc.domain.classify import Classifier

    return Classifier(words).classify


def expect_database(settings: Settings) -> None:
    """Refuse to go on where nothing has been stored yet.

    Raises:
        DatabaseError: There is no database.
    """
    from feedsvc.store.engine import DatabaseError, database_path

    path = database_path(settings.database_url)
    if not os.path.exists(path):  # noqa: PTH110 - pathlib's raises where a folder is shut
        raise DatabaseError(
            f"{path}: no database yet: run `feedsvc serve` or `feedsvc ingest`, or choose another "
            "with --database-url or FEEDSVC_DATABASE_URL"
        )


@asynccontextmanager
async def reading(settings: Settings) -> AsyncIterator[Reader]:
    """The store, to read from."""
    from feedsvc.store.reader import open_reader

    expect_database(settings)
    async with open_reader(settings.database_url) as reader:
        yield reader


@asynccontextmanager
async def changing(settings: Settings, words: Vocabulary | None = None) -> AsyncIterator[Writer]:
    """A store that is there already, to change what is in it; with words it can label, too."""
    expect_database(settings)
    async with writing(settings, words) as writer:
        yield writer


@asynccontextmanager
async def writing(settings: Settings, words: Vocabulary | None = None) -> AsyncIterator[Writer]:
    """The store, to write to, once no other process does; with words it can label, too."""
    from feedsvc.store.engine import database_path
    from feedsvc.store.lock import hold, writer_lock
    from feedsvc.store.writer import open_writer, refuse_to_label

    label = refuse_to_label if words is None else labeller(words)
    lock = writer_lock(database_path(settings.database_url))
    if not lock.try_hold():
        click.echo("feedsvc: waiting for the running service to end its scan", err=True)
    async with (
        hold(lock),
        open_writer(
            settings.database_url, label=label, now=utc_now(), page_size=settings.feed_size
        ) as writer,
    ):
        yield writer
