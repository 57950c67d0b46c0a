"""`feedsvc seeds`: how every seed stands."""

from __future__ import annotations

from typing import Any

import click

from feedsvc.cli.setup import Setup, reading, run, setting_flags
from feedsvc.cli.table import print_table, printable
from feedsvc.store.records import SeedState, SeedStatus


@click.command()
@setting_flags("database_url")
@click.pass_obj
def command(setup: Setup, /, **flags: Any) -> None:
    """Print every seed with its status, and why a rejected one is rejected."""
    run(_print(setup, flags))


async def _print(setup: Setup, flags: dict[str, Any]) -> None:
    async with reading(setup.load(flags).settings) as reader:
        seeds = await reader.seeds()
    heads = ("seed", "status", "entries", "problems", "encoding", "ingested")
    print_table(heads, [_row(seed) for seed in seeds])
    for seed in seeds:
        if seed.status is SeedStatus.REJECTED:
            click.secho(f"{printable(seed.path)}{_line(seed)}: {printable(seed.reason)}", fg="red")


def _row(seed: SeedState) -> tuple[str, ...]:
    ingested = "never" if seed.ingested is None else f"{seed.ingested:%Y-%m-%d %H:%M:%S}"
    return (
        seed.path,
        seed.status.value,
        str(seed.entries),
        str(seed.problems or ""),
        seed.encoding,
        ingested,
    )


def _line(seed: SeedState) -> str:
    return f", line {seed.line}" if seed.line else ""
