"""Shows on a terminal how far long work has come."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """A function to call with how many are done and how many there are; silent elsewhere."""
    if not sys.stdout.isatty():
        yield lambda _done, _all: None
        return
    with click.progressbar(length=1, label=what, show_pos=True) as bar:

        def show(done: int, whole: int) -> None:
            bar.length = max(whole, 1)
            bar.update(done - bar.pos)

        yield show
