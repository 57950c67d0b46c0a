"""Reloads of a running service."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
import structlog
from aiohttp import web

from feedsvc.domain.classify import Vocabulary, VocabularyError
from feedsvc.runtime.instance import open_instance
from feedsvc.runtime.service import Service
from feedsvc.runtime.systemd import Notifier
from feedsvc.settings import Loaded, Settings, SettingsError
from feedsvc.store.database import DatabaseError
from feedsvc.store.lock import leader_lock
from feedsvc.web.metrics.meters import Meters
from tests.running import Running, running, wait_until

SEED = "A late frost spares the orchards\nGrowers lit small fires between the rows.\n"


def start_with_a_seed(folder: Path) -> None:
    (folder / "seeds").mkdir()
    (folder / "seeds/a.txt").write_text(SEED)


def shows(service: Running, text: str) -> bool:
    return text.encode() in service.get("/feeds/all.atom")


def test_sighup_applies_new_settings_and_keeps_the_old_ones_if_the_new_are_wrong(
    tmp_path: Path,
) -> None:
    start_with_a_seed(tmp_path)
    file = tmp_path / "feedsvc.toml"
    file.write_text('title = "Old"\n')
    with running(tmp_path) as service:
        assert shows(service, "<title>Old</title>")
        file.write_text('title = "New"\n')
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: shows(service, "<title>New</title>"), what="the new title shows")
        file.write_text("titel = 1\n")
        service.process.send_signal(signal.SIGHUP)
        failed = "reload failed: keeping the current settings"
        (line,) = wait_until(lambda: service.lines(failed), what="the reload fails")
        assert "titel" in line["reason"]
        assert shows(service, "<title>New</title>")
        (tmp_path / "seeds/b.txt").write_text("Ferries return\nThe first left at dawn.\n")
        wait_until(lambda: shows(service, "Ferries return"), what="the folder is still watched")


def test_signals_during_a_scan_lose_nothing(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    with running(tmp_path) as service:
        for number in range(300):
            text = f"Log of pier {number}\nIts watch wrote of a calm night {number}.\n"
            (tmp_path / "seeds" / f"{number}.txt").write_text(text)
        wait_until(lambda: service.lines("file published"), what="some are in")
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: service.lines("reloaded"), what="it is reloaded")
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(30) == 0
        assert "Traceback" not in service.log.read_text()
    with running(tmp_path, feed_size="1000") as service:
        said = b'"entries": 300,'
        wait_until(lambda: said in service.get("/readyz"), what="all are in")


@pytest.mark.parametrize(
    "error",
    [
        SettingsError(("unknown setting titel", "unknown setting prot")),
        VocabularyError("topics.toml", "sport", "no name"),
        DatabaseError("feedsvc.db: disk full"),
    ],
)
async def test_a_reload_that_fails_is_logged_and_changes_nothing(
    make_settings: Callable[..., Settings], vocabulary: Vocabulary, error: Exception
) -> None:
    sent: list[str] = []

    class Recorder(Notifier):
        def _send(self, *lines: str) -> None:
            sent.append(lines[0])

    def load() -> Loaded:
        raise error

    async def switch_to(_app: web.Application, _settings: Settings) -> None:
        raise AssertionError

    settings, meters = make_settings(), Meters()
    leader = leader_lock(settings.database)
    instance = await open_instance(settings, vocabulary, leader=leader, meters=meters)
    service = Service(instance, Recorder(), load=load, leader=leader, meters=meters)
    try:
        with structlog.testing.capture_logs() as lines:
            watching, guarding = await service._reload_or_stop(switch_to)
        (failure,) = [line for line in lines if line["log_level"] == "error"]
        assert failure["event"] == "reload failed: keeping the current settings"
        assert failure["reason"] == str(error).replace("\n", "; ")
        assert sent == ["RELOADING=1", "READY=1"]
        assert not watching.done()
        assert not guarding.done()
        guarding.cancel()
    finally:
        await instance.close()
        leader.let_go()
