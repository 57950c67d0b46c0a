"""`feedsvc relabel`: labels every entry again, or shows what that would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from feedsvc.cli.flags import setting_flags
from feedsvc.cli.output import printable, progress_bar
from feedsvc.cli.setup import Setup
from feedsvc.cli.store import changing, reading, require_database, run
from feedsvc.cli.vocabulary import require_vocabulary
from feedsvc.domain.classify import Classifier, Vocabulary
from feedsvc.domain.model import Channel, Label
from feedsvc.logs import set_up_logs
from feedsvc.runtime.clock import utc_now
from feedsvc.services.relabel import relabel
from feedsvc.settings import Settings
from feedsvc.store.preview import preview_relabelling


@click.command()
@setting_flags("database_url", "taxonomy_dir", "log_level", "log_format")
@click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
@click.pass_obj
def command(setup: Setup, /, *, dry_run: bool, **flags: Any) -> None:
    """Label every published entry again.

    The service does this on its own: after a reload (SIGHUP) or restart if the vocabulary has
    changed, and after a restart with a new version of feedsvc whose rules have changed.
    """
    settings = setup.load(flags).settings
    set_up_logs(level=settings.log_level, form=settings.log_format)
    vocabulary = require_vocabulary(settings)
    run(_preview(settings, vocabulary) if dry_run else _relabel(settings, vocabulary))


async def _relabel(settings: Settings, vocabulary: Vocabulary) -> None:
    async with changing(settings, vocabulary) as writer, reading(settings) as reader:
        revision = max((state.revision for state in await reader.changes(0)), default=0)
        with progress_bar("Entries") as progress:
            await relabel(writer, vocabulary.fingerprint, now=utc_now, progress=progress)
        changed = len(await reader.changes(revision))
    click.echo(
        f"All entries are labelled with the current vocabulary; channels that changed: {changed}."
    )


async def _preview(settings: Settings, vocabulary: Vocabulary) -> None:
    require_database(settings)
    raised: set[Channel] = set()
    entries = 0
    async for change in preview_relabelling(
        settings.database, label=Classifier(vocabulary).classify
    ):
        entries += 1
        raised |= change.raised
        click.secho(f"{change.id}  {printable(change.headline)}", bold=True)
        _print_names("+", change.gained, colour="green")
        _print_names("-", change.lost, colour="red")
        if not change.gained and not change.lost:
            click.echo("  different order")
    click.echo(f"Entries that would change: {entries}, in channels: {len(raised)}.")


def _print_names(sign: str, labels: Sequence[Label], *, colour: str) -> None:
    for label in labels:
        click.secho(f"  {sign} {label.kind.value} {label.value}", fg=colour)
