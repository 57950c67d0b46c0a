"""Prints rows in columns."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import combining, east_asian_width

import click


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print aligned columns under their heads; control characters are shown, never obeyed."""
    shown = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(width_of, column)) for column in zip(heads, *shown, strict=True)]
    click.secho(_line(heads, widths), bold=True)
    for row in shown:
        click.echo(_line(row, widths))


def printable(text: str) -> str:
    """A text that a terminal shows as it is: what it would obey is escaped."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )


def width_of(text: str) -> int:
    """How many columns of a terminal a text takes (Unicode Standard Annex 11)."""
    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell + " " * (width - width_of(cell)) for cell, width in zip(cells, widths, strict=True)
    ]
    return "  ".join(padded).rstrip()
