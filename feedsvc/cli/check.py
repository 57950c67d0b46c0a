"""`feedsvc check`: what a file would publish, before it does."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from feedsvc.cli.draft import print_draft
from feedsvc.cli.labels import print_labels
from feedsvc.cli.setup import Setup, load_words, setting_flags
from feedsvc.cli.table import printable
from feedsvc.domain.classify import Classifier
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.services.ingest.folder import Folder, SeedFile, why_unmeant
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
    failed = [not _check(Path(path), rules, classifier) for path in paths]
    ctx.exit(1 if any(failed) else 0)


def _check(path: Path, rules: Rules, classifier: Classifier) -> bool:
    """Whether everything at a path that is meant as a seed would be published."""
    place = Path(os.path.abspath(path))  # noqa: PTH100 - pathlib's keeps `..`
    found = Folder(root=place if place.is_dir() else place.parent, within=place).find()
    good = found.whole and not found.unreadable
    for one in found.unreadable:
        click.secho(f"{printable(one.place)}: cannot be read: {one.reason}", fg="red")
    if good and not found.files:
        click.echo(f"{printable(str(path))}: no seed: {_why_none(place)}", err=True)
        good = place.is_dir()
    return all([good, *(_check_seed(seed, rules, classifier) for seed in found.files)])


def _why_none(place: Path) -> str:
    if place.is_dir():
        return "expected files in it that end in .txt or .md"
    return why_unmeant(place.name) or "expected a regular file"


def _check_seed(seed: SeedFile, rules: Rules, classifier: Classifier) -> bool:
    read = read_bytes(seed, max_bytes=rules.max_bytes)
    if read is None:
        click.secho(f"{printable(seed.path)}: is being written just now", fg="red")
        return False
    outcome = read_seed(read, rules)
    _print(outcome, classifier, rules.taxonomy)
    return isinstance(outcome, GoodSeed)


def _print(outcome: GoodSeed | BadSeed, classifier: Classifier, taxonomy: Taxonomy) -> None:
    reading = outcome.reading
    name = printable(reading.path)
    if isinstance(outcome, BadSeed):
        line = f", line {reading.line}" if reading.line else ""
        click.secho(f"{name}{line}: rejected: {printable(reading.reason)}", fg="red")
        return
    many = "1 entry" if len(outcome.drafts) == 1 else f"{len(outcome.drafts)} entries"
    click.secho(f"{name}: {many}, {reading.encoding}", bold=True)
    for draft in outcome.drafts:
        print_draft(draft)
        print_labels(classifier.classify(draft), taxonomy)
    for number, reason in reading.problems:
        click.secho(f"{name}, line {number}: {printable(reason)}", fg="yellow")
