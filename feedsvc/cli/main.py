"""The command group; a command's module is imported when it is used."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from feedsvc import __version__
from feedsvc.cli.setup import Setup

COMMANDS = {
    "accept-removals": "accept_removals",
    "backup": "backup",
    "channels": "channels",
    "check": "check",
    "classify": "classify",
    "explain": "explain",
    "health": "health",
    "ingest": "ingest",
    "relabel": "relabel",
    "restore": "restore",
    "seeds": "seeds",
    "serve": "serve",
    "settings": "settings",
    "withdraw": "withdraw",
}


CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Commands(click.Group):
    """Finds commands by name, so that labelling a line does not load a web server."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every command's name."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A command by its name."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(f"feedsvc.cli.{module}").command
        return command


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's
    if wanted and not ctx.resilient_parsing:
        from feedsvc.domain.classify import classifier

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
    help="Show the version, and whether the classifier is compiled.",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="TOML file with settings (also FEEDSVC_CONFIG).",
)
@click.pass_context
def main(ctx: click.Context, config: Path | None) -> None:
    """Publish a folder of text listings as RSS, Atom and JSON feeds.

    Every setting is an environment variable (FEEDSVC_…), a line in a TOML file, or a flag of the
    commands that it concerns; `feedsvc settings` shows them all.
    """
    ctx.obj = Setup(config=config)
