"""What the store's content was made with depends on vocabulary and settings."""

from __future__ import annotations

import pytest

from feedsvc.domain.classify import Vocabulary
from feedsvc.runtime.provenance import REREAD_AFTER, provenance_from
from feedsvc.settings import Settings


def test_a_setting_for_reading_changes_only_how_files_were_read(
    vocabulary: Vocabulary,
) -> None:
    before = provenance_from(Settings(), vocabulary)
    after = provenance_from(Settings(rolling=True), vocabulary)
    assert before.labels == after.labels == vocabulary.fingerprint
    assert before.readings != after.readings


def test_other_settings_change_nothing(vocabulary: Vocabulary) -> None:
    assert "timezone" not in REREAD_AFTER
    moved = Settings(timezone="Asia/Almaty", title="Moved")
    assert provenance_from(moved, vocabulary) == provenance_from(Settings(), vocabulary)


@pytest.mark.parametrize("name", REREAD_AFTER)
def test_every_name_is_a_setting(name: str) -> None:
    assert name in Settings.model_fields
