"""`feedsvc accept-removals`: the missing seeds are meant to be gone."""

from __future__ import annotations

from typing import Any

import click

from feedsvc.cli.setup import Setup, changing, run, setting_flags


@click.command()
@setting_flags("database_url")
@click.pass_obj
def command(setup: Setup, /, **flags: Any) -> None:
    """Let the next scan withdraw the seeds that are missing now."""
    run(_accept(setup, flags))


async def _accept(setup: Setup, flags: dict[str, Any]) -> None:
    settings = setup.load(flags).settings
    async with changing(settings) as writer:
        accepted = await writer.accept_removals()
    if accepted:
        click.echo(
            f"Missing seeds that the next scan withdraws: {accepted}. "
            f"A running service scans within {settings.rescan_seconds:g} seconds (rescan_seconds)."
        )
    else:
        click.echo("No seed is missing: nothing to accept.")
