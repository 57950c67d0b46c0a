"""A repeated line is the ordinary one but for its time and duration."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
import structlog

from feedsvc.logs import flush_logs, repeated_line, set_up_logs

FACTS = {
    "method": "GET",
    "path": '/feeds/"ms":1234567.25,\u2028/"timestamp":"',
    "status": 200,
    "ms": 0.5,
    "bytes": 26_202,
    "agent": "curl",
}


@pytest.fixture(autouse=True)
def _restored_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    logging.captureWarnings(capture=False)
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


@pytest.mark.parametrize("process", [None, 3])
@pytest.mark.parametrize("ms", [0.0, 0.5, 12.34, 100000.0])
def test_it_has_the_same_keys_and_values_in_the_same_order(process: int | None, ms: float) -> None:
    stream = io.StringIO()
    set_up_logs(level="info", form="json", stream=stream, process=process)
    line = repeated_line("feedsvc.test", "request answered", FACTS)
    assert line is not None
    structlog.get_logger("feedsvc.test").info("request answered", **{**FACTS, "ms": ms})
    line.repeat(ms)
    flush_logs()
    ordinary, repeated = (list(json.loads(text).items()) for text in stream.getvalue().splitlines())
    assert repeated[1:] == ordinary[1:]
    assert repeated[0][0] == "timestamp"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", repeated[0][1])
    assert repeated[0][1] >= ordinary[0][1]


@pytest.mark.parametrize(("level", "form"), [("warning", "json"), ("info", "pretty")])
def test_there_is_none_where_the_line_is_left_out_or_for_people(level: str, form: str) -> None:
    set_up_logs(level=level, form=form, stream=io.StringIO())
    assert repeated_line("feedsvc.test", "request answered", FACTS) is None
