"""`feedsvc seeds`: lists every file with its state."""

from __future__ import annotations

from typing import Any

import click

from feedsvc.cli.flags import setting_flags
from feedsvc.cli.output import print_table, printable
from feedsvc.cli.setup import Setup
from feedsvc.cli.store import reading, run
from feedsvc.store.records import SeedState, SeedStatus


@click.command()
@setting_flags("database_url")
@click.pass_obj
def command(setup: Setup, /, **flags: Any) -> None:
    """List every file with its status, and why it was rejected or skipped."""
    run(_print(setup, flags))


async def _print(setup: Setup, flags: dict[str, Any]) -> None:
    async with reading(setup.load(flags).settings) as reader:
        seeds = await reader.seeds()
        skipped = await reader.skipped_files()
    heads = ("file", "status", "entries", "problems", "encoding", "read")
    print_table(heads, [_row(seed) for seed in seeds])
    for seed in seeds:
        if seed.status is SeedStatus.REJECTED:
            click.secho(f"{printable(seed.path)}{_line(seed)}: {printable(seed.reason)}", fg="red")
    for file in skipped:
        click.secho(f"{printable(file.path)}: skipped: {printable(file.reason)}", fg="yellow")


def _row(seed: SeedState) -> tuple[str, ...]:
    read = "never" if seed.ingested is None else f"{seed.ingested:%Y-%m-%d %H:%M:%S}"
    return (
        seed.path,
        seed.status.value,
        str(seed.entries),
        str(seed.problems or ""),
        seed.encoding,
        read,
    )


def _line(seed: SeedState) -> str:
    return f", line {seed.line}" if seed.line else ""
