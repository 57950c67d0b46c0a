"""`feedsvc check`: what a file would publish, before it does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from feedsvc.cli.labels import print_labels
from feedsvc.cli.setup import Setup, load_words, setting_flags
from feedsvc.cli.table import printable
from feedsvc.domain.classify import Classifier
from feedsvc.domain.model import derived_title
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.services.ingest.folder import Folder, SeedFile
from feedsvc.services.ingest.reading import BadSeed, GoodSeed, Rules, read_bytes, read_seed


@click.command()
@setting_flags("taxonomy_dir", "timezone", "max_seed_bytes", "rolling")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(exists=True))
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], **flags: Any) -> None:
    """Parse and label seeds, print what they would publish and every problem with its line.

    The exit status is 1 if a file would be rejected.
    """
    setup: Setup = ctx.obj
    settings = setup.load(flags).settings
    words = load_words(settings)
    rules = Rules(
        taxonomy=words.taxonomy,
        zone=settings.timezone,
        max_bytes=settings.max_seed_bytes,
        rolling=settings.rolling,
    )
    classifier = Classifier(words)
    rejected = 0
    for seed in _seeds(paths):
        read = read_bytes(seed, max_bytes=rules.max_bytes)
        if read is None:
            click.secho(f"{printable(seed.path)}: is being written just now", fg="red")
            rejected += 1
            continue
        outcome = read_seed(read, rules)
        rejected += isinstance(outcome, BadSeed)
        _print(outcome, classifier, words.taxonomy)
    ctx.exit(1 if rejected else 0)


def _seeds(paths: tuple[str, ...]) -> Iterator[SeedFile]:
    for path in paths:
        place = Path(path).absolute()
        found = Folder(root=place if place.is_dir() else place.parent, within=place).find()
        if not found.files:
            click.echo(f"{path}: no seeds: expected .txt or .md files, not hidden", err=True)
        yield from found.files


def _print(outcome: GoodSeed | BadSeed, classifier: Classifier, taxonomy: Taxonomy) -> None:
    reading = outcome.reading
    name = printable(reading.path)
    if isinstance(outcome, BadSeed):
        line = f", line {reading.line}" if reading.line else ""
        click.secho(f"{name}{line}: rejected: {reading.reason}", fg="red")
        return
    click.secho(f"{name}: {len(outcome.drafts)} entries, {reading.encoding}", bold=True)
    for draft in outcome.drafts:
        title = draft.title or derived_title(draft.text) + " (untitled)"
        click.echo(f"{draft.line:6}  {printable(title)}")
        print_labels(classifier.classify(draft), taxonomy)
    for number, reason in reading.problems:
        click.secho(f"{name}, line {number}: {reason}", fg="yellow")
