"""`feedsvc channels`."""

from __future__ import annotations

from tests.cli.conftest import Cli, entry_ids


def test_channels_are_listed_with_their_feeds(filled: Cli) -> None:
    result = filled.run("channels", "--base-url", "https://news.example/p")
    assert "https://news.example/p/feeds/countries/kz.atom" in result.stdout
    filled.run("withdraw", str(entry_ids(filled)[1]))
    assert "countries/kz" not in filled.run("channels").stdout
    assert "countries/kz" in filled.run("channels", "--all").stdout
