"""Settings that cannot be used."""

from __future__ import annotations

from tests.cli.conftest import Cli, is_one_plain_line


def test_a_bad_setting_is_an_error_of_one_line(cli: Cli) -> None:
    result = cli.run("seeds", database_url="mysql://a/b")
    assert (result.exit_code, is_one_plain_line(result.stderr)) == (2, True)


def test_an_unknown_setting_is_an_error(cli: Cli) -> None:
    result = cli.run("settings", sedes_dir="here")
    assert result.exit_code == 2
    assert "FEEDSVC_SEDES_DIR" in result.stderr
