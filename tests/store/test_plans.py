"""No statement scans a growing table, according to SQLite's query plans."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from feedsvc.domain.model import Channel
from feedsvc.domain.query import parse_query
from feedsvc.store.records import FoundSeed
from tests.builders import T0, TAXONOMY, draft, reading
from tests.store.harness import StoreHarness

GROWING = ("entries", "entry_keys", "sightings", "labels", "memberships", "seeds", "archives")
# `channels` has a row for each name of the taxonomy, `search` is asked by words; `found` and
# `best` are what it found; `listed` are the values of a parameter, a pragma is one row.
SCAN = re.compile(
    r"\bSCAN (?!channels\b|found\b|best\b|(search|listed|pragma_\w+) VIRTUAL"
    r"|(\d+ )?CONSTANT|\(subquery).*"
)
FINE = (
    # Indexes that hold only what is to be found.
    "INDEX ix_entries_unseen",
    "INDEX ix_seeds_troubled",
    # What documents are rendered with has changed: every page is another one.
    "by UPDATE archives SET revision=?, changed=CASE",
    # A scan compares the folder with every file that it knows.
    "seeds.removal_accepted FROM seeds ORDER BY seeds.path",
    # The status page numbers the files that need attention; it reads the index of paths only.
    "COVERING INDEX sqlite_autoindex_seeds_1 by SELECT numbered.id, numbered.number",
    "SCAN numbered by",
)

RAIN = ("Rain", "The wells of the valley are full again after three dry years in a row")
STRIKE = ("Strike", "Drivers in Almaty left their cabins at noon and asked for shorter shifts")


@contextmanager
def listening(store: StoreHarness) -> Iterator[dict[str, Any]]:
    """Collects every statement with parameters of one of its uses."""
    heard: dict[str, Any] = {}

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, *rest: Any) -> None:
        heard.setdefault(" ".join(statement.split()), values[0] if rest[-1] else values)

    engines = [store.writer._engine, store.reader._engine.sync_engine]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    yield heard
    for engine in engines:
        event.remove(engine, "before_cursor_execute", hear)


async def do_everything(store: StoreHarness) -> None:
    for number in range(12):
        await store.publish(f"{number}.txt", (f"Rain {number}", f"Drops number {number} fall"))
    await store.publish("a.txt", STRIKE, RAIN, rolling=True)
    await store.publish("a.txt", ("Drivers stop", STRIKE[1]), rolling=True)
    await store.publish("a.txt", STRIKE, RAIN, rolling=True)
    await store.publish("a.txt", RAIN)
    await store.publish("b.txt", STRIKE)
    await store.remove("b.txt")
    await change_the_rest(store)
    await ask_everything(store)


async def change_the_rest(store: StoreHarness) -> None:
    rain = await store.entry("Rain")
    (first, *_) = await store.writer.known_seeds()
    async with store.writer.transaction() as transaction:
        await transaction.write([reading("c.txt", of="c", reason="binary")], now=T0)
        await transaction.mark_missing([first.id])
        await transaction.take_down(rain.id, now=T0)
        await transaction.put_back(rain.id, now=T0)
        await transaction.relabel(after=0, now=T0)
        await transaction.set_presentation("another", now=T0)
        await transaction.set_vocabulary("words")
        await transaction.end_scan(braked=True, now=T0)
    await store.writer.accept_removals()
    await store.writer.vocabulary()
    async with store.writer.transaction() as transaction:
        found = FoundSeed(id=first.id, path=first.path, size=1, mtime=1, was_missing=True)
        await transaction.write((), found=[found], now=T0)


async def ask_everything(store: StoreHarness) -> None:
    everything = Channel()
    await store.reader.changes(0)
    await store.reader.recent(everything, limit=3)
    await store.reader.recent(everything, limit=3, before=5)
    await store.reader.archive(everything, 1)
    await store.reader.entry((await store.entry("Rain")).id)
    await store.reader.seeds()
    await store.reader.seed_page(limit=2, after=(await store.reader.seed_page(limit=1)).next)
    await store.reader.seed_overview(limit=9)
    await store.reader.status()
    for pairs in (
        [("topic", "weather")],
        [("country", "kz"), ("not-topic", "weather")],
        [("q", 'wells -"dry years" val*')],
    ):
        query = parse_query(pairs, taxonomy=TAXONOMY)
        await store.reader.find(query, limit=3)
        await store.reader.find(query, limit=3, before=5)
        if query.words:
            await store.reader.rank(query, limit=3)


def scans(path: str, heard: dict[str, Any]) -> list[str]:
    """Each scan of a growing table, with the statement that does it."""
    connection = sqlite3.connect(path)
    found = []
    for statement, values in heard.items():
        if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            steps = [SCAN.search(detail) for *_, detail in plan]
            found += [f"{step[0]} by {statement}" for step in steps if step]
    connection.close()
    return [scan for scan in found if not any(fine in scan for fine in FINE)]


async def test_no_statement_scans_a_table_that_grows(store: StoreHarness) -> None:
    with listening(store) as heard:
        await do_everything(store)
    tables = {name for name in GROWING if any(name in statement for statement in heard)}
    assert tables == set(GROWING)
    assert len(heard) > 50
    assert scans(str(store.path), heard) == []


async def test_a_full_scan_would_be_noticed(store: StoreHarness) -> None:
    await store.publish("a.txt", ("Title", "Text"), listing=(draft("Another", ordinal=2),))
    heard = {"SELECT * FROM entries WHERE title = ?": ("Title",)}
    assert scans(str(store.path), heard) != []
