"""`feedsvc backup`: a verified copy of the database, while the service runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from feedsvc.cli.setup import Refusal, Setup, expect_database, setting_flags

KIBIBYTE = 1024


@click.command()
@setting_flags("database_url")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def command(setup: Setup, /, file: Path, **flags: Any) -> None:
    """Copy the database to FILE, consistent and verified, while the service runs.

    To restore: stop the service, put FILE in the database's place, remove its -wal and -shm.
    """
    from feedsvc.store.backup import back_up
    from feedsvc.store.engine import DatabaseError, database_path

    try:
        settings = setup.load(flags).settings
        expect_database(settings)
        made = back_up(database_path(settings.database_url), file)
    except DatabaseError as error:
        raise Refusal(str(error)) from error
    size = -(-made.size // KIBIBYTE)
    click.echo(f"{file}: {made.entries} entries, {made.seeds} seeds, {size} KiB, verified")
