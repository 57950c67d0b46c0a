"""Prints tables and progress, and text that cannot control the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from unicodedata import combining, east_asian_width

import click


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print aligned columns under their heads, with control characters escaped."""
    shown = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(width_of, column)) for column in zip(heads, *shown, strict=True)]
    click.secho(_line(heads, widths), bold=True)
    for row in shown:
        click.echo(_line(row, widths))


def printable(text: str) -> str:
    """A text with everything escaped that a terminal would act on instead of showing it."""
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


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A function to call with the number done and the total; silent when not on a terminal."""
    if not sys.stdout.isatty():
        yield lambda _done, _total: None
        return
    with click.progressbar(length=1, label=label, show_pos=True) as bar:

        def show(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield show


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell + " " * (width - width_of(cell)) for cell, width in zip(cells, widths, strict=True)
    ]
    return "  ".join(padded).rstrip()
