"""Logs: one format for our lines and for those of the libraries, JSON or for people."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any, TextIO

import structlog

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor, WrappedLogger

# What they say at this level and above is heard, whatever ours is.
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
# A trace has line ends of its own; JSON escapes them.
_TRACES = frozenset({"exception", "stack"})


def set_up_logs(*, level: str, form: str, stream: TextIO = sys.stderr) -> None:
    """Sends every line of the process to a stream.

    `level` is debug, info, warning or error; `form` json, pretty, or auto: pretty on a terminal.
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
    """What is added to every line, ours or a library's."""
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
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ends],
    )


def escape_controls(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Texts without control and direction characters: a line stays a line, and shows what it is."""
    return {name: _escape(value) if name not in _TRACES else value for name, value in event.items()}


def _escape(value: Any) -> Any:
    match value:
        case str():
            return value.translate(_CONTROLS).encode("utf-8", "backslashreplace").decode()
        case list() | tuple():
            return [_escape(part) for part in value]
        case _:
            return value
