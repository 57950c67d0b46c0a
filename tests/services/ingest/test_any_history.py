"""Whatever happens to a folder, the store ends up like a fresh one."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from feedsvc.store.database import Database
from feedsvc.store.reader import open_reader
from feedsvc.store.writer import open_writer
from tests.builders import T0, label_plainly
from tests.services.ingest.harness import IngestHarness

T = TypeVar("T")
NAMES = ("a.txt", "b.txt", "sub/c.md", "d.txt")
SUBJECTS = ("strike", "rain", "chess", "almaty", "asia", "bread")


def story(number: int, version: int) -> tuple[str, str]:
    """A story after `version` edits; the title changes, the teaser grows at its end."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    title = "" if number % 5 == 4 else f"Of {subject} {number} version {version}"
    # With words of its own, an untitled story is not taken for an edit of another.
    own = " ".join(f"{word}{number}" for word in ("ash", "elm", "fir", "oak", "yew", "may", "box"))
    return title, f"In {own} we read of {subject}" + " and tomorrow" * version + "."


def listing(stories: list[tuple[int, int]]) -> str:
    """The text of a file with these stories."""
    blocks = []
    for number, version in stories:
        title, teaser = story(number, version)
        blocks.append(f"{title}\n\n{teaser}" if title else teaser)
    return "\n\n".join(blocks) + "\n"


class SyncHarness:
    """An ingest harness for tests that are not async, with an event loop of its own."""

    def __init__(self) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="feedsvc-"))
        self.folder = self.place / "seeds"
        self.folder.mkdir()
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self.harness = self.run(self._open())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)

    async def _open(self) -> IngestHarness:
        database = Database(self.place / "feedsvc.db")
        writer = await self._stack.enter_async_context(
            open_writer(database, label=label_plainly, now=T0, page_size=3)
        )
        reader = await self._stack.enter_async_context(open_reader(database))
        return IngestHarness(folder=self.folder, writer=writer, reader=reader)

    def close(self) -> None:
        self.run(self._stack.aclose())
        self._runner.close()
        shutil.rmtree(self.place)

    def published(self) -> dict[str, object]:
        """What is published, except for what depends on the history: ids, dates, arrivals."""
        return self.run(self._published())

    async def _published(self) -> dict[str, object]:
        entries = await self.harness.entries()
        words = {str(one.id): (one.stated.title, one.stated.text) for one in entries}
        return {
            "entries": sorted(
                (
                    one.stated.title,
                    one.stated.text,
                    sorted((mark.kind, mark.value) for mark in one.labels),
                )
                for one in entries
            ),
            "sightings": sorted(
                (seed, ordinal, words[entry])
                for seed, ordinal, entry in await self.harness.sightings()
            ),
            "channels": sorted(
                (state.channel.path, state.entries)
                for state in await self.harness.reader.changes(0)
                if state.entries
            ),
        }


