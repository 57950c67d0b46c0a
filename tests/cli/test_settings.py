"""`feedsvc settings`."""

from __future__ import annotations

import re
from uuid import UUID

from tests.cli.conftest import Cli


def test_settings_are_shown_with_their_sources(cli: Cli) -> None:
    result = cli.run("settings", "--title", "The Paper", "--meanings")
    assert re.search(r"^title +The Paper +flag", result.stdout, re.MULTILINE)
    assert re.search(r"^seeds_dir +\S+ +environment", result.stdout, re.MULTILINE)
    file = cli.place / "feedsvc.toml"
    file.write_text('title = "The File"\n')
    assert "The File" in cli.run("--config", str(file), "settings").stdout


def test_a_namespace_that_the_database_does_not_have_is_reported(cli: Cli) -> None:
    other = {"namespace": str(UUID(int=7))}
    assert "namespace" not in cli.run("settings", **other).stderr  # no database yet
    assert cli.run("ingest", cli.seeds).exit_code == 0
    assert "namespace" not in cli.run("settings").stderr
    assert f"namespace is {UUID(int=7)} but the database" in cli.run("settings", **other).stderr
