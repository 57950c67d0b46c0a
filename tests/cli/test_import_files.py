"""`feedsvc import`: what it writes, and what it refuses to overwrite."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import BINARY, Cli

TABLE = """\
Headline,Summary,Link,Countries
Ferry links island towns again,The ferry has taken up its daily run.,https://example.org/1,Kenya
Bakers share one oven,It is wood-fired and stands by the quay.,,
"""


@pytest.fixture
def folder(cli: Cli) -> Path:
    place = cli.place / "by-hand"
    place.mkdir()
    return place


def entries(cli: Cli, file: Path) -> list[dict[str, object]]:
    lines = cli.run("check", "--jsonl", file).stdout.splitlines()
    found = [json.loads(line) for line in lines]
    return [
        {name: value for name, value in one.items() if name not in {"file", "line"}}
        for one in found
        if one["kind"] == "entry"
    ]


def test_a_table_becomes_a_listing_that_is_read_alike(cli: Cli, folder: Path) -> None:
    table = cli.write("export.csv", TABLE)
    result = cli.run("import", table, "--to", folder)
    assert result.exit_code == 0, result.stderr
    written = folder / "export.txt"
    assert result.stdout == f"{table} → {written}: 2 entries\n"
    assert written.read_text(encoding="utf-8") == (
        "Ferry links island towns again\n"
        "link: https://example.org/1\n"
        "countries: ke\n"
        "\n"
        "The ferry has taken up its daily run.\n"
        "\n"
        "Bakers share one oven\n"
        "\n"
        "It is wood-fired and stands by the quay.\n"
    )
    assert entries(cli, written) == entries(cli, table)
    assert [file.name for file in folder.iterdir()] == ["export.txt"]


def test_a_file_that_exists_is_never_overwritten(cli: Cli, folder: Path) -> None:
    (folder / "export.txt").write_text("Mine\n")
    other = cli.write("other.csv", TABLE)
    result = cli.run("import", cli.write("export.csv", TABLE), other, "--to", folder)
    assert result.exit_code == 1
    assert f"{folder / 'export.txt'} exists already: nothing was written" in result.stderr
    assert (folder / "export.txt").read_text() == "Mine\n"
    assert (folder / "other.txt").exists()
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", BINARY, "binary data"),
        ("b.bak.txt", TABLE, "looks like a backup"),
        ("readme.csv", TABLE, "would not be read: README files are never published"),
    ],
)
def test_a_file_that_gives_no_entries_is_refused_with_the_reason(
    cli: Cli, folder: Path, name: str, content: str | bytes, reason: str
) -> None:
    result = cli.run("import", cli.write(name, content), "--to", folder)
    assert result.exit_code == 1
    assert reason in result.stderr
    assert list(folder.iterdir()) == []


def test_what_is_read_differently_is_named(cli: Cli, folder: Path) -> None:
    table = "Headline,Summary\nHarbour to charge by weight,Fees rise; small boats are exempt\n"
    table += "Two bakeries share one oven,The oven is wood-fired; each bakes at night\n"
    result = cli.run("import", cli.write("export.csv", table), "--to", folder)
    assert result.exit_code == 0
    assert "line 1: Harbour to charge by weight: check text, which is read" in result.stdout


def test_a_files_own_switch_is_kept(cli: Cli, folder: Path) -> None:
    listing = "---\nrolling: true\n---\n\nFerry stops\n\nThe last boat was tied up on Sunday.\n"
    assert cli.run("import", cli.write("a.txt", listing), "--to", folder).exit_code == 0
    assert (folder / "a.txt").read_text().startswith("---\nrolling: true\n---\n\nFerry stops\n")


def test_a_missing_folder_is_an_error(cli: Cli) -> None:
    result = cli.run("import", cli.write("a.txt"), "--to", cli.place / "nowhere")
    assert result.exit_code == 2