class History(RuleBasedStateMachine):
    """Files are written, edited, renamed and removed; the process restarts; the clock jumps.

    An editor corrects a story in every file that has it. If only one file were corrected, the
    store would know that both versions are one entry, but a fresh store could not.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sync = SyncHarness()
        self.files: dict[str, list[int]] = {}
        self.versions: dict[int, int] = {}
        self.ids: dict[int, set[str]] = {}
        self.revision = 0

    def teardown(self) -> None:
        try:
            self.compare_with_a_fresh_store()
        finally:
            self.sync.close()

    @initialize()
    def begin(self) -> None:
        self.files["keep.txt"] = [90, 91]
        self.write("keep.txt")
        self.settle()

    @rule(name=st.sampled_from(NAMES), numbers=st.lists(st.integers(0, 12), min_size=1, max_size=5))
    def put(self, name: str, numbers: list[int]) -> None:
        self.files[name] = list(dict.fromkeys(numbers))
        self.write(name)

    @rule(number=st.integers(0, 12))
    def correct(self, number: int) -> None:
        self.settle()
        if any(number in numbers for numbers in self.files.values()):
            self.versions[number] = self.versions.get(number, 0) + 1
            for name, numbers in self.files.items():
                if number in numbers:
                    self.write(name)
            self.settle()

    @rule(name=st.sampled_from(NAMES))
    def remove(self, name: str) -> None:
        if self.files.pop(name, None):
            (self.sync.folder / name).unlink()

    @rule(old=st.sampled_from(NAMES), new=st.sampled_from(NAMES))
    def rename(self, old: str, new: str) -> None:
        if old in self.files:
            numbers = self.files.pop(old)
            (self.sync.folder / new).parent.mkdir(exist_ok=True)
            (self.sync.folder / old).rename(self.sync.folder / new)
            self.files[new] = numbers

    @rule(name=st.sampled_from(NAMES))
    def touch(self, name: str) -> None:
        if name in self.files:
            (self.sync.folder / name).touch()

    @rule()
    def scan(self) -> None:
        self.sync.run(self.sync.harness.scan())
        self.sync.harness.tick += 0.2

    @rule()
    def restart(self) -> None:
        self.sync.harness.restart()

    @rule(seconds=st.sampled_from([-31_536_000, -3600, 60, 3600]))
    def jump(self, seconds: int) -> None:
        self.sync.harness.clock.forward(seconds)

    @rule()
    @precondition(lambda self: self.files)
    def settle(self) -> None:
        self.sync.run(self.sync.harness.settle())

    @invariant()
    def revisions_and_dates_never_go_back(self) -> None:
        states = self.sync.run(self.sync.harness.reader.changes(0))
        newest = max((state.revision for state in states), default=0)
        assert newest >= self.revision
        self.revision = newest

    def write(self, name: str) -> None:
        file = self.sync.folder / name
        file.parent.mkdir(exist_ok=True)
        stories = [(number, self.versions.get(number, 0)) for number in self.files[name]]
        file.write_text(listing(stories))

    def compare_with_a_fresh_store(self) -> None:
        self.settle()
        self.sync.run(self.sync.harness.settle())
        fresh = SyncHarness()
        try:
            for name in sorted(self.files, reverse=True):
                target = fresh.folder / name
                target.parent.mkdir(exist_ok=True)
                shutil.copy(self.sync.folder / name, target)
            fresh.run(fresh.harness.settle())
            assert self.sync.published() == fresh.published()
        finally:
            fresh.close()
        self.check_the_database()

    def check_the_database(self) -> None:
        connection = sqlite3.connect(self.sync.place / "feedsvc.db")
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        counted = connection.execute(
            "SELECT c.id FROM channels c WHERE c.entries != "
            "(SELECT count(*) FROM memberships m WHERE m.channel = c.id)"
        )
        assert counted.fetchall() == []
        connection.close()


History.TestCase.settings = settings(
    max_examples=15,
    # Shrinking would open hundreds of stores, and a failing history is short anyway.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestHistory = History.TestCase


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    files=st.dictionaries(
        st.sampled_from(NAMES),
        st.lists(st.tuples(st.integers(0, 8), st.integers(0, 2)), min_size=1, max_size=5),
        min_size=2,
    ),
    data=st.data(),
)
def test_the_order_of_files_does_not_matter_in_a_fresh_store(
    files: dict[str, list[tuple[int, int]]],
    data: st.DataObject,
) -> None:
    outcomes = []
    for order in (sorted(files), data.draw(st.permutations(sorted(files)))):
        sync = SyncHarness()
        try:
            for name in order:
                file = sync.folder / name
                file.parent.mkdir(exist_ok=True)
                file.write_text(listing(files[name]))
                sync.run(sync.harness.settle())
            ids = {(one.id, one.stated.title) for one in sync.run(sync.harness.entries())}
            sightings = sync.run(sync.harness.sightings())
            outcomes.append((ids, sightings, sync.published()))
        finally:
            sync.close()
    assert outcomes[0] == outcomes[1]
