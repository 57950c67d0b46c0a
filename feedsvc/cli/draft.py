"""Prints a draft and what was set aside, one short line for each part."""

from __future__ import annotations

from collections.abc import Iterator

import click

from feedsvc.cli.output import printable
from feedsvc.domain.model import Draft
from feedsvc.domain.reading import Note

_SHOWN_LENGTH = 100


def print_draft(draft: Draft) -> None:
    """Print line and title, then each other text or fact with its name."""
    title = draft.stated.title or f"{draft.stated.headline} (untitled)"
    click.echo(f"{draft.line:6}  {printable(title)}")
    for name, value in _list_parts(draft):
        if value:
            click.echo(f"          {name}: {printable(_shorten(show_paragraphs(value)))}")


def print_note(note: Note) -> None:
    """Print a line that is not part of a headline or teaser, and why."""
    text = printable(_shorten(note.text))
    click.secho(f"          line {note.line}: {note.reason}: {text}", dim=True)


def show_paragraphs(text: str) -> str:
    """A text on one line, with a mark where its paragraphs part."""
    return text.replace("\n\n", " ¶ ")


def _list_parts(draft: Draft) -> Iterator[tuple[str, str]]:
    yield "caption", draft.stated.caption
    yield "text", draft.stated.text
    yield "link", draft.stated.link
    yield "date", draft.date.isoformat(" ") if draft.date else ""
    yield "author", draft.stated.author
    yield "image", draft.stated.image
    yield "source", draft.stated.source
    yield "language", draft.stated.language


def _shorten(value: str) -> str:
    return value if len(value) <= _SHOWN_LENGTH else value[: _SHOWN_LENGTH - 1].rstrip() + "…"
