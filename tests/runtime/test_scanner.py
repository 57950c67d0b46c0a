"""A scan of the service: alone, and aware of what the store was made with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from feedsvc.domain.classify import Classifier, Vocabulary
from feedsvc.domain.model import Channel
from feedsvc.runtime.clock import utc_now
from feedsvc.runtime.heartbeat import Heartbeat
from feedsvc.runtime.scanner import Scanner
from feedsvc.settings import Settings
from feedsvc.store.lock import writer_lock
from feedsvc.store.reader import open_reader
from feedsvc.store.writer import open_writer
from tests.runtime.conftest import wait_for

MakeSettings = Callable[..., Settings]


@asynccontextmanager
async def scanner_of(
    settings: Settings, vocabulary: Vocabulary, heartbeat: Heartbeat | None = None
) -> AsyncIterator[Scanner]:
    async with open_writer(
        settings.database,
        label=Classifier(vocabulary).classify,
        now=utc_now(),
        page_size=settings.feed_size,
    ) as writer:
        yield Scanner(settings, vocabulary, writer, heartbeat=heartbeat or Heartbeat())


async def revisions(settings: Settings) -> dict[Channel, int]:
    async with open_reader(settings.database) as reader:
        return {state.channel: state.revision for state in await reader.changes(0)}


async def test_a_scan_publishes_what_is_in_the_folder(
    make_settings: MakeSettings, vocabulary: Vocabulary
) -> None:
    async with scanner_of(make_settings(), vocabulary) as scanner:
        assert (await scanner.scan()).accepted == 1
        assert (await scanner.scan()).accepted == 0


async def test_a_scan_waits_while_another_process_writes_and_counts_that_as_progress(
    make_settings: MakeSettings, vocabulary: Vocabulary
) -> None:
    settings, beats = make_settings(), []

    class Counting(Heartbeat):
        def beat(self) -> None:
            beats.append(1)

    lock = writer_lock(settings.database)
    async with scanner_of(settings, vocabulary, Counting()) as scanner:
        assert lock.try_hold()
        scan = asyncio.create_task(scanner.scan())
        await wait_for(lambda: len(beats) > 2)
        assert not scan.done()
        lock.let_go()
        assert (await scan).accepted == 1


async def test_a_new_title_makes_every_feed_a_new_one_once(
    make_settings: MakeSettings, vocabulary: Vocabulary
) -> None:
    async with scanner_of(make_settings(), vocabulary) as scanner:
        await scanner.scan()
    before = await revisions(make_settings())
    renamed = make_settings(title="The Harbour Gazette")
    async with scanner_of(renamed, vocabulary) as scanner:
        await scanner.scan()
    after = await revisions(renamed)
    assert all(after[channel] > before[channel] for channel in before)
    async with scanner_of(renamed, vocabulary) as scanner:
        await scanner.scan()
    assert await revisions(renamed) == after


async def test_files_are_read_again_when_rolling_is_switched(
    make_settings: MakeSettings, vocabulary: Vocabulary
) -> None:
    async with scanner_of(make_settings(), vocabulary) as scanner:
        await scanner.scan()
    for rolling, accepted in ((False, 0), (True, 1), (True, 0)):
        async with scanner_of(make_settings(rolling=rolling), vocabulary) as scanner:
            assert (await scanner.scan()).accepted == accepted


@pytest.mark.parametrize(
    "changed",
    [
        {"day_first": False},
        {"verbatim": True},
        {"teaser_only": True},
        {"max_teaser_chars": 700},
        {"table_columns": {"Hed": "title"}},
        {"html_selectors": {"sport": {"entry": "li"}}},
    ],
)
async def test_files_are_read_again_when_a_setting_for_reading_changes(
    make_settings: MakeSettings, vocabulary: Vocabulary, changed: dict[str, Any]
) -> None:
    async with scanner_of(make_settings(), vocabulary) as scanner:
        await scanner.scan()
    for accepted in (1, 0):
        async with scanner_of(make_settings(**changed), vocabulary) as scanner:
            assert (await scanner.scan()).accepted == accepted


async def test_entries_are_labelled_again_with_another_vocabulary(
    make_settings: MakeSettings, vocabulary: Vocabulary
) -> None:
    settings = make_settings()
    async with scanner_of(settings, vocabulary) as scanner:
        await scanner.scan()
    assert Channel(country="kz") in await revisions(settings)
    other = replace(vocabulary, fingerprint="another")
    async with open_writer(
        settings.database, label=lambda _stated: (), now=utc_now(), page_size=settings.feed_size
    ) as writer:
        scanner = Scanner(settings, other, writer, heartbeat=Heartbeat())
        await scanner.scan()
    async with open_reader(settings.database) as reader:
        states = {state.channel: state.entries for state in await reader.changes(0)}
    assert states[Channel(country="kz")] == 0
    assert states[Channel()] == 2
