"""`feedsvc accept-removals`: confirms that missing files were deleted on purpose."""

from __future__ import annotations

from typing import Any

import click

from feedsvc.cli.flags import setting_flags
from feedsvc.cli.setup import Setup
from feedsvc.cli.store import changing, run


@click.command()
@setting_flags("database_url")
@click.pass_obj
def command(setup: Setup, /, **flags: Any) -> None:
    """Confirm that the missing files are meant to be gone.

    Their entries are removed from the feeds at the next scan.
    """
    run(_accept(setup, flags))


async def _accept(setup: Setup, flags: dict[str, Any]) -> None:
    settings = setup.load(flags).settings
    async with changing(settings) as writer:
        accepted = await writer.accept_removals()
    if accepted:
        click.echo(
            f"Missing files to be removed at the next scan: {accepted}. "
            f"A running server scans every {settings.rescan_seconds:g} seconds (rescan_seconds)."
        )
    else:
        click.echo("No files are missing: nothing to accept.")
