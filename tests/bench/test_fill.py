"""A filled database is one that the service could have written."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType

import pytest

from feedsvc.domain.classify import Classifier
from feedsvc.domain.model import Channel, Entry, channels_of
from feedsvc.domain.query import Query
from feedsvc.runtime.clock import utc_now
from feedsvc.runtime.heartbeat import Heartbeat
from feedsvc.runtime.scanner import Scanner
from feedsvc.services.vocabulary import load_vocabulary
from feedsvc.settings import Settings
from feedsvc.store.reader import Reader, open_reader
from feedsvc.store.writer import open_writer

ROOT = Path(__file__).parents[2]
NUMBER = 400
PUBLISHED = 392


@pytest.fixture(scope="module")
def fill() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_fill", ROOT / "bench" / "fill.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)  # for its dataclass
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, fill: ModuleType) -> Settings:
    folder = tmp_path_factory.mktemp("filled")
    (folder / "seeds").mkdir()
    url = f"sqlite+aiosqlite:///{folder}/feedsvc.db"
    settings = Settings(database_url=url, seeds_dir=folder / "seeds", feed_size=20)
    fill.fill(settings.database.path, NUMBER, settings=settings)
    return settings


@pytest.fixture
async def reader(settings: Settings) -> AsyncIterator[Reader]:
    async with open_reader(settings.database) as opened:
        yield opened


async def newest(reader: Reader, channel: Channel) -> tuple[Entry, ...]:
    return (await reader.recent(channel, limit=NUMBER)).entries


async def test_the_service_finds_nothing_to_do_in_it(settings: Settings, reader: Reader) -> None:
    vocabulary = load_vocabulary()
    label = Classifier(vocabulary).classify
    before = await reader.changes(0)
    async with open_writer(
        settings.database, label=label, now=utc_now(), page_size=settings.feed_size
    ) as writer:
        report = await Scanner(settings, vocabulary, writer, heartbeat=Heartbeat()).scan()
    assert not report.degraded
    assert (await reader.status()).entries == PUBLISHED
    assert await reader.changes(0) == before


async def test_every_channel_has_the_entries_that_its_labels_name(reader: Reader) -> None:
    entries = await newest(reader, Channel())
    assert len({entry.id for entry in entries}) == PUBLISHED
    states = await reader.changes(0)
    assert len(states) > 100
    for state in states:
        inside = [entry for entry in entries if state.channel in channels_of(entry.labels)]
        assert state.entries == len(inside)
        assert await newest(reader, state.channel) == tuple(inside)


async def test_archive_pages_and_the_feed_have_every_entry(reader: Reader) -> None:
    (state,) = [one for one in await reader.changes(0) if one.channel == Channel()]
    assert state.archives == PUBLISHED // 20
    pages = [await reader.archive(Channel(), page + 1) for page in range(state.archives)]
    archived = [entry for page in pages if page for entry in reversed(page.entries)]
    entries = tuple(reversed(await newest(reader, Channel())))
    assert tuple(archived) == entries[: len(archived)]
    assert len(entries) - len(archived) < 20


async def test_entries_are_found_by_their_words(reader: Reader) -> None:
    entry, *_ = await newest(reader, Channel())
    found = await reader.find(Query(words=entry.stated.title.split(": ")[1]), limit=2)
    assert found.entries == (entry,)
