"""`feedsvc withdraw ID`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import click

from feedsvc.cli.setup import Setup, run, setting_flags
from feedsvc.cli.takedown import EntryId, take_down


@click.command()
@setting_flags("database_url")
@click.argument("entry_id", metavar="ID", type=EntryId())
@click.pass_obj
def command(setup: Setup, /, entry_id: UUID, **flags: Any) -> None:
    """Take an entry out of all feeds for good, whatever seeds say."""
    run(take_down(setup, flags, entry_id))
