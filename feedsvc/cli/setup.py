"""Prepares a command: its settings, and how it fails."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from feedsvc.cli.output import printable
from feedsvc.settings import Loaded, SettingsError, read_settings


@dataclass(frozen=True, slots=True)
class Setup:
    """What the options before a command say."""

    config: Path | None = None

    def read(self, flags: dict[str, Any]) -> Loaded:
        """Read the settings in force; flags take precedence.

        Raises:
            SettingsError: They cannot be used.
        """
        return read_settings(environ=os.environ, flags=flags, config=self.config)

    def load(self, flags: dict[str, Any]) -> Loaded:
        """Read the settings in force, or end the command.

        Raises:
            CommandError: They cannot be used.
        """
        try:
            return self.read(flags)
        except SettingsError as error:
            raise CommandError(str(error)) from error


class CommandError(click.ClickException):
    """The command cannot do what was asked: `feedsvc: …` on standard error, exit status 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Print each line after the program's name."""
        for line in self.message.split("\n"):
            click.echo(f"feedsvc: {printable(line)}", err=True, file=file)
