"""The handbook lists every log event, and a test produces each of them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEVELS = "debug|info|warning|error|critical"
METHODS = {*LEVELS.split("|"), "exception"}


def documented_events() -> set[str]:
    text = (ROOT / "docs" / "operations.md").read_text()
    section = text[text.index("\n## Log lines") : text.index("\n## Alerts")]
    rows = re.findall(rf"^\| (`.+?`) \| (?:{LEVELS}) \|", section, re.MULTILINE)
    return {event for row in rows for event in re.findall("`([^`]+)`", row)}


def logged_events() -> set[str]:
    return {
        call.args[0].value
        for file in (ROOT / "feedsvc").rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text()))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in METHODS
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "log"
        and isinstance(call.args[0], ast.Constant)
    }


def texts_in_tests() -> set[str]:
    return {
        node.value
        for file in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_the_handbook_lists_every_log_event() -> None:
    assert logged_events() - documented_events() == set()


def test_every_log_event_in_the_handbook_exists_and_has_a_test() -> None:
    documented = documented_events()
    assert len(documented) > 30
    tested = texts_in_tests()
    assert {event for event in documented if event not in tested} == set()
