"""`feedsvc settings`: every setting, its value and who set it."""

from __future__ import annotations

from typing import Any

import click

from feedsvc.cli.setup import Setup, setting_flags
from feedsvc.cli.table import print_table
from feedsvc.settings import describe_settings, find_suspicious


@click.command()
@setting_flags()
@click.option("--meanings", is_flag=True, help="Say what each setting means, too.")
@click.pass_obj
def command(setup: Setup, /, *, meanings: bool, **flags: Any) -> None:
    """Print all settings with their values and sources."""
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
