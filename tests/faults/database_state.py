"""Reads what a database contains after a crash, and what would be served from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from feedsvc.domain.model import Channel
from feedsvc.domain.render.feed import Site
from feedsvc.domain.render.format import Format
from feedsvc.services.publish import Publisher
from feedsvc.store.database import Database
from feedsvc.store.reader import open_reader
from tests.builders import TAXONOMY

CHANNELS = (
    Channel(),
    Channel(region="asia"),
    Channel(country="kz"),
    Channel(topic="labour"),
    Channel(region="asia", topic="weather"),
)


@contextmanager
def reading(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        yield connection


def contents(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, including IDs, dates, revisions and numbers."""
    with reading(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name: sorted(_rows(connection, name), key=repr) for (name,) in names.fetchall()}


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[tuple[Any, ...]]:
    found = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608
    # Only the time of the last scan depends on how many scans there were.
    kept = [number for number, column in enumerate(found.description) if column[0] != "scanned"]
    return (tuple(row[number] for number in kept) for row in found)


def assert_no_half_seed(database: Path) -> None:
    """Check that every accepted seed has all of its entries, in all of their channels."""
    with reading(database) as connection:
        try:
            seeds = connection.execute(
                "SELECT s.entries, count(g.id) FROM seeds s LEFT JOIN sightings g ON g.seed = s.id"
                " GROUP BY s.id",
            ).fetchall()
        except sqlite3.OperationalError:
            return  # killed before the schema was created
        assert all(stated == held for stated, held in seeds)
        counted = connection.execute(
            "SELECT c.entries, count(m.arrival) FROM channels c"
            " LEFT JOIN memberships m ON m.channel = c.id GROUP BY c.id",
        ).fetchall()
        assert all(stated == held for stated, held in counted)


async def etags(database: Path) -> dict[tuple[str, Format], str]:
    """Return the ETags of some channels in every format."""
    async with open_reader(Database(database)) as reader:
        publisher = Publisher(
            reader=reader,
            custom_reader=reader,
            site=Site(base_url="https://news.example", title="News", publisher="Press"),
            taxonomy=TAXONOMY,
            feed_size=100,
            cache_bytes=10**7,
        )
        try:
            await publisher.channels.refresh()
            return {
                (channel.path, form): (
                    await publisher.get_feed(channel, form)
                ).document.identity.etag
                for channel in CHANNELS
                for form in Format
            }
        finally:
            await publisher.close()
