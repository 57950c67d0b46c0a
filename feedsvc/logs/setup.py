"""Sets up logging for the whole process, as JSON or for people."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TextIO, cast

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from feedsvc.logs.lines import for_people, for_programs
from feedsvc.logs.repeat import RepeatedLine, make_line
from feedsvc.logs.writer import writer_to

# Libraries are logged from these levels up, even if our own level is lower.
_LIBRARIES = {
    "aiohttp": logging.WARNING,
    "alembic": logging.WARNING,
    "asyncio": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "watchfiles": logging.WARNING,
}


def set_up_logs(
    *,
    level: str,
    form: str,
    stream: TextIO = sys.stderr,
    process: int | None = None,
    background: bool = True,
) -> None:
    """Send every log line of the process to a stream, in order.

    `level` is debug, info, warning or error. `form` is json, pretty or auto; auto means pretty on a
    terminal and JSON elsewhere. If it is one of several, every line says which `process` wrote it.
    Only a process that must have no threads does not write in the `background`.
    """
    least = logging.getLevelNamesMapping()[level.upper()]
    pretty = form == "pretty" or (form == "auto" and stream.isatty())
    steps = for_people(colors=stream.isatty()) if pretty else for_programs()
    if process is not None:
        steps = [_mark_with(process), *steps]
    write = writer_to(stream, background=background).write
    global _setup  # noqa: PLW0603 - logging is set up for the process
    _setup = _Setup(least=least, is_json=not pretty, steps=list(steps), write=write)
    structlog.configure(
        processors=steps,
        logger_factory=lambda *names: _Logger(write, *names),
        wrapper_class=structlog.make_filtering_bound_logger(least),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers = [_LibraryHandler(write, steps)]
    root.setLevel(least)
    for name, floor in _LIBRARIES.items():
        logging.getLogger(name).setLevel(max(floor, least))
    logging.captureWarnings(capture=True)


def _mark_with(process: int) -> Processor:
    def mark(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        event["process"] = process
        return event

    return mark


def repeated_line(name: str, event: str, facts: Mapping[str, Any]) -> RepeatedLine | None:
    """A line at level info to be written again and again, which has `ms` as one of its facts.

    None unless lines of this level are written, as JSON: a line for people takes its time.
    """
    setup = _setup
    if setup is None or setup.least > logging.INFO or not setup.is_json:
        return None
    logger = _Logger(setup.write, name)
    return make_line(setup.steps, logger, write=setup.write, event=event, facts=facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setup:
    """How lines are made and written."""

    least: int
    is_json: bool
    steps: list[Processor]
    write: Callable[[bytes], None]


_setup: _Setup | None = None


class _Logger:
    """Passes finished lines to the writer (structlog's innermost logger)."""

    __slots__ = ("_write", "name")

    def __init__(self, write: Callable[[bytes], None], name: str = "feedsvc") -> None:
        self.name = name
        self._write = write

    def msg(self, line: bytes) -> None:
        """Have a line written."""
        self._write(line + b"\n")

    debug = info = warning = error = critical = msg


class _LibraryHandler(logging.Handler):
    """Writes what libraries log with the standard library, in the format of our own lines."""

    def __init__(self, write: Callable[[bytes], None], steps: list[Processor]) -> None:
        super().__init__()
        self._write = write
        self._format = structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *steps,
                _decode,
            ],
        )

    def emit(self, record: logging.LogRecord) -> None:
        """Have a record written; one that cannot be formatted is reported as logging does it."""
        try:
            self._write(self._format.format(record).encode() + b"\n")
        except Exception:  # noqa: BLE001 - a mistake in a library's message must not stop it
            self.handleError(record)


def _decode(_logger: object, _method: str, line: object) -> str:
    return cast("bytes", line).decode()
