"""Measures everything, prints the table, and writes it to `bench/results.md`.

    python -m bench              # about ten minutes, on a machine that does nothing else
    python -m bench --quick      # a few minutes, for trying; writes nothing

Each module can be run alone: `python -m bench.serve --quick`.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from bench import health, ingest, others, scale, serve, start
from bench.load import load_generator
from bench.measure import Row, head, line
from feedsvc.runtime.clock import utc_now

RESULTS = Path(__file__).with_name("results.md")
PARTS = (start, serve, ingest, health, scale, others)
LIBRARIES = ("aiohttp", "uvloop", "SQLAlchemy", "aiosqlite", "feedgen", "orjson", "pydantic")


def main() -> None:
    """Run every part and say where what was written."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    arguments = parser.parse_args()
    began, load = time.monotonic(), os.getloadavg()[0]
    print(head())
    rows = []
    for row in _measure(quick=arguments.quick):
        print(line(row.cells()), flush=True)
        rows.append(row)
    if not arguments.quick:
        minutes = (time.monotonic() - began) / 60
        RESULTS.write_text(_page(rows, minutes=minutes, load=load), encoding="utf-8")
        print(f"\nwritten to {RESULTS.name}", file=sys.stderr)


def _measure(*, quick: bool) -> Iterator[Row]:
    for part in PARTS:
        try:
            yield from part.measure(quick=quick)
        except Exception as error:  # noqa: BLE001 - the other parts are measured all the same
            what = f"the rest of {part.__name__}"
            yield Row(what=what, figure=None, note=f"{type(error).__name__}: {error}"[:200])


def _page(rows: list[Row], *, minutes: float, load: float) -> str:
    table = "\n".join([head(), *(line(row.cells()) for row in rows)])
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES if _has(name))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    date = f"{utc_now():%d %B %Y, %H:%M}"
    return f"""# Results of `make bench`

{date} UTC, {minutes:.0f} minutes. Python {platform.python_version()},
SQLite {sqlite3.sqlite_version}, {libraries}.
The machine: {platform.system()} on {platform.machine()}, {len(os.sched_getaffinity(0))} cores for
servers, clients and ingest together, {memory:.0f} GiB of memory; {load:.1f} processes were running
or waiting when the run began. Load comes from {load_generator()}.

Every ratio is of figures taken in this run, in turn; medians, unless the row says otherwise.
[How to read and repeat this](../docs/performance.md).

{table}
"""


def _has(library: str) -> bool:
    try:
        return bool(version(library))
    except ModuleNotFoundError:
        return False


if __name__ == "__main__":
    main()
