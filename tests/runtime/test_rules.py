"""Settings as the rules by which files are read."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from feedsvc.runtime.rules import rules_from
from feedsvc.settings import Settings
from tests.builders import TAXONOMY


def test_the_rules_follow_the_settings() -> None:
    settings = Settings(timezone="Asia/Almaty", max_seed_bytes="1MiB", rolling=True)
    rules = rules_from(settings, TAXONOMY)
    assert (rules.zone, rules.max_bytes, rules.rolling) == (ZoneInfo("Asia/Almaty"), 2**20, True)
    assert (rules.reading.taxonomy, rules.reading.zone) == (TAXONOMY, rules.zone)
