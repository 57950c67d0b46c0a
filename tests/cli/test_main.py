"""The command group: help, version, what is loaded."""

from __future__ import annotations

import re
import subprocess
import sys

import click
import pytest

from feedsvc.cli.main import COMMANDS, main
from tests.cli.conftest import Cli

STORE_AND_SERVER = {
    "aiohttp", "aiosqlite", "alembic", "feedgen", "jinja2", "prometheus_client", "sqlalchemy",
    "structlog", "watchfiles",
}  # fmt: skip
READERS = {
    "chardet", "charset_normalizer", "email", "feedparser", "lxml", "markdown_it",
    "python_calamine", "selectolax", "yaml",
}  # fmt: skip
SETTINGS = {"asyncio", "pydantic", "pydantic_settings"}


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_says_what_it_does(cli: Cli, name: str) -> None:
    result = cli.run(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: feedsvc {name}")
    assert len(result.stdout.splitlines()) > 4
    assert f"  {name} " in cli.run("--help").stdout


def test_the_list_of_commands_cuts_no_sentence_short(cli: Cli) -> None:
    assert "..." not in cli.run("--help").stdout.partition("Commands:")[2]


def test_the_version_is_printed(cli: Cli) -> None:
    assert re.fullmatch(r"feedsvc \d+\.\d+\S* \(not compiled\)\n", cli.run("--version").stdout)


def test_an_unknown_command_is_an_error(cli: Cli) -> None:
    assert cli.run("publish").exit_code == 2


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_list_says_of_a_command_what_its_own_help_says(name: str) -> None:
    context = click.Context(main)
    command = main.get_command(context, name)
    assert command is not None
    assert command.get_short_help_str(limit=100) == COMMANDS[name].summary


def test_help_loads_none_of_what_commands_need(cli: Cli) -> None:
    assert loaded_by(cli, "--help") & {*STORE_AND_SERVER, *READERS, *SETTINGS} == set()


@pytest.mark.parametrize(
    "words",
    [("check", "seeds"), ("classify", "--jsonl"), ("explain", "A headline")],
    ids=lambda words: words[0],
)
def test_commands_without_store_or_server_load_neither(cli: Cli, words: tuple[str, ...]) -> None:
    cli.write("a.txt")
    assert loaded_by(cli, *words) & STORE_AND_SERVER == set()


def loaded_by(cli: Cli, *words: str) -> set[str]:
    """The names of all modules that a command imports, in a process of its own."""
    code = (
        "import sys\nfrom feedsvc.cli import main\n"
        f"try: main({list(words)!r})\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env=cli.environment,
        cwd=cli.place,
        capture_output=True,
        text=True,
        check=True,
        input="",
    )
    return set(ended.stderr.splitlines()[-1].split())
