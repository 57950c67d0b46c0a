"""No statement scans a table that grows, shown by SQLite's own query plans."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from feedsvc.domain.model import Channel
from feedsvc.domain.query import parse_query
from tests.builders import T0, TAXONOMY, draft, reading
from tests.store.conftest import Desk

GROWING = ("entries", "entry_keys", "sightings", "labels", "memberships", "seeds", "archives")
# `channels` has a row for each name of the taxonomy, `search` is asked by words.
SCAN = re.compile(r"\bSCAN (?!channels\b|search VIRTUAL|(\d+ )?CONSTANT|\(subquery).*")
# An index that holds only what is to be found, empty but for the end of a scan.
FINE = "USING INDEX ix_entries_unseen"
# What documents are rendered with has changed: every page is another one.
EVERY_PAGE = "UPDATE archives SET revision=?, changed=max(archives.changed, ?)"

RAIN = ("Rain", "The wells of the valley are full again after three dry years in a row")
STRIKE = ("Strike", "Drivers in Almaty left their cabins at noon and asked for shorter shifts")


@contextmanager
def listening(desk: Desk) -> Iterator[dict[str, Any]]:
    """Collects every statement with parameters of one of its uses."""
    heard: dict[str, Any] = {}

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, *rest: Any) -> None:
        heard.setdefault(" ".join(statement.split()), values[0] if rest[-1] else values)

    engines = [desk.writer._engine.sync_engine, desk.reader._engine.sync_engine]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    yield heard
    for engine in engines:
        event.remove(engine, "before_cursor_execute", hear)


async def do_everything(desk: Desk) -> None:
    for number in range(12):
        await desk.publish(f"{number}.txt", (f"Rain {number}", f"Drops number {number} fall"))
    await desk.publish("a.txt", STRIKE, RAIN, rolling=True)
    await desk.publish("a.txt", ("Drivers stop", STRIKE[1]), rolling=True)
    await desk.publish("a.txt", STRIKE, RAIN, rolling=True)
    await desk.publish("a.txt", RAIN)
    await desk.publish("b.txt", STRIKE)
    await desk.remove("b.txt")
    await change_the_rest(desk)
    await ask_everything(desk)


async def change_the_rest(desk: Desk) -> None:
    rain = await desk.entry("Rain")
    (first, *_) = await desk.writer.known_seeds()
    async with desk.writer.transaction() as transaction:
        await transaction.reject(reading("c.txt", of="c", reason="binary"))
        await transaction.miss([first.id])
        await transaction.take_down(rain.id, now=T0)
        await transaction.put_back(rain.id, now=T0)
        await transaction.relabel(after=0, now=T0)
        await transaction.present("another", now=T0)
        await transaction.label_with("words")
        await transaction.end_scan(braked=True, now=T0)
    await desk.writer.accept_removals()
    await desk.writer.vocabulary()
    async with desk.writer.transaction() as transaction:
        await transaction.restore_seed(first.id)
        await transaction.keep(first.id, path=first.path, size=1, mtime=1)


async def ask_everything(desk: Desk) -> None:
    everything = Channel()
    await desk.reader.changes(0)
    await desk.reader.recent(everything, limit=3)
    await desk.reader.recent(everything, limit=3, before=5)
    await desk.reader.archive(everything, 1)
    await desk.reader.entry((await desk.entry("Rain")).id)
    await desk.reader.seeds()
    await desk.reader.status()
    for pairs in (
        [("topic", "weather")],
        [("country", "kz"), ("not-topic", "weather")],
        [("q", 'wells -"dry years" val*')],
    ):
        query = parse_query(pairs, taxonomy=TAXONOMY)
        await desk.reader.find(query, limit=3)
        await desk.reader.find(query, limit=3, before=5)
        if query.words:
            await desk.reader.rank(query, limit=3)


def scans(path: str, heard: dict[str, Any]) -> list[str]:
    """Each scan of a growing table, with the statement that does it."""
    connection = sqlite3.connect(path)
    found = []
    for statement, values in heard.items():
        if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            steps = [SCAN.search(detail) for *_, detail in plan]
            found += [f"{step[0]} by {statement}" for step in steps if step and FINE not in step[0]]
    connection.close()
    return [scan for scan in found if not scan.endswith(EVERY_PAGE)]


async def test_no_statement_scans_a_table_that_grows(desk: Desk) -> None:
    with listening(desk) as heard:
        await do_everything(desk)
    tables = {name for name in GROWING if any(name in statement for statement in heard)}
    assert tables == set(GROWING)
    assert len(heard) > 50
    assert scans(str(desk.path), heard) == []


async def test_a_scan_would_be_noticed(desk: Desk) -> None:
    await desk.publish("a.txt", ("Title", "Text"), listing=(draft("Another", ordinal=2),))
    heard = {"SELECT * FROM entries WHERE title = ?": ("Title",)}
    assert scans(str(desk.path), heard) != []
