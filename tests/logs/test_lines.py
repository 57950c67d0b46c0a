"""The one format of all log lines."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
import structlog

from feedsvc.logs import flush_logs, set_up_logs


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _restored_logging() -> Iterator[None]:
    root = logging.getLogger()
    names = ("aiohttp", "alembic", "asyncio", "sqlalchemy", "watchfiles")
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in names}
    yield
    logging.captureWarnings(capture=False)
    root.handlers, root.level = handlers, level
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


def written(stream: io.StringIO) -> str:
    flush_logs()
    return stream.getvalue()


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written(stream).splitlines()]


def test_lines_are_json_with_facts_in_keys_when_not_on_a_terminal() -> None:
    stream = io.StringIO()
    set_up_logs(level="info", form="auto", stream=stream)
    structlog.get_logger("feedsvc.web").info("request answered", status=200, ms=1.5)
    (line,) = lines(stream)
    assert line["event"] == "request answered"
    assert (line["status"], line["ms"], line["level"]) == (200, 1.5, "info")
    assert str(line["timestamp"]).endswith("Z")


def test_lines_of_libraries_have_the_same_format() -> None:
    stream = io.StringIO()
    set_up_logs(level="info", form="json", stream=stream)
    logging.getLogger("sqlalchemy.pool").warning("pool of %s is full", 4)
    logging.getLogger("aiohttp.server").info("too much detail")
    (line,) = lines(stream)
    assert line["event"] == "pool of 4 is full"
    assert (line["logger"], line["level"]) == ("sqlalchemy.pool", "warning")


@pytest.mark.parametrize(
    ("level", "count"), [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)]
)
def test_lines_below_the_level_are_left_out(level: str, count: int) -> None:
    stream = io.StringIO()
    set_up_logs(level=level, form="json", stream=stream)
    log = structlog.get_logger()
    for method in (log.debug, log.info, log.warning, log.error):
        method("a fact")
    assert len(lines(stream)) == count


@pytest.mark.parametrize("form", ["json", "pretty"])
def test_hostile_text_cannot_forge_lines_or_control_the_terminal(form: str) -> None:
    stream = io.StringIO()
    set_up_logs(level="info", form=form, stream=stream)
    hostile = 'a\n{"event": "forged"}\r\x1b[31m\x00\x85\u2028\u202e\ud800'
    structlog.get_logger().info("request answered", path=hostile, parts=[hostile])
    text = written(stream)
    assert len(text.splitlines()) == 1
    assert not any(sign in text for sign in "\x1b\x00\x85\u2028\u202e\ud800")
    assert "forged" in text


def test_a_trace_stays_inside_its_json_line() -> None:
    stream = io.StringIO()
    set_up_logs(level="info", form="json", stream=stream)
    try:
        int("the reason")
    except ValueError:
        structlog.get_logger().exception("request failed")
    (line,) = lines(stream)
    assert "ValueError: invalid literal" in str(line["exception"])
    assert "\n" in str(line["exception"])


def test_lines_on_a_terminal_are_for_people() -> None:
    stream = Terminal()
    set_up_logs(level="info", form="auto", stream=stream)
    structlog.get_logger().info("service ready", address="http://127.0.0.1:1")
    assert "service ready" in written(stream)
    assert not written(stream).startswith("{")


def test_facts_are_shown_in_the_order_given() -> None:
    stream = io.StringIO()
    set_up_logs(level="info", form="pretty", stream=stream)
    structlog.get_logger("feedsvc.ingest").info("file published", seed="b.txt", entries=2, gone=0)
    line = written(stream)
    assert line.index("seed=b.txt") < line.index("entries=2") < line.index("gone=0")


@pytest.mark.parametrize("name", ["feedsvc.web", "sqlalchemy.pool"])
def test_a_json_line_begins_with_timestamp_level_and_event(name: str) -> None:
    stream = io.StringIO()
    set_up_logs(level="info", form="json", stream=stream)
    structlog.get_logger(name).warning("request answered", status=200)
    logging.getLogger(name).warning("request answered")
    for line in lines(stream):
        assert list(line)[:3] == ["timestamp", "level", "event"]


def test_a_line_for_people_begins_with_timestamp_level_and_event() -> None:
    stream = io.StringIO()
    set_up_logs(level="info", form="pretty", stream=stream)
    structlog.get_logger("feedsvc.web").warning("request answered", status=200)
    pattern = (
        r"\d{4}-\d\d-\d\dT[\d:.]+Z \[warning +\] request answered +\[feedsvc\.web\] status=200\n"
    )
    assert re.fullmatch(pattern, written(stream))
