"""Sets up logging: one format for our lines and the libraries', as JSON or for people."""

from __future__ import annotations

import logging
import sys
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# A line begins with these keys, in this order.
_FIRST = ("timestamp", "level", "event")
# Libraries are logged from these levels up, even if our own level is lower.
_LIBRARIES = {
    "aiohttp": logging.WARNING,
    "alembic": logging.WARNING,
    "asyncio": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "watchfiles": logging.WARNING,
}
_BIDI = (0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROLS = {
    **{code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))},
    **{code: f"\\u{code:04x}" for code in _BIDI},
}
# Traces have several lines; JSON escapes the line ends.
_TRACES = frozenset({"exception", "stack"})


def set_up_logs(*, level: str, form: str, stream: TextIO = sys.stderr) -> None:
    """Send every log line of the process to a stream.

    `level` is debug, info, warning or error. `form` is json, pretty or auto; auto means pretty on a
    terminal and JSON elsewhere.
    """
    least = logging.getLevelNamesMapping()[level.upper()]
    pretty = form == "pretty" or (form == "auto" and stream.isatty())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(pretty=pretty, colors=pretty and stream.isatty()))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(least)
    for name, floor in _LIBRARIES.items():
        logging.getLogger(name).setLevel(max(floor, least))
    logging.captureWarnings(capture=True)


def _shared() -> list[Processor]:
    """What every line goes through, ours or a library's."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.StackInfoRenderer(),
    ]


def _formatter(*, pretty: bool, colors: bool) -> logging.Formatter:
    ends: list[Processor] = (
        [escape_controls, structlog.dev.ConsoleRenderer(colors=colors, sort_keys=False)]
        if pretty
        else [
            structlog.processors.format_exc_info,
            escape_controls,
            _put_first,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ends],
    )


def escape_controls(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Escape control and direction characters, so that no text can forge or reverse a line."""
    return {name: _escape(value) if name not in _TRACES else value for name, value in event.items()}


def _escape(value: Any) -> Any:
    match value:
        case str():
            return value.translate(_CONTROLS).encode("utf-8", "backslashreplace").decode()
        case list() | tuple():
            return [_escape(part) for part in value]
        case _:
            return value


def _put_first(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {name: event.pop(name) for name in _FIRST} | dict(event)
