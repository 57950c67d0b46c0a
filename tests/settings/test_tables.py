"""The settings that are tables, in the file and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedsvc.domain.reading.item import Selectors
from feedsvc.settings import SettingsError, describe_settings, read_settings

FILE = """
[table_columns]
Hed = "title"

[html_selectors."sport/*.html"]
entry = "li.story"
title = "h3 > a"
"""


def test_tables_are_read_from_the_file(tmp_path: Path) -> None:
    config = tmp_path / "feedsvc.toml"
    config.write_text(FILE)
    settings = read_settings(environ={}, config=config).settings
    assert settings.table_columns == {"Hed": "title"}
    assert settings.html_selectors == {"sport/*.html": Selectors(entry="li.story", title="h3 > a")}


def test_in_the_environment_they_are_json_and_described_as_such() -> None:
    environ = {
        "FEEDSVC_TABLE_COLUMNS": '{"Hed": "title"}',
        "FEEDSVC_HTML_SELECTORS": '{"sport": {"entry": "li"}}',
    }
    loaded = read_settings(environ=environ, usual_files=())
    rows = {row.name: row.value for row in describe_settings(loaded)}
    assert rows["table_columns"] == environ["FEEDSVC_TABLE_COLUMNS"]
    assert rows["html_selectors"] == environ["FEEDSVC_HTML_SELECTORS"]


def test_an_empty_variable_is_an_empty_table() -> None:
    loaded = read_settings(environ={"FEEDSVC_TABLE_COLUMNS": ""}, usual_files=())
    assert loaded.settings.table_columns == {}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("table_columns", "title", 'must be column = "meaning", such as Hed = "title"'),
        ("table_columns", '{"Hed": "titel"}', "Hed is 'titel'; did you mean title?"),
        ("table_columns", '{"Hed": 1}', "Hed is 1"),
        ("html_selectors", "[]", "must be tables of CSS selectors, one for each file or folder"),
        ("html_selectors", '{"entry": "li"}', 'entry: entry = "…" is missing'),
        ("html_selectors", '{"a": {"title": "h2"}}', 'a: entry = "…" is missing'),
        ("html_selectors", '{"a": {"entry": "li["}}', "a: entry is not a CSS selector"),
        ("html_selectors", '{"a": {"entry": 1}}', "a: entry is not a CSS selector"),
        (
            "html_selectors",
            '{"a": {"entry": "li", "titel": "h2"}}',
            (
                "a: titel is not one of entry, title, text, link, image, date, author; "
                "did you mean title?"
            ),
        ),
    ],
)
def test_an_error_says_what_is_wrong_in_the_table(name: str, value: str, expected: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(environ={f"FEEDSVC_{name.upper()}": value}, usual_files=())
    (problem,) = caught.value.problems
    assert problem.startswith(f"{name} (environment FEEDSVC_{name.upper()}): must ")
    assert expected in problem
