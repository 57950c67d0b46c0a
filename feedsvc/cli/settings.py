"""`feedsvc settings`: lists every setting with its value and source."""

from __future__ import annotations

from typing import Any

import click

from feedsvc.cli.flags import setting_flags
from feedsvc.cli.output import print_table
from feedsvc.cli.setup import Setup
from feedsvc.cli.store import reading, run
from feedsvc.settings import Settings, compare_namespace, describe_settings, find_suspicious


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
    differs = run(_compare_with_database(loaded.settings))
    for warning in (*loaded.notes, *find_suspicious(loaded.settings), *differs):
        click.echo(f"feedsvc: {warning}", err=True)


async def _compare_with_database(settings: Settings) -> tuple[str, ...]:
    """The settings that an existing database contradicts; it is opened only if there may be any."""
    if settings.namespace is None or not settings.database.exists():
        return ()
    async with reading(settings) as reader:
        return compare_namespace(settings, await reader.namespace())
