"""The flags of settings."""

from __future__ import annotations

from feedsvc.cli.flags import METAVARS
from feedsvc.settings import Settings
from tests.cli.conftest import Cli


def test_every_flag_shows_the_kind_of_value_it_takes(cli: Cli) -> None:
    assert set(METAVARS) == set(Settings.model_fields)
    result = cli.run("serve", "--help").stdout
    assert "--seeds-dir FOLDER " in result
    assert "--port PORT " in result
    assert "--idle-seconds SECONDS " in result
    assert "--rolling true|false " in result
    assert "VALUE" not in result
