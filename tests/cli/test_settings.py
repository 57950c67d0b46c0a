"""`feedsvc settings`."""

from __future__ import annotations

import re

from tests.cli.conftest import Cli


def test_settings_are_shown_with_their_sources(cli: Cli) -> None:
    result = cli.run("settings", "--title", "The Paper", "--meanings")
    assert re.search(r"^title +The Paper +flag", result.stdout, re.MULTILINE)
    assert re.search(r"^seeds_dir +\S+ +environment", result.stdout, re.MULTILINE)
    file = cli.place / "feedsvc.toml"
    file.write_text('title = "The File"\n')
    assert "The File" in cli.run("--config", str(file), "settings").stdout
