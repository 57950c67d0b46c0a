"""`feedsvc restore ID`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import click

from feedsvc.cli.setup import Setup, run, setting_flags
from feedsvc.cli.takedown import EntryId, put_back


@click.command()
@setting_flags("database_url")
@click.argument("entry_id", metavar="ID", type=EntryId())
@click.pass_obj
def command(setup: Setup, /, entry_id: UUID, **flags: Any) -> None:
    """Undo `feedsvc withdraw`: what stands in a seed is published again."""
    run(put_back(setup, flags, entry_id))
