"""`feedsvc classify` as a program."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Cli, is_one_plain_line


def test_lines_are_answered_in_order(cli: Cli) -> None:
    lines = [
        {"id": 7, "title": "Strike in Kazakhstan", "text": "Words."},
        {"id": "b", "title": "Nothing of note", "text": ""},
    ]
    given = "\n\n".join(json.dumps(line) for line in lines) + "\n"
    result = cli.run("classify", "--jsonl", given=given)
    first, second = map(json.loads, result.stdout.splitlines())
    assert (first["id"], first["countries"]) == (7, ["KZ"])
    assert "central-asia" in first["regions"]
    assert second == {"id": "b", "countries": [], "regions": [], "topics": [], "evidence": []}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 2: not a JSON object"),
        ("[1]", "line 2: not a JSON object but a list"),
        ('{"title": 3}', "line 2: 'title' is not a string"),
    ],
)
def test_a_bad_line_is_an_error_with_its_number(cli: Cli, line: str, reason: str) -> None:
    result = cli.run("classify", "--jsonl", given=f"{{}}\n{line}\n")
    assert result.exit_code == 2
    assert is_one_plain_line(result.stderr)
    assert reason in result.stderr


def test_bytes_that_are_not_utf8_are_an_error(cli: Cli) -> None:
    result = cli.start("classify", "--jsonl", given=b'{"title": "caf\xe9"}\n')
    assert (result.returncode, is_one_plain_line(result.stderr)) == (2, True)


def test_any_json_string_is_answered(cli: Cli) -> None:
    result = cli.start("classify", "--jsonl", given=b'{"id": "\\ud800", "title": "\\udfff"}\n')
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout)["id"] == "\ud800"
