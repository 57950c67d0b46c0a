"""Prints an entry's labels and the words that led to them."""

from __future__ import annotations

from collections.abc import Sequence

import click

from feedsvc.cli.output import printable
from feedsvc.domain.model import Evidence, Kind, Label, Where
from feedsvc.domain.taxonomy import Taxonomy

COLOURS = {Kind.REGION: "cyan", Kind.COUNTRY: "green", Kind.TOPIC: "yellow"}


def print_labels(labels: Sequence[Label], taxonomy: Taxonomy) -> None:
    """Print one line per label: kind, slug, name, score, and its words with their weights."""
    if not labels:
        click.echo("  no region, country or topic found: appears only in “all”")
    for label in labels:
        name = taxonomy.name(label.kind, label.value)
        head = click.style(f"{label.kind.value:8}{label.value}", fg=COLOURS[label.kind])
        words = ", ".join(_words(part) for part in label.evidence)
        click.echo(f"  {head}  {name}  {label.score:.2f}  {words}")


def print_marked(text: str, where: Where, labels: Sequence[Label]) -> None:
    """Print a text, with the words that led to labels in colour."""
    marks = sorted(
        {
            (part.start, part.end, label.kind)
            for label in labels
            for part in label.evidence
            if part.where is where
        }
    )
    done, shown = 0, ""
    for start, end, kind in marks:
        if start >= done:
            marked = click.style(printable(text[start:end]), fg=COLOURS[kind], underline=True)
            shown += printable(text[done:start]) + marked
            done = end
    click.echo(shown + printable(text[done:]))


def _words(part: Evidence) -> str:
    if part.where is Where.STATED:
        return f"stated: {printable(part.phrase)}"
    return f"“{printable(part.phrase)}” in the {part.where.value} {part.weight:+.2f}"
