"""`feedsvc settings`: lists every setting with its value and source."""

from __future__ import annotations

from typing import Any

import click

from feedsvc.cli.flags import setting_flags
from feedsvc.cli.output import print_table
from feedsvc.cli.setup import Setup
from feedsvc.settings import describe_settings, find_suspicious


@click.command()
@setting_flags()
@click.option("--meanings", is_flag=True, help="Show what each setting means.")
@click.pass_obj
def command(setup: Setup, /, *, meanings: bool, **flags: Any) -> None:
    """List all settings, their values, and where each was set."""
    loaded = setup.load(flags)
    rows = describe_settings(loaded)
    width = 4 if meanings else 3
    print_table(
        ("setting", "value", "source", "meaning")[:width],
        [(row.name, row.value, row.source.value, row.meaning)[:width] for row in rows],
    )
    if loaded.file:
        click.echo(f"\nfile: {loaded.file}")
    for warning in (*loaded.notes, *find_suspicious(loaded.settings)):
        click.echo(f"feedsvc: {warning}", err=True)
