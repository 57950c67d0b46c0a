"""Forks scans that are killed on demand; reads one JSON order per line, prints an exit status.

An order names a `database` and a folder of `seeds`, and either a `checkpoint` with the `occurrence`
at which the scan kills itself, or the seconds `after` which it is killed. Without either, the scan
runs to its end.
"""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import sqlite3
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from feedsvc.logs import set_up_logs
from feedsvc.services.ingest.folder import Folder
from feedsvc.services.ingest.read import SeedRules
from feedsvc.services.ingest.scan import Ingester
from feedsvc.services.ingest.state import Checkpoint
from feedsvc.store.database import Database
from feedsvc.store.writer import open_writer
from tests.builders import T0, TAXONOMY, label_plainly


class StoreClock:
    """A clock that advances with each seed written, by whichever process.

    A step is longer than a seed has entries: a scan that goes on after a kill does not know which
    seconds the entries before it were dated with.
    """

    def __init__(self, database: Path) -> None:
        self._written = _count_ingests(database)

    def __call__(self) -> datetime:
        return T0 + timedelta(hours=self._written)

    def note(self, checkpoint: Checkpoint) -> None:
        self._written += checkpoint is Checkpoint.WRITTEN


async def scan(database: Path, seeds: Path, *, reached: Callable[[Checkpoint], None]) -> None:
    """Scan the folder once."""
    clock = StoreClock(database)

    def note(checkpoint: Checkpoint) -> None:
        reached(checkpoint)
        clock.note(checkpoint)

    async with open_writer(Database(database), label=label_plainly, now=T0) as writer:
        rules = SeedRules(taxonomy=TAXONOMY, zone=UTC, max_bytes=2**20, rolling=False)
        ingest = Ingester(
            writer, Folder(root=seeds), rules, settle=0, reread=False, now=clock, reached=note
        )
        await ingest.scan()


def _count_ingests(database: Path) -> int:
    if not database.exists():
        return 0
    with closing(sqlite3.connect(database)) as connection:
        try:
            row = connection.execute("SELECT ingests FROM clock").fetchone()
        except sqlite3.OperationalError:
            return 0  # killed before the schema was created
    return row[0] if row else 0


def _kill_at(order: dict[str, Any]) -> Callable[[Checkpoint], None]:
    passed: Counter[Checkpoint] = Counter()

    def reached(checkpoint: Checkpoint) -> None:
        passed[checkpoint] += 1
        if checkpoint.name == order.get("checkpoint") and passed[checkpoint] == order["occurrence"]:
            os.kill(os.getpid(), signal.SIGKILL)

    return reached


def _scan_and_exit(order: dict[str, Any]) -> None:
    status = 1
    try:
        work = scan(Path(order["database"]), Path(order["seeds"]), reached=_kill_at(order))
        asyncio.run(work)
        status = 0
    except Exception:  # noqa: BLE001 - a fork must not return into its parent's loop
        traceback.print_exc()
    finally:
        os._exit(status)


def _run_order(order: dict[str, Any]) -> int:
    child = os.fork()
    if not child:
        _scan_and_exit(order)
    if "after" in order:
        watched = os.pidfd_open(child)
        select.select([watched], [], [], order["after"])
        os.kill(child, signal.SIGKILL)
        os.close(watched)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    set_up_logs(level="error", form="json")
    for line in sys.stdin:
        print(_run_order(json.loads(line)), flush=True)  # noqa: T201 - the result
