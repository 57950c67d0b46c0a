"""An instance of the service: watching, closing, leading, describing its state."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from feedsvc.domain.classify import Vocabulary
from feedsvc.domain.identity import feed_id, namespace_of
from feedsvc.domain.model import Channel, Stated
from feedsvc.domain.render import Format
from feedsvc.runtime.heartbeat import Heartbeat
from feedsvc.runtime.instance import ServiceInstance, _with_heartbeat, open_instance
from feedsvc.settings import Settings
from feedsvc.store.database import DatabaseError
from feedsvc.store.lock import leader_lock
from feedsvc.web.metrics.meters import Meters
from tests.runtime.conftest import wait_for

MakeSettings = Callable[..., Settings]


@asynccontextmanager
async def opened(settings: Settings, vocabulary: Vocabulary) -> AsyncIterator[ServiceInstance]:
    leader = leader_lock(settings.database)
    instance = await open_instance(settings, vocabulary, leader=leader, meters=Meters())
    try:
        yield instance
    finally:
        await instance.close()
        leader.let_go()


async def test_an_instance_publishes_what_is_in_the_folder(
    make_settings: MakeSettings, vocabulary: Vocabulary
) -> None:
    async with opened(make_settings(), vocabulary) as instance:
        assert instance.describe_status() == "Publishing 0 entries"
        instance.start_watching()
        await wait_for(lambda: instance.watcher.status.scans > 0)
        await instance.publisher.channels.refresh()
        assert instance.describe_status() == "Publishing 2 entries"


async def test_a_missing_folder_is_the_status(
    make_settings: MakeSettings, vocabulary: Vocabulary
) -> None:
    settings = make_settings(seeds_dir="/nowhere/seeds")
    async with opened(settings, vocabulary) as instance:
        instance.start_watching()
        await wait_for(lambda: bool(instance.watcher.status.degraded))
        assert instance.describe_status().startswith("Degraded: ")
        assert "/nowhere/seeds" in instance.describe_status()


async def test_a_namespace_that_has_no_effect_is_logged(
    make_settings: MakeSettings, vocabulary: Vocabulary
) -> None:
    async with opened(make_settings(), vocabulary):
        pass
    with capture_logs() as lines:
        async with opened(make_settings(namespace=UUID(int=7)), vocabulary):
            pass
    (line,) = (line for line in lines if line["event"] == "suspicious setting")
    assert f"namespace is {UUID(int=7)} but the database" in line["reason"]


async def test_closing_an_instance_ends_its_watcher(
    make_settings: MakeSettings, vocabulary: Vocabulary
) -> None:
    async with opened(make_settings(), vocabulary) as instance:
        watching = instance.start_watching()
        await wait_for(lambda: instance.watcher.status.scans > 0)
    assert watching.cancelled()
    assert not instance.watcher.status.alive


async def test_of_two_instances_on_one_database_one_leads(
    make_settings: MakeSettings, vocabulary: Vocabulary
) -> None:
    settings = make_settings()
    async with opened(settings, vocabulary) as first, opened(settings, vocabulary) as second:
        first.start_watching()
        await wait_for(lambda: first.watcher.status.leader)
        second.start_watching()
        await wait_for(lambda: first.watcher.status.scans > 1)
        assert not second.watcher.status.leader
        assert second.watcher.status.scans == 0


async def test_a_database_that_cannot_be_used_is_an_error(
    make_settings: MakeSettings, vocabulary: Vocabulary
) -> None:
    settings = make_settings()
    settings.database.path.write_bytes(b"Dear diary, " * 500)
    with pytest.raises(DatabaseError, match=r"feedsvc\.db"):
        async with opened(settings, vocabulary):
            pass


async def test_feed_ids_are_made_in_the_databases_namespace_and_outlive_a_move(
    make_settings: MakeSettings, vocabulary: Vocabulary
) -> None:
    space = namespace_of("https://one.example")
    for base_url in ("https://one.example", "https://moved.example"):
        async with opened(make_settings(base_url=base_url), vocabulary) as instance:
            instance.start_watching()
            await wait_for(lambda: instance.watcher.status.scans > 0)
            await instance.publisher.channels.refresh()
            answer = await instance.publisher.get_feed(Channel(), Format.ATOM)
            assert feed_id("all", namespace=space).urn.encode() in answer.document.identity.body


def test_labelling_an_entry_is_progress() -> None:
    moments = iter([0.0, 50.0, 51.0])
    heartbeat = Heartbeat(lambda: next(moments))
    label = _with_heartbeat(lambda _stated: (), heartbeat)
    assert label(Stated()) == ()
    assert heartbeat.overdue == 1
