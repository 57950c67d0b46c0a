"""The command group; each command's module is imported only when it is used."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from feedsvc import __version__
from feedsvc.cli.setup import Setup

# The module and attribute of each command.
COMMANDS = {
    "accept-removals": "accept_removals:command",
    "backup": "backup:command",
    "channels": "channels:command",
    "check": "check:command",
    "classify": "classify:command",
    "explain": "explain:command",
    "health": "health:command",
    "import": "import_files:command",
    "ingest": "ingest:command",
    "relabel": "relabel:command",
    "restore": "takedown:restore",
    "seeds": "seeds:command",
    "serve": "serve:command",
    "settings": "settings:command",
    "settle-clock": "settle_clock:command",
    "withdraw": "takedown:withdraw",
}

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Commands(click.Group):
    """Finds commands by name, so that classifying a line does not load a web server."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every command's name."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A command by its name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"feedsvc.cli.{module}"), attribute)
        return command


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's
    if wanted and not ctx.resilient_parsing:
        from feedsvc.domain.classify import classifier  # noqa: PLC0415 - slow to load

        state = "not compiled" if classifier.__file__.endswith(".py") else "compiled"
        click.echo(f"feedsvc {__version__} ({state})")
        ctx.exit()


@click.command(cls=Commands, context_settings=CONTEXT)
@click.option(
    "-V",
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and whether the classifier is compiled.",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="TOML file with settings (or set FEEDSVC_CONFIG).",
)
@click.pass_context
def main(ctx: click.Context, config: Path | None) -> None:
    """Publish a folder of text files as RSS, Atom and JSON feeds.

    Settings are flags, environment variables (FEEDSVC_…) or lines in a TOML file; `feedsvc
    settings` lists them all.
    """
    ctx.obj = Setup(config=config)
