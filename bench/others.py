"""Measures what people would write or pick instead, over the same rows: feedgen on every request.

Django's syndication framework with its cache, and datasette with datasette-atom, are installed
into a temporary environment; they are left out, with the reason, if they cannot be.
"""

from __future__ import annotations

import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

from bench.load import load_of
from bench.measure import Row, interleaved, run, scratch, started
from bench.serve import PATH, serving
from tests.running import free_port

CANDIDATES = ("feedgen", "django", "datasette")
PROGRAM = Path(__file__).with_name("rivals.py")
BAR = 13


def measure(*, quick: bool) -> Iterator[Row]:
    """A row for each, and one for the best of them."""
    seconds, rounds = (1.0, 1) if quick else (2.0, 3)
    with scratch() as place, serving(place) as pair, ExitStack() as stack:
        rows = _rows(place / "feedsvc.db", place / "rows.db")
        urls, reasons = {}, {}
        for name in CANDIDATES:
            python = sys.executable if name == "feedgen" else _environment(place, name)
            if python is None:
                reasons[name] = "could not be installed"
                continue
            port = free_port()
            url = f"http://127.0.0.1:{port}/{'rows/feed.atom' if name == 'datasette' else 'feed'}"
            command = (python, str(PROGRAM), name, str(place / "rows.db"), str(port))
            try:
                stack.enter_context(started(command, url=url, cwd=place))
            except RuntimeError as error:
                reasons[name] = str(error)
                continue
            urls[name] = url
        rates = interleaved(
            rounds,
            lambda: load_of(pair.url, seconds=seconds).rate,
            *(lambda url=url: load_of(url, seconds=seconds).rate for url in urls.values()),
        )
    ours, *theirs = (statistics.median(found) for found in rates)
    for name, rate in zip(urls, theirs, strict=True):
        yield Row(
            what=f"a feed of {rows} entries by {name}",
            figure=rate,
            unit="/s",
            note=f"feedsvc {ours:,.0f}/s",
        )
    for name, reason in reasons.items():
        yield Row(what=f"a feed by {name}", figure=None, note=reason)
    yield Row(
        what=f"{PATH} by feedsvc",
        against="the best of these",
        figure=ours / max(theirs),
        at_least=BAR,
    )


def _rows(source: Path, target: Path) -> int:
    """Copy the newest 50 entries into a table of their own."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        rows = old.execute(
            "SELECT id, title, text, published, updated FROM entries ORDER BY arrival DESC LIMIT 50"
        ).fetchall()
        new.execute("CREATE TABLE rows (id, title, text, published, updated)")
        new.executemany(
            "INSERT INTO rows VALUES (?, ?, ?, ?, ?)", [(str(id_), *rest) for id_, *rest in rows]
        )
        new.commit()
    return len(rows)


def _environment(place: Path, name: str) -> str | None:
    """The Python of a new environment with a package, or None if it cannot be made."""
    packages = {"django": ["django", "gunicorn"], "datasette": ["datasette", "datasette-atom"]}[
        name
    ]
    made = place / f"venv-{name}"
    python = made / "bin" / "python"
    steps = (
        [sys.executable, "-m", "venv", str(made)],
        [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages],
    )
    for step in steps:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        if subprocess.run(step, check=False, timeout=180, **quiet).returncode:
            return None
    return str(python)


if __name__ == "__main__":
    run(measure, __doc__)
