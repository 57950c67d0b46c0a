"""The command group; each command's module is imported only when it is used."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import click

from feedsvc import __version__


@dataclass(frozen=True, slots=True)
class Entry:
    """A command before it is imported: `module:attribute` below this package, and its summary."""

    place: str
    summary: str


COMMANDS = {
    "accept-removals": Entry(
        "accept_removals:command", "Confirm that the missing files are meant to be gone."
    ),
    "backup": Entry("backup:command", "Copy the database to FILE and verify the copy."),
    "channels": Entry("channels:command", "List all channels that have entries, with their feeds."),
    "check": Entry("check:command", "Show what files would publish, and every problem."),
    "classify": Entry("classify:command", "Label texts, one JSON object per line."),
    "explain": Entry("explain:command", "Show which words lead to which labels."),
    "health": Entry("health:command", "Check whether a running service is ready."),
    "import": Entry("import_files:command", "Write files of any format as plain listings."),
    "ingest": Entry("ingest:command", "Read the files at each PATH once and publish them."),
    "relabel": Entry("relabel:command", "Label every published entry again."),
    "restore": Entry("takedown:restore", "Undo `feedsvc withdraw`."),
    "seeds": Entry("seeds:command", "List every file with its status."),
    "serve": Entry("serve:command", "Watch the folder and publish its feeds."),
    "settings": Entry(
        "settings:command", "List all settings, their values, and where each was set."
    ),
    "settle-clock": Entry(
        "settle_clock:command", "Move dates that lie in the future to the present."
    ),
    "withdraw": Entry("takedown:withdraw", "Remove an entry permanently."),
}

# By default the garbage collector runs after 700 new objects; imports make a hundred thousand, and
# drop hardly any.
COLLECT_AFTER = 50_000

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Commands(click.Group):
    """Imports a command when it is run, and none to list them all.

    This is click's own recipe for lazy loading, with the summaries added: click would import every
    command to ask it for its own.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every command's name."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A command by its name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].place.partition(":")
        _set_up_process()
        command: click.Command = getattr(import_module(f"feedsvc.cli.{module}"), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write every command's name and summary."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


def _set_up_process() -> None:
    """Spare every command work that Python and pydantic do by default, before it is imported."""
    gc.set_threshold(COLLECT_AFTER)
    # pydantic would look for plugins in every package that is installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


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
    from feedsvc.cli.setup import Setup  # noqa: PLC0415 - slow to load, and no help needs it

    ctx.obj = Setup(config=config)
