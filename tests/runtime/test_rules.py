"""Settings as the rules by which files are read."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from feedsvc.domain.reading.item import Selectors
from feedsvc.runtime.rules import rules_from
from feedsvc.settings import Settings
from tests.builders import TAXONOMY


def test_the_rules_follow_the_settings() -> None:
    settings = Settings(timezone="Asia/Almaty", max_seed_bytes="1MiB", rolling=True)
    rules = rules_from(settings, TAXONOMY)
    assert (rules.zone, rules.max_bytes, rules.rolling) == (ZoneInfo("Asia/Almaty"), 2**20, True)


def test_the_settings_for_reading_reach_the_readers() -> None:
    settings = Settings(
        day_first=False,
        verbatim=True,
        teaser_only=True,
        max_teaser_chars=700,
        table_columns={"Hed": "title"},
        html_selectors={"sport": {"entry": "li"}},
    )
    rules = rules_from(settings, TAXONOMY).for_file("sport/results.html")
    assert (rules.taxonomy, rules.zone) == (TAXONOMY, settings.timezone)
    assert (rules.day_first, rules.verbatim, rules.teaser_only) == (False, True, True)
    assert rules.max_teaser_chars == 700
    assert rules.columns == {"Hed": "title"}
    assert rules.selectors == Selectors(entry="li")
