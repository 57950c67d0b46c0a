"""Which settings a reload applies."""

from __future__ import annotations

import re
from pathlib import Path

from structlog.testing import capture_logs

from feedsvc.runtime.reload import FIXED, keep_fixed
from feedsvc.settings import Loaded, Settings, Source

DATABASE = "sqlite+aiosqlite:////elsewhere/a.db"


def loaded(settings: Settings, base_url: Source = Source.DEFAULT) -> Loaded:
    return Loaded(settings=settings, sources={"base_url": base_url}, file=None, notes=())


def test_a_reload_keeps_what_a_running_process_cannot_change() -> None:
    running = Settings(port=8001)
    new = Settings(port=8002, title="New", database_url=DATABASE)
    with capture_logs() as lines:
        kept = keep_fixed(loaded(new), running)
    assert [line["event"] for line in lines] == ["restart needed"]
    assert lines[0]["settings"] == ["port", "database_url"]
    assert (kept.port, kept.database_url, kept.title) == (8001, running.database_url, "New")
    assert kept.base_url == running.base_url


def test_a_reload_applies_a_base_url_that_is_set() -> None:
    new = Settings(port=8001, base_url="https://feeds.example")
    assert keep_fixed(loaded(new, Source.FILE), Settings(port=8001)).base_url == new.base_url


def test_the_documentation_lists_the_settings_that_need_a_restart() -> None:
    document = Path(__file__).parents[2] / "docs" / "configuration.md"
    (sentence,) = re.findall(r"Only ([^.]+) need a restart\.", document.read_text())
    assert tuple(re.findall(r"`(\w+)`", sentence)) == FIXED
