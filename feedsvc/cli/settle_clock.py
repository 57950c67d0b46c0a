"""`feedsvc settle-clock`: moves dates that lie in the future to the present."""

from __future__ import annotations

from typing import Any

import click

from feedsvc.cli.flags import setting_flags
from feedsvc.cli.setup import Setup
from feedsvc.cli.store import changing, run
from feedsvc.runtime.clock import utc_now


@click.command()
@setting_flags("database_url")
@click.pass_obj
def command(setup: Setup, /, **flags: Any) -> None:
    """Move dates that lie in the future to the present.

    Use it once the system's clock is right again after it was ahead. Entries keep their order.
    """
    run(_settle(setup, flags))


async def _settle(setup: Setup, flags: dict[str, Any]) -> None:
    settings = setup.load(flags).settings
    now = utc_now()
    async with changing(settings) as writer, writer.transaction() as transaction:
        redated = await transaction.settle_clock(now=now)
    click.echo(f"Clock set to {now:%Y-%m-%d %H:%M:%S} UTC; entries with new dates: {redated}")
