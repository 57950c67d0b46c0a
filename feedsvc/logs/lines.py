"""What a log line looks like: its first keys, its time, and no character that could forge one."""

from __future__ import annotations

import json
from typing import Any, cast

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_BIDI = (0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROLS = {
    **{code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))},
    **{code: f"\\u{code:04x}" for code in _BIDI},
}
# Traces have several lines; JSON escapes the line ends.
_TRACES = frozenset({"exception", "stack"})
_PLAINLY = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
_add_time = structlog.processors.TimeStamper(fmt="iso", utc=True)
_add_stack = structlog.processors.StackInfoRenderer()


def for_programs() -> list[Processor]:
    """Turn events into lines of JSON: in one step, because every request has one."""
    return [cast("Processor", _render_json)]


def for_people(*, colors: bool) -> list[Processor]:
    """Turn events into lines for a terminal."""
    return [
        structlog.stdlib.add_log_level,
        _add_logger,
        _add_time,
        _add_stack,
        _escape_controls,
        structlog.dev.ConsoleRenderer(colors=colors, sort_keys=False),
        cast("Processor", _encode),
    ]


def _render_json(logger: WrappedLogger, method: str, event: EventDict) -> bytes:
    # A line begins with these keys, in this order.
    line = _add_time(logger, method, {})
    structlog.stdlib.add_log_level(logger, method, line)
    line["event"] = event["event"]
    if "exc_info" in event or "stack_info" in event:
        event = structlog.processors.format_exc_info(
            logger, method, _add_stack(logger, method, event)
        )
    line.update(event)
    _add_logger(logger, method, line)
    _escape_controls(logger, method, line)
    try:
        return orjson.dumps(line, default=str, option=_PLAINLY)
    except orjson.JSONEncodeError:  # a number of more than 64 bits
        return json.dumps(line, default=str, ensure_ascii=False).encode()


def _add_logger(logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    event.setdefault("logger", logger.name if logger is not None else "")
    return event


def _escape_controls(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    # No text can forge a line, or reverse one.
    for name, value in event.items():
        if isinstance(value, str):
            if not value.isprintable():
                event[name] = _replace_surrogates(value) if name in _TRACES else _escape(value)
        elif isinstance(value, list | tuple):
            event[name] = _escape(value)
    return event


def _encode(_logger: WrappedLogger, _method: str, line: str) -> bytes:
    return line.encode("utf-8", "backslashreplace")


def _escape(value: Any) -> Any:
    match value:
        case str():
            return _replace_surrogates(value.translate(_CONTROLS))
        case list() | tuple():
            return [_escape(part) for part in value]
        case _:
            return value


def _replace_surrogates(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
