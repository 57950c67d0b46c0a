"""`feedsvc relabel`: labels everything again."""

from __future__ import annotations

from typing import Any

import click

from feedsvc.cli.setup import Setup, load_words, now, run, setting_flags, writing


@click.command()
@setting_flags("database_url", "taxonomy_dir")
@click.pass_obj
def command(setup: Setup, /, **flags: Any) -> None:
    """Label every published entry again, as the service does by itself at its next start."""
    run(_relabel(setup, flags))


async def _relabel(setup: Setup, flags: dict[str, Any]) -> None:
    from feedsvc.services.relabel import relabel

    settings = setup.load(flags).settings
    words = load_words(settings)
    async with writing(settings, words) as writer:
        await relabel(writer, vocabulary=words.fingerprint, now=now)
    click.echo("Everything is labelled by the vocabulary in force.")
