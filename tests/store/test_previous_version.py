"""A database that an earlier version wrote, with what that version read from it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from feedsvc.domain.identity import NAMESPACE
from feedsvc.domain.model import Channel, Draft, Stated
from feedsvc.domain.query import Query
from feedsvc.domain.reading import Problem
from feedsvc.store.database import Database, DatabaseError
from feedsvc.store.reader import open_reader
from feedsvc.store.records import SeedReading
from tests.builders import base_key, draft, label_plainly
from tests.store.harness import StoreHarness, open_store

FIXTURES = Path(__file__).parent / "fixtures"
EXPECTED: dict[str, Any] = json.loads((FIXTURES / "version-53d06ff.json").read_text())
TRAM = Stated(
    title="Almaty Opens a Fourth Tram Line",
    text="Kazakhstan's largest city wants a third of all journeys to be made by rail. "
    "The line has twelve stops.",
)


@pytest.fixture
async def upgraded(tmp_path: Path) -> AsyncIterator[StoreHarness]:
    """The earlier version's database, upgraded by this one."""
    with closing(sqlite3.connect(tmp_path / "feedsvc.db")) as connection:
        connection.executescript((FIXTURES / "version-53d06ff.sql").read_text())
    async with open_store(tmp_path, label=label_plainly) as harness:
        yield harness


async def test_entries_keep_their_ids_words_dates_and_labels(upgraded: StoreHarness) -> None:
    found = {
        str(entry.id): {
            "headline": entry.headline,
            "arrival": entry.arrival,
            "published": entry.published.isoformat(),
            "updated": entry.updated.isoformat(),
            "labels": [label.value for label in entry.labels],
        }
        for entry in await upgraded.entries()
    }
    assert found == EXPECTED["entries"]


async def test_feeds_keep_their_entries_revisions_and_archives(upgraded: StoreHarness) -> None:
    found = {
        state.channel.path: {
            "revision": state.revision,
            "changed": state.changed.isoformat(),
            "archives": state.archives,
            "entries": [str(entry.id) for entry in await upgraded.entries(state.channel.path)],
        }
        for state in await upgraded.reader.changes(0)
    }
    assert found == EXPECTED["channels"]


async def test_what_was_withdrawn_or_taken_down_stays_out(upgraded: StoreHarness) -> None:
    status = await upgraded.reader.status()
    assert status.entries == len(EXPECTED["entries"])
    with closing(sqlite3.connect(upgraded.path)) as connection:
        (stored,) = connection.execute("SELECT count(*) FROM entries").fetchone()
    assert stored == status.entries + 2


async def test_its_entries_are_found_by_their_words(upgraded: StoreHarness) -> None:
    found = await upgraded.reader.find(Query(words="twelve stops"), limit=9)
    assert [entry.headline for entry in found.entries] == [TRAM.title]


async def test_a_seed_that_says_the_same_changes_no_feed(upgraded: StoreHarness) -> None:
    before = await upgraded.revisions()
    reading = SeedReading(path="other.txt", hash=b"same", size=1, mtime=1, encoding="utf-8")
    async with upgraded.writer.transaction() as transaction:
        done = await transaction.accept(
            reading,
            [Draft(ordinal=1, line=1, stated=TRAM)],
            rolling=False,
            now=(await upgraded.reader.recent(Channel(), limit=1)).entries[0].updated,
        )
    assert (done.same, done.changed) == (1, False)
    assert await upgraded.revisions() == before


async def test_ids_of_new_entries_are_made_as_before(upgraded: StoreHarness) -> None:
    assert await upgraded.reader.namespace() == NAMESPACE
    frost = draft("A late frost spares the orchards", "Growers lit small fires between the rows.")
    upgraded.clock.forward(10**8)
    await upgraded.publish("frost.txt", listing=[frost])
    assert (await upgraded.entry(frost.stated.title)).id == base_key(frost)


async def test_problems_of_the_version_before_have_their_reason(upgraded: StoreHarness) -> None:
    with closing(sqlite3.connect(upgraded.path)) as connection:
        connection.execute("""UPDATE seeds SET problems = '[[3, "date: expected a date"]]'""")
        connection.commit()
    seed, *_ = await upgraded.reader.seeds()
    assert seed.problems == (Problem(3, "date: expected a date"),)


async def test_a_reader_says_that_the_database_has_to_be_upgraded_first(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "feedsvc.db")) as connection:
        connection.executescript((FIXTURES / "version-53d06ff.sql").read_text())
    async with open_reader(Database(tmp_path / "feedsvc.db")) as reader:
        with pytest.raises(DatabaseError, match="earlier version of feedsvc; run `feedsvc serve`"):
            await reader.skipped_files()


async def test_channels_get_their_numbers_of_entries_after_the_last_page(
    upgraded: StoreHarness,
) -> None:
    with closing(sqlite3.connect(upgraded.path)) as connection:
        wrong = connection.execute(
            "SELECT id FROM channels WHERE open != (SELECT count(*) FROM memberships m"
            " WHERE m.channel = channels.id AND m.arrival > channels.archived)"
        ).fetchall()
        assert wrong == []
        assert connection.execute("SELECT max(open) FROM channels").fetchone() > (0,)
