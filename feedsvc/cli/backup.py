"""`feedsvc backup`: copies the database and verifies the copy, even while the service runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from feedsvc.cli.flags import setting_flags
from feedsvc.cli.setup import CommandError, Setup
from feedsvc.cli.store import require_database
from feedsvc.store.backup import back_up
from feedsvc.store.database import DatabaseError

KIBIBYTE = 1024


@click.command()
@setting_flags("database_url")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def command(setup: Setup, /, file: Path, **flags: Any) -> None:
    """Copy the database to FILE and verify the copy. The service may keep running.

    To restore, stop the service, replace the database with FILE and delete the database's -wal and
    -shm files.
    """
    try:
        settings = setup.load(flags).settings
        require_database(settings)
        made = back_up(settings.database, file)
    except DatabaseError as error:
        raise CommandError(str(error)) from error
    size = -(-made.size // KIBIBYTE)
    entries = "1 entry" if made.entries == 1 else f"{made.entries} entries"
    files = "1 file" if made.seeds == 1 else f"{made.seeds} files"
    click.echo(f"{file}: {entries}, {files}, {size} KiB, verified")
