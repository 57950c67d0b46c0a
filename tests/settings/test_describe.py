"""How settings are described, in the terminal and in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

from feedsvc.settings import Settings, Source, describe_settings, read_settings
from feedsvc.settings.describe import format_value

DOCUMENT = Path(__file__).parents[2] / "docs" / "configuration.md"
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (.+) \|$", re.MULTILINE)


def test_every_setting_has_a_row_with_value_source_and_meaning() -> None:
    environ = {
        "FEEDSVC_TRUSTED_PROXIES": "10.0.0.0/8,::1",
        "FEEDSVC_ROLLING": "1",
        "FEEDSVC_CACHE_BYTES": "1MiB",
    }
    rows = {row.name: row for row in describe_settings(read_settings(environ=environ))}
    assert list(rows) == list(Settings.model_fields)
    assert rows["trusted_proxies"].value == "10.0.0.0/8, ::1/128"
    assert rows["rolling"].value == "true"
    assert rows["cache_bytes"].value == "1.0MiB"
    assert rows["metrics_port"].value == ""
    assert rows["rolling"].source is Source.ENVIRONMENT
    assert rows["title"].source is Source.DEFAULT
    assert all(row.meaning.endswith(".") for row in rows.values())


def test_a_password_is_masked() -> None:
    assert format_value("postgresql://me:secret@host/d") == "postgresql://me:***@host/d"
    assert format_value("http://127.0.0.1:8080") == "http://127.0.0.1:8080"


def test_the_documentation_lists_every_setting_with_default_and_meaning() -> None:
    documented = {name: (default, meaning) for name, default, meaning in ROW.findall(_document())}
    rows = describe_settings(read_settings(environ={}, usual_files=()))
    assert documented == {
        row.name: (f"`{row.value}`" if row.value else "none", row.meaning) for row in rows
    }


def test_the_sample_file_in_the_documentation_is_valid(tmp_path: Path) -> None:
    sample = _document().split("```toml\n")[1].split("```")[0]
    config = tmp_path / "feedsvc.toml"
    config.write_text(sample)
    assert read_settings(environ={}, config=config).settings.publisher == "Harbour Press"


def _document() -> str:
    return DOCUMENT.read_text(encoding="utf-8")
