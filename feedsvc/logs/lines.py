"""What a log line looks like: its first keys, its times, and no character that could forge one."""

from __future__ import annotations

import json
from typing import Any, cast

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# A line begins with these keys, in this order.
_FIRST = ("timestamp", "level", "event")
_BIDI = (0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROLS = {
    **{code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))},
    **{code: f"\\u{code:04x}" for code in _BIDI},
}
# Traces have several lines; JSON escapes the line ends.
_TRACES = frozenset({"exception", "stack"})
_PLAINLY = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS


def format_for_programs() -> list[Processor]:
    """Turn an event into a line of JSON."""
    return [structlog.processors.format_exc_info, escape_controls, put_first, render_json]


def format_for_people(*, colors: bool) -> list[Processor]:
    """Turn an event into a line for a terminal."""
    console = structlog.dev.ConsoleRenderer(colors=colors, sort_keys=False)
    return [escape_controls, console, cast("Processor", encode)]


def escape_controls(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Escape control and direction characters, so that no text can forge or reverse a line."""
    for name, value in event.items():
        if isinstance(value, str):
            if not value.isprintable():
                event[name] = _replace_surrogates(value) if name in _TRACES else _escape(value)
        elif isinstance(value, list | tuple):
            event[name] = _escape(value)
    return event


def put_first(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Put the keys that every line has at its beginning."""
    return {name: event.pop(name) for name in _FIRST} | dict(event)


def render_json(_logger: WrappedLogger, _method: str, event: EventDict) -> bytes:
    """Write an event as JSON."""
    try:
        return orjson.dumps(event, default=str, option=_PLAINLY)
    except orjson.JSONEncodeError:  # a number of more than 64 bits
        return json.dumps(event, default=str, ensure_ascii=False).encode()


def encode(_logger: WrappedLogger, _method: str, line: str) -> bytes:
    """Encode a line for the writer."""
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
