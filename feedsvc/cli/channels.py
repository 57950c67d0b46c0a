"""`feedsvc channels`: lists the feeds people can subscribe to."""

from __future__ import annotations

from typing import Any

import click

from feedsvc.cli.flags import setting_flags
from feedsvc.cli.output import print_table
from feedsvc.cli.setup import Setup
from feedsvc.cli.store import reading, run


@click.command()
@setting_flags("database_url", "base_url")
@click.option("--all", "empty", is_flag=True, help="Include channels that have become empty.")
@click.pass_obj
def command(setup: Setup, /, *, empty: bool, **flags: Any) -> None:
    """List all channels that have entries, with their feeds."""
    run(_print(setup, flags, least=0 if empty else 1))


async def _print(setup: Setup, flags: dict[str, Any], *, least: int) -> None:
    settings = setup.load(flags).settings
    async with reading(settings) as reader:
        states = await reader.changes(0)
    rows = [
        (
            state.channel.path,
            str(state.entries),
            f"{state.changed:%Y-%m-%d %H:%M:%S}",
            f"{settings.base_url}/feeds/{state.channel.path}.atom",
        )
        for state in sorted(states, key=lambda state: state.channel.path)
        if state.entries >= least
    ]
    print_table(("channel", "entries", "changed", "feed"), rows)
