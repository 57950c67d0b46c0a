"""`feedsvc serve`: watches the folder and publishes the feeds."""

from __future__ import annotations

import sys
from typing import Any

import click

from feedsvc.cli.flags import setting_flags
from feedsvc.cli.setup import CommandError, Setup
from feedsvc.domain.classify import VocabularyError
from feedsvc.domain.reading.readers import load_readers
from feedsvc.runtime.processes.start import serve
from feedsvc.settings import Settings, SettingsError
from feedsvc.store.database import DatabaseError
from feedsvc.web.server.listen import ListenError


@click.command()
@setting_flags()
@click.pass_context
def command(ctx: click.Context, /, **flags: Any) -> None:
    """Watch the folder and publish its feeds.

    Runs until SIGTERM or Ctrl-C. SIGHUP reloads settings and vocabulary without dropping
    requests. Closing the terminal stops the server.
    """
    setup: Setup = ctx.obj
    load_readers()
    try:
        status = serve(lambda: setup.read(flags), ready=_print_address)
    except (SettingsError, VocabularyError, DatabaseError) as error:
        raise CommandError(str(error)) from error
    except ListenError as error:
        flag = f"--{error.setting.replace('_', '-')}"
        raise CommandError(f"{error}; choose another with {flag}") from error
    ctx.exit(status)


def _print_address(settings: Settings) -> None:
    if sys.stdout.isatty():
        base_url = settings.base_url
        click.echo(f"Feeds and pages: {base_url}/  (status: {base_url}/status)")
